import { readBalances, type Balance } from '../db/balances';
import { yuan } from '../domain/fen';
import { dayOption, optional } from './arguments';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { plainly } from './plainly';

type Asked = Readonly<{ json?: boolean; asOf?: string }>;

/** Writes to stdout as the rows come, and stops quietly when the reader of a pipe has seen enough. */
export async function printBalances(cli: Cli, { json, asOf }: Asked): Promise<void> {
  const balances = readBalances(
    databaseUrlOf(await cli.config()),
    optional(cli, asOf, dayOption) ?? null,
  );
  const text = json ? jsonOf(balances) : csvOf(balances);
  try {
    await plainly(cli, () => cli.screen.stream(inPieces(text)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

async function* csvOf(balances: AsyncIterable<Balance>): AsyncGenerator<string> {
  yield 'customer_no,balance\n';
  for await (const { customerNo, balanceFen } of balances) {
    yield `${customerNo},${yuan(balanceFen)}\n`;
  }
}

async function* jsonOf(balances: AsyncIterable<Balance>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const balance of balances) {
    yield `${before}${JSON.stringify(balance)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const PIECE_CHARACTERS = 64 * 1024;

/** A write a row would cost more than the rows. */
async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const part of text) {
    piece += part;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config';
import { readBalances, type Balance } from '../db/balances';
import { yuan } from '../domain/fen';
import { parseDate, type CivilDate } from '../domain/time';
import { databaseUrlOf, plainly } from './database';
import { Exit, EXIT } from './exit';

type Asked = Readonly<{ json?: boolean; asOf?: string }>;

/** Writes to stdout as the rows come, and stops quietly when the reader of a pipe has seen enough. */
export async function printBalances(config: Config, { json, asOf }: Asked): Promise<void> {
  const balances = readBalances(databaseUrlOf(config), dayOf(asOf));
  const text = json ? jsonOf(balances) : csvOf(balances);
  try {
    await plainly(() => pipeline(Readable.from(inPieces(text)), process.stdout, { end: false }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

function dayOf(asOf: string | undefined): CivilDate | null {
  if (asOf === undefined) return null;
  const day = parseDate(asOf);
  if (day === null) throw new Exit(EXIT.usage, `--as-of takes a day, YYYY-MM-DD, not "${asOf}".`);
  return day;
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

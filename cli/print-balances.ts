import { parseYuan } from '../domain/fen';
import { dayOption, optional } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';

type Asked = Readonly<{ json?: boolean; asOf?: string }>;
type Balance = Readonly<{ customerNo: string; balance: string }>;

/** Writes to stdout as the rows come, and stops quietly when the reader of a pipe has seen enough. */
export async function printBalances(cli: Cli, { json, asOf }: Asked): Promise<void> {
  const query = { asOf: optional(cli, asOf, dayOption) };
  const balances = balancesIn(await (await openApi(cli)).stream('/exports/balances', { query }));
  const text = json ? jsonOf(balances) : csvOf(balances);
  try {
    await cli.screen.stream(inPieces(text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** The rows of the export: a number, which has neither comma nor quote, and yuan. */
async function* balancesIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<Balance> {
  const decoder = new TextDecoder();
  let [rest, header] = ['', true];
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of header ? lines.slice(1) : lines) {
      const [customerNo = '', balance = ''] = line.split(',');
      // The apostrophe keeps a number that begins with - from being a formula.
      yield { customerNo: customerNo.replace(/^'/, ''), balance };
    }
    header &&= lines.length === 0;
  }
}

async function* csvOf(balances: AsyncIterable<Balance>): AsyncGenerator<string> {
  yield 'customer_no,balance\n';
  for await (const { customerNo, balance } of balances) yield `${customerNo},${balance}\n`;
}

async function* jsonOf(balances: AsyncIterable<Balance>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const { customerNo, balance } of balances) {
    yield `${before}${JSON.stringify({ customerNo, balanceFen: parseYuan(balance) })}`;
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

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Config } from '../config';
import { openPieces } from '../db/import-pieces';
import { ProblemError } from './problem';

const MIB = 1024 * 1024;
/** Some packets; what a process holds of a file at any time is two of these. */
const PIECE_BYTES = MIB;

export const bytesMaxOf = ({ IMPORT_MIB_MAX }: Config): number => IMPORT_MIB_MAX * MIB;

const tooLarge = (bytesMax: number): ProblemError =>
  new ProblemError(
    'tooLarge',
    `The file is larger than ${bytesMax / MIB} MiB, which is the most that IMPORT_MIB_MAX allows here. Split it, by period for example, or send it zipped (gzip).`,
  );

/** @throws ProblemError 413 before a byte is read, when the file says itself that it is too long. */
export function refuseTooLarge(told: string | undefined, bytesMax: number): void {
  if (Number(told ?? 0) > bytesMax) throw tooLarge(bytesMax);
}

const SWALLOW_MS = 30_000;

/** Lets the rest of a refused file come and go, for a while: a sender reads the answer when it has sent. */
export function swallow(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), SWALLOW_MS).unref();
  body.once('close', () => clearTimeout(timer)).resume();
}

export type Received = Readonly<{ bytes: number; sha256: string }>;

/**
 * Keeps a file piece by piece as it comes.
 *
 * @throws ProblemError 413 when it is too long, 400 when it does not come whole or is empty.
 */
export async function receive(
  databaseUrl: string,
  id: string,
  { body, bytesMax }: Readonly<{ body: Readable; bytesMax: number }>,
): Promise<Received> {
  const hash = createHash('sha256');
  const pieces = await openPieces(databaseUrl, id);
  let [bytes, no] = [0, 0];
  try {
    for await (const piece of inPieces(wholly(body))) {
      bytes += piece.length;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      hash.update(piece);
      await pieces.add(no, piece);
      no += 1;
    }
  } finally {
    await pieces.close();
  }
  if (bytes === 0)
    throw new ProblemError('badRequest', 'The file is empty: send it as the body of the request.');
  return { bytes, sha256: hash.digest('hex') };
}

/** The pieces of a body that ends as it was meant to. */
async function* wholly(body: Readable): AsyncGenerator<Buffer> {
  try {
    // Not destroyed when we have seen enough: who still sends is to hear the answer.
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new ProblemError('badRequest', 'The file did not come whole. Nothing was kept of it.');
  }
}

async function* inPieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    kept.push(piece);
    length += piece.length;
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(kept);
    [kept, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(kept);
}

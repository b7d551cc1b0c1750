import { isUtf8 } from 'node:buffer';
import { WrongShape } from './wrong-shape';

const CHUNK_BYTES = 256 * 1024;

/**
 * The text of a book, piece by piece: UTF-8 when all of it is valid UTF-8, else GB18030, which is what Excel writes in
 * China. A text in GB18030 is practically never valid UTF-8, so validity decides without a guess.
 *
 * @throws {WrongShape} while it is read, when it is neither.
 */
export function* textOf(bytes: Buffer): Generator<Buffer | string> {
  if (isUtf8(bytes)) yield* slices(bytes);
  else yield* decoded(bytes);
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

function* decoded(bytes: Buffer): Generator<string> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  try {
    for (const slice of slices(bytes)) yield decoder.decode(slice, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new WrongShape('The file is neither UTF-8 nor GB18030. Save it as CSV (UTF-8).');
  }
}

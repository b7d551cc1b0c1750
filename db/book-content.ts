import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WrongShape } from './wrong-shape';

/** What a book holds, from its beginning each time it is opened: it is read more than once, and never held whole. */
export type Content = () => AsyncIterable<Buffer>;

const MIB = 1024 * 1024;
/** A book of ten million bills is about this long. Beyond it a file is split by the month anyway. */
const BOOK_BYTES_MAX = 512 * MIB;
const PIECE_BYTES = 256 * 1024;

const GZIP = Buffer.from([0x1f, 0x8b]);
/** What a workbook (.xlsx) begins with. */
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

export const fileContent =
  (path: string): Content =>
  () =>
    createReadStream(path);

/** Of bytes that are in memory anyway. */
export const held = (bytes: Buffer): Content =>
  async function* () {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      yield await Promise.resolve(bytes.subarray(at, at + PIECE_BYTES));
  };

/**
 * The same, unzipped when its first bytes are gzip's, whatever its name ends in. While it is read it throws WrongShape when it is a workbook
 * or a broken gzip.
 */
export const unzipped = (content: Content): Content =>
  async function* () {
    const [begin, all] = await beginning(content());
    if (begin.equals(ZIP))
      throw new WrongShape(
        'The file is a workbook or a zip archive. Save the sheet as CSV (UTF-8).',
      );
    if (begin.subarray(0, 2).equals(GZIP)) yield* inflated(all);
    else yield* all;
  };

/** The first bytes, and all of them once more. */
async function beginning(
  pieces: AsyncIterable<Buffer>,
): Promise<[begin: Buffer, all: AsyncGenerator<Buffer>]> {
  const rest = pieces[Symbol.asyncIterator]();
  let begin: Buffer = Buffer.alloc(0);
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    begin = Buffer.concat([begin, next.value]);
    if (begin.length >= ZIP.length) break;
  }
  const all = async function* () {
    try {
      yield begin;
      for (let next = await rest.next(); next.done !== true; next = await rest.next())
        yield next.value;
    } finally {
      await rest.return?.();
    }
  };
  return [begin.subarray(0, ZIP.length), all()];
}

async function* inflated(zipped: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    // An error of the source comes out of the loop that reads what was unzipped.
    yield* pipeline(Readable.from(zipped), createGunzip(), () => undefined);
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw new WrongShape('The gzip file is damaged or cut short. Fetch it again.');
  }
}

/** `either`: UTF-8 by its bytes, but GB18030 as well. */
export type Encoding = 'UTF-8' | 'GB18030' | 'UTF-16' | 'either';
/** What a first reading tells. */
export type Looked = Readonly<{ sha256: string; encoding: Encoding }>;

/**
 * Reads a book once from end to end.
 *
 * @param bytesMax - reading stops there, so a small file cannot unfold into all of the disk.
 * @throws {WrongShape} when it is longer.
 */
export async function lookAt(content: Content, bytesMax = BOOK_BYTES_MAX): Promise<Looked> {
  const hash = createHash('sha256');
  const encodingAfter = encodingLook();
  let length = 0;
  for await (const piece of content()) {
    length += piece.length;
    if (length > bytesMax)
      throw new WrongShape(
        `The file is longer than ${Math.floor(bytesMax / MIB)} MiB unzipped. Split it, by period for example.`,
      );
    hash.update(piece);
    encodingAfter(piece);
  }
  return { sha256: hash.digest('hex'), encoding: encodingAfter(null) };
}

/**
 * Is given piece after piece, then null for the end, and answers how all so far is encoded. A text in GB18030 is practically never valid
 * UTF-8 with characters of three bytes or more; but one with few characters beyond ASCII may pass for UTF-8 with characters of two bytes
 * (职 is then a Hebrew point), and the other way round it always does. There nothing is guessed. A byte order mark has three bytes, so it
 * decides.
 */
function encodingLook(): (piece: Buffer | null) => Encoding {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let begin = '';
  let utf8 = true;
  let widest: 1 | 2 | 3 = 1;
  const see = (piece: Buffer | null): void => {
    try {
      const text = piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
      if (widest < 3 && /[\u0800-\uffff]/.test(text)) widest = 3;
      if (widest < 2 && /[\u0080-\u07ff]/.test(text)) widest = 2;
    } catch {
      utf8 = false;
    }
  };
  return (piece) => {
    if (begin.length < 4) begin += piece?.toString('hex', 0, 2) ?? '';
    if (utf8) see(piece);
    if (/^(fffe|feff|00|..00)/.test(begin)) return 'UTF-16';
    if (!utf8) return 'GB18030';
    return widest === 2 ? 'either' : 'UTF-8';
  };
}

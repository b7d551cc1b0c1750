import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WrongShape } from './wrong-shape';

/** A book of ten million bills is about this long. Beyond it a file is split by the month anyway. */
const BOOK_BYTES_MAX = 512 * 1024 * 1024;

const GZIP = Buffer.from([0x1f, 0x8b]);
/** What a workbook (.xlsx) begins with. */
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/**
 * The content of a file, unzipped when its first bytes are gzip's, whatever its name ends in.
 *
 * @param bytesMax - of the content: reading stops there, so a small file cannot unfold into all of the memory.
 * @throws {WrongShape} when it is longer, a broken gzip, or a workbook. The system's own error when it cannot be read.
 */
export async function readBook(path: string, bytesMax = BOOK_BYTES_MAX): Promise<Buffer> {
  const magic = await firstBytes(path);
  if (magic.equals(ZIP)) {
    throw new WrongShape('The file is a workbook or a zip archive. Save the sheet as CSV (UTF-8).');
  }
  const zipped = magic.subarray(0, 2).equals(GZIP);
  const source = createReadStream(path);
  try {
    // An error of the file comes out of the loop that reads what was unzipped.
    return await upTo(
      bytesMax,
      zipped ? pipeline(source, createGunzip(), () => undefined) : source,
    );
  } catch (error) {
    if (zipped && String((error as NodeJS.ErrnoException).code).startsWith('Z_')) {
      throw new WrongShape('The gzip file is damaged or cut short. Fetch it again.');
    }
    throw error;
  }
}

async function upTo(bytesMax: number, content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > bytesMax) {
      const mebibytes = Math.floor(bytesMax / 1024 / 1024);
      throw new WrongShape(
        `The file is longer than ${mebibytes} MiB unzipped. Split it, by period for example.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileContent, lookAt, unzipped } from '../../db/book-content';

const folder = mkdtempSync(join(tmpdir(), 'tarim-book-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(bytes: Buffer, name = 'book.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function readBook(path: string, bytesMax?: number): Promise<Buffer> {
  const content = unzipped(fileContent(path));
  await lookAt(content, bytesMax);
  const pieces: Buffer[] = [];
  for await (const piece of content()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a book file', () => {
  const text = Buffer.from('a,b\n1,2\n');

  test('is unzipped by its content, whatever it is called', async () => {
    expect(await readBook(fileOf(text, 'plain.csv.gz'))).toEqual(text);
    expect(await readBook(fileOf(gzipSync(text), 'zipped.csv'))).toEqual(text);
    const members = Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')]);
    expect(await readBook(fileOf(members))).toEqual(text);
  });

  test('may be empty', async () => {
    expect((await readBook(fileOf(Buffer.alloc(0)))).length).toBe(0);
  });

  test('is refused when it unfolds beyond the limit, and not a byte earlier', async () => {
    const bomb = fileOf(gzipSync(Buffer.alloc(3 * 1024 * 1024)));
    await expect(readBook(bomb, 3 * 1024 * 1024 - 1)).rejects.toThrow('longer than 2 MiB');
    expect((await readBook(bomb, 3 * 1024 * 1024)).length).toBe(3 * 1024 * 1024);
    await expect(readBook(fileOf(text), 7)).rejects.toThrow('longer than');
  });

  test('is refused when the gzip is cut short or damaged', async () => {
    const zipped = gzipSync(Buffer.from('1,2\n'.repeat(10_000)));
    await expect(readBook(fileOf(zipped.subarray(0, 40)))).rejects.toThrow('damaged');
    const damaged = Buffer.from(zipped);
    damaged[20] = (damaged[20] ?? 0) ^ 0xff;
    await expect(readBook(fileOf(damaged))).rejects.toThrow('damaged');
  });

  test('is refused when it is a workbook', async () => {
    await expect(readBook(fileOf(Buffer.from('PK\u0003\u0004…')))).rejects.toThrow('workbook');
  });
});

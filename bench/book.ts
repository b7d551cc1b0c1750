import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileContent, unzipped } from '../db/book-content';
import { importBook } from '../db/imports';
import { importKinds } from '../db/import-kinds';

/** What the figures were measured on. */
export const machine = (): string =>
  `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;

/** The files as they are in the book's folder, gzipped or plain. */
export async function loadBook(databaseUrl: string, folder: string): Promise<void> {
  for (const kind of importKinds) {
    const plain = join(folder, `${kind}.csv`);
    const file = await readFile(plain).then(
      () => plain,
      () => `${plain}.gz`,
    );
    const content = unzipped(fileContent(file));
    await importBook(databaseUrl, { kind, name: file, content });
  }
}

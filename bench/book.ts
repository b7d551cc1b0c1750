import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileContent, unzipped } from '../db/book-content';
import { importBook } from '../db/imports';
import { importKinds, type ImportKind } from '../db/import-kinds';

/** What the figures were measured on. */
export const machine = (): string =>
  `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;

/** Every file of a book's folder. */
export async function loadBook(databaseUrl: string, folder: string): Promise<void> {
  for (const kind of importKinds) await importInto(databaseUrl, folder, kind);
}

export async function importInto(
  databaseUrl: string,
  folder: string,
  kind: ImportKind,
): Promise<void> {
  const name = bookFile(folder, kind);
  await importBook(databaseUrl, { kind, name, content: unzipped(fileContent(name)) });
}

/** As it is in the folder, gzipped or plain. */
export function bookFile(folder: string, kind: ImportKind): string {
  const plain = join(folder, `${kind}.csv`);
  return existsSync(plain) ? plain : `${plain}.gz`;
}

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config';
import { readBook } from '../db/book-file';
import type { ImportKind } from '../db/import-kinds';
import { importBook, type Imported } from '../db/imports';
import { yuanForPeople } from '../domain/fen';
import { databaseUrlOf, plainly } from './database';
import { EXIT, type ExitCode } from './exit';
import { print, printJson } from './output';

type Asked = Readonly<{
  kind: ImportKind;
  file: string;
  rejects?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

/** Imports the file, says what became of its rows, and writes the rejected ones beside it. */
export async function importFile(config: Config, asked: Asked): Promise<ExitCode> {
  const rejects = rejectsPath(asked);
  const imported = await plainly(() => importWith(databaseUrlOf(config), asked, rejects));
  const rejected = imported.rowsRejected > 0;
  const written = rejected ? rejects : null;
  if (asked.json)
    printJson({ ...asked, ...imported, kind: asked.kind, result: imported.kind, rejects: written });
  else for (const line of report(imported, asked, written)) print(line);
  return rejected ? EXIT.partly : EXIT.done;
}

/** A dry run leaves nothing behind, unless it was told where. */
const rejectsPath = ({ file, rejects, dryRun }: Asked): string | null =>
  rejects ?? (dryRun ? null : `${file.replace(/(\.csv)?(\.gz)?$/i, '')}.rejects.csv`);

/** The rejects are on the disk before the book is committed: a row is never lost between the two. */
async function importWith(
  databaseUrl: string,
  { kind, file, dryRun = false }: Asked,
  rejects: string | null,
): Promise<Imported> {
  const draft = `${rejects ?? ''}.${process.pid}`;
  const keepRejects = (csv: Readable) =>
    pipeline(csv, createWriteStream(draft, { mode: 0o600, flush: true }));
  const book = { kind, name: basename(file), bytes: await readBook(file), dryRun };
  try {
    const imported = await importBook(
      databaseUrl,
      rejects === null ? book : { ...book, keepRejects },
    );
    if (rejects !== null && imported.rowsRejected > 0) await rename(draft, rejects);
    return imported;
  } finally {
    if (rejects !== null) await rm(draft, { force: true });
  }
}

function report(
  imported: Imported,
  { kind, file, dryRun }: Asked,
  rejects: string | null,
): string[] {
  const { firstImportedAt, rowsRead, rowsTaken, rowsUnchanged, rowsRejected } = imported;
  const before = `${basename(file)}: already imported on ${firstImportedAt ?? ''}`;
  if (imported.kind === 'alreadyImported') return [`${before}: nothing to do.`];
  const sum = kind === 'customers' ? '' : ` (¥${yuanForPeople(imported.takenFen)})`;
  return [
    ...(firstImportedAt === null ? [] : [`${before}; its rejected rows were looked at again.`]),
    `${dryRun ? 'Dry run, nothing was written: ' : ''}${rowsRead} ${kind} read: ${rowsTaken} taken${sum}, ` +
      `${rowsUnchanged} unchanged, ${rowsRejected} rejected.`,
    ...unmatchedLines(imported),
    ...(rejects === null ? [] : [`The rejected rows, each with its reason: ${rejects}`]),
  ];
}

function unmatchedLines({ matched, unmatched }: Imported): string[] {
  return [
    ...(matched > 0
      ? [`${matched} payments that had come before their customer were matched.`]
      : []),
    ...(unmatched > 0
      ? [
          `${unmatched} of the payments are kept unmatched: the book has no such customer (tarim import status).`,
        ]
      : []),
  ];
}

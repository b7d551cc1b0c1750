import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readBook } from '../db/book-file';
import type { ImportKind } from '../db/import-kinds';
import { importBook, type Imported } from '../db/imports';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { plainly } from './plainly';
import { EXIT, type ExitCode } from './exit';
import { money, wallClock } from './screen';
import { termOf } from './terms';

type Asked = Readonly<{
  kind: ImportKind;
  file: string;
  rejects?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

/** Imports the file, says what became of its rows, and writes the rejected ones beside it. */
export async function importFile(cli: Cli, asked: Asked): Promise<ExitCode> {
  const rejects = rejectsPath(asked);
  const imported = await plainly(cli, async () =>
    importWith(databaseUrlOf(await cli.config()), asked, rejects),
  );
  const rejected = imported.rowsRejected > 0;
  const written = rejected ? rejects : null;
  if (asked.json)
    cli.screen.json({
      ...asked,
      ...imported,
      kind: asked.kind,
      result: imported.kind,
      rejects: written,
    });
  else for (const line of report(cli, imported, asked, written)) cli.screen.line(line);
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
  cli: Cli,
  imported: Imported,
  { kind, file, dryRun }: Asked,
  rejects: string | null,
): string[] {
  const { t } = cli;
  const { firstImportedAt, rowsRead, rowsTaken, rowsUnchanged, rowsRejected } = imported;
  const before = {
    name: basename(file),
    at: firstImportedAt === null ? '' : wallClock(firstImportedAt),
  };
  if (imported.kind === 'alreadyImported') return [t('import.already', before)];
  const sum = kind === 'customers' ? '' : ` (${money(imported.takenFen)})`;
  const counts = { rowsRead, rowsTaken, rowsUnchanged, rowsRejected, sum };
  const said = t('import.read', { ...counts, kind: termOf(cli, kind) });
  return [
    ...(firstImportedAt === null ? [] : [t('import.again', before)]),
    dryRun === true ? t('dryRun', { said }) : said,
    ...unmatchedLines(cli, imported),
    ...(rejects === null ? [] : [t('import.rejects', { rejects })]),
  ];
}

function unmatchedLines({ t }: Cli, { matched, unmatched }: Imported): string[] {
  return [
    ...(matched > 0 ? [t('import.matched', { matched })] : []),
    ...(unmatched > 0 ? [t('import.unmatched', { unmatched })] : []),
  ];
}

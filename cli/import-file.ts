import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { ImportRun } from '../api/schema/imports';
import type { ImportKind } from '../db/import-kinds';
import type { Cli } from './cli';
import { openApi, type Api } from './client';
import { EXIT, Exit, type ExitCode } from './exit';
import { keyOf } from './order';
import { plainly } from './plainly';
import { saveStream } from './save-stream';
import { money, wallClock } from './screen';
import { termOf } from './terms';

type Asked = Readonly<{
  kind: ImportKind;
  file: string;
  rejects?: string;
  id?: string;
  dryRun?: boolean;
  json?: boolean;
}>;
type Run = z.output<typeof ImportRun>;

/** Has the file imported, says what became of its rows, and writes the rejected ones beside it. */
export async function importFile(cli: Cli, asked: Asked): Promise<ExitCode> {
  const api = await openApi(cli);
  const begun = await plainly(cli, () => upload(cli, api, asked));
  const run = await untilEnded(cli, { api, begun, quiet: asked.json === true });
  if (run.state !== 'done')
    throw new Exit(
      run.state === 'failed' ? EXIT.usage : EXIT.tryLater,
      cli.t('import.nothing', { because: run.because ?? '' }),
    );
  const rejected = run.rowsRejected > 0;
  const path = rejected ? rejectsPath(asked) : null;
  if (path !== null)
    await saveStream(cli, path, () => api.stream(`/imports/${run.id}/rejects.csv`, {}));
  if (asked.json) cli.screen.json({ ...run, file: asked.file, rejects: path });
  else for (const line of report(cli, run, path)) cli.screen.line(line);
  return rejected ? EXIT.partly : EXIT.done;
}

/** A dry run leaves nothing behind, unless it was told where. */
const rejectsPath = ({ file, rejects, dryRun }: Asked): string | null =>
  rejects ?? (dryRun ? null : `${file.replace(/(\.csv)?(\.gz)?$/i, '')}.rejects.csv`);

async function upload({ t }: Cli, api: Api, asked: Asked): Promise<Run> {
  const { kind, file, dryRun } = asked;
  const handle = await open(file, 'r');
  try {
    if ((await handle.stat()).isDirectory())
      throw new Exit(EXIT.usage, `${file}: ${t('file.folder')}`);
    const body = handle.createReadStream({ autoClose: false });
    const query = { kind, name: basename(file) };
    const sent = { query, body, key: keyOf(asked), dryRun, answer: ImportRun };
    return await api.upload('/imports', sent);
  } finally {
    await handle.close();
  }
}

const LOOK_MS = [100, 200, 500, 1_000] as const;
const TELL_MS = 5_000;

/** Looks now and then, and tells a person who waits how far it is. */
async function untilEnded(
  { t, screen }: Cli,
  { api, begun, quiet }: Readonly<{ api: Api; begun: Run; quiet: boolean }>,
): Promise<Run> {
  let run = begun;
  let told = Date.now();
  for (let look = 0; run.state === 'reading' || run.state === 'receiving'; look += 1) {
    await setTimeout(LOOK_MS[Math.min(look, LOOK_MS.length - 1)]);
    run = await api.get(`/imports/${run.id}`, { answer: ImportRun });
    if (quiet || Date.now() - told < TELL_MS) continue;
    told = Date.now();
    const { name, rowsRead, rowsRejected } = run;
    screen.aside(t('import.progress', { name, rowsRead, rowsRejected }));
  }
  return run;
}

function report(cli: Cli, run: Run, rejects: string | null): string[] {
  const { t } = cli;
  const { kind, name, firstImportedAt, dryRun } = run;
  const { rowsRead, rowsTaken, rowsUnchanged, rowsRejected } = run;
  const before = { name, at: firstImportedAt === null ? '' : wallClock(firstImportedAt) };
  if (run.nothingToDo) return [t('import.already', before)];
  const sum = kind === 'customers' ? '' : ` (${money(run.takenFen)})`;
  const counts = { rowsRead, rowsTaken, rowsUnchanged, rowsRejected, sum };
  const said = t('import.read', { ...counts, kind: termOf(cli, kind) });
  return [
    ...(firstImportedAt === null ? [] : [t('import.again', before)]),
    dryRun ? t('dryRun', { said }) : said,
    ...unmatchedLines(cli, run),
    ...(rejects === null ? [] : [t('import.rejects', { rejects })]),
  ];
}

function unmatchedLines({ t }: Cli, { matched, unmatched }: Run): string[] {
  return [
    ...(matched > 0 ? [t('import.matched', { matched })] : []),
    ...(unmatched > 0 ? [t('import.unmatched', { unmatched })] : []),
  ];
}

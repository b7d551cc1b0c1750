import { open, rename, rm } from 'node:fs/promises';
import { parse } from 'node:path';
import { countOption } from './arguments';
import type { Cli, Printed } from './cli';
import { openApi, type Api } from './client';
import { EXIT, Exit } from './exit';
import { inUrl, keyOf } from './order';

export type PrintOptions = Pick<Printed, 'json'> &
  Readonly<{ task?: string; station?: string; out: string; perFile: string; id?: string }>;
type Batch = Readonly<{ printed: number; leftOut: readonly string[]; cursor: string | null }>;

/** Saves demand letters as PDF: of the tasks named, or of all open letter tasks of a station; a further file for each further batch. */
export async function printLetters(cli: Cli, options: PrintOptions): Promise<void> {
  const { t, screen } = cli;
  const { task, station, json } = options;
  if ((task === undefined) === (station === undefined))
    throw new Exit(EXIT.usage, t('letter.print.which'));
  const { files, printed, leftOut, stopped } = await saveAll(cli, options);
  if (json === true) screen.json({ files, printed, leftOut });
  else screen.line(t('letter.print.done', { printed, files: files.join(', ') }));
  if (leftOut.length > 0)
    screen.aside(t('letter.print.leftOut', { count: leftOut.length, tasks: leftOut.join(', ') }));
  if (stopped !== null) screen.aside(stopped);
  if (leftOut.length > 0 || stopped !== null) cli.endWith(EXIT.partly);
}

type Saved = { files: string[]; printed: number; leftOut: string[]; stopped: string | null };

/** Batch after batch. What came in between after the first is told beside what was saved: that stands. */
async function saveAll(cli: Cli, { out, ...options }: PrintOptions): Promise<Saved> {
  const { task, station } = options;
  const limit = countOption(cli, options.perFile);
  const api = await openApi(cli);
  const key = keyOf(options);
  const saved: Saved = { files: [], printed: 0, leftOut: [], stopped: null };
  let cursor: string | null = null;
  do {
    const n = saved.files.length + 1;
    const file = n === 1 ? out : numbered(out, n);
    const asked: Asked = { task, station, limit, cursor, key: `${key}/${n}` };
    try {
      const batch: Batch = await intoFile(cli, file, () => load(api, asked));
      saved.files.push(file);
      saved.leftOut.push(...batch.leftOut);
      saved.printed += batch.printed;
      cursor = batch.cursor;
    } catch (error) {
      if (n === 1 || !(error instanceof Exit)) throw error;
      return { ...saved, stopped: error.message };
    }
  } while (cursor !== null);
  return saved;
}

type Asked = Readonly<{
  task: string | undefined;
  station: string | undefined;
  limit: number;
  cursor: string | null;
  key: string;
}>;

async function load(
  api: Api,
  { task, station, limit, cursor, key }: Asked,
): Promise<Batch & Readonly<{ bytes: Buffer }>> {
  const alone = task !== undefined && !task.includes(',');
  const { bytes, headers } = alone
    ? await api.file(`/tasks/${inUrl(task)}/letter`, { key })
    : await api.file('/letters', {
        query: { ids: task, station, limit, cursor: cursor ?? undefined },
        key,
      });
  return {
    bytes,
    printed: alone ? 1 : Number(headers.get('tarim-printed')),
    leftOut: headers.get('tarim-left-out')?.split(',') ?? [],
    cursor: headers.get('tarim-next-cursor'),
  };
}

/** The file is opened before anything is asked for: what cannot be kept is not printed. It is there whole, or as it was. */
async function intoFile(
  { t }: Cli,
  file: string,
  ask: () => Promise<Batch & Readonly<{ bytes: Buffer }>>,
): Promise<Batch> {
  const draft = `${file}.part`;
  const handle = await open(draft, 'w', 0o600).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Exit(EXIT.usage, t('letter.print.noFile', { file, why }));
  });
  try {
    const batch = await ask();
    await handle.writeFile(batch.bytes);
    await handle.close();
    await rename(draft, file);
    return batch;
  } catch (error) {
    await handle.close();
    await rm(draft, { force: true });
    throw error;
  }
}

/** letters.pdf, letters-2.pdf, letters-3.pdf */
function numbered(file: string, n: number): string {
  const { dir, name, ext } = parse(file);
  return `${dir === '' ? '' : `${dir}/`}${name}-${n}${ext}`;
}

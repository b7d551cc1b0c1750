import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { unzipped } from '../db/book-content';
import type { ImportKind } from '../db/import-kinds';
import { keepRejects } from '../db/import-rejects';
import { piecesOf } from '../db/import-pieces';
import { beat, endRun, noteEnd } from '../db/import-runs';
import { importBook } from '../db/imports';
import type { Deps } from './deps';
import { bytesMaxOf } from './import-upload';
import { ProblemError } from './problem';

/** Files at once in one process, coming in or at work: each has a connection of its own to the database, and two of a kind wait for each other. */
const FILES_MAX = 4;
const BEAT_MS = 5_000;
/** How far it is, for whoever looks. */
const PROGRESS_MS = 1_000;

export type Run = Readonly<{
  id: string;
  kind: ImportKind;
  name: string;
  bytes: number;
  dryRun: boolean;
}>;

/** The imports of this process. A place is taken before the file comes and given back when all is over. */
export type Works = Readonly<{
  /** @throws ProblemError 429 when all are taken. */
  take: () => () => void;
  /** Carries an import out; never fails, since the run tells what became of it. */
  carryOut: (run: Run, log: FastifyBaseLogger) => Promise<void>;
}>;

/** An import that is under way when the server stops ends without a trace, and says that it is worth a repeat. */
export function importWorks(app: FastifyInstance, deps: Deps): Works {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let places = FILES_MAX;
  app.addHook('onClose', async () => {
    stopping.abort();
    await Promise.all(running);
  });
  return {
    take() {
      if (places === 0)
        throw new ProblemError(
          'tooMany',
          `${FILES_MAX} files are being imported. Try again in a moment.`,
          { headers: { 'retry-after': '10' } },
        );
      places -= 1;
      let taken = true;
      return () => {
        if (taken) places += 1;
        taken = false;
      };
    },
    async carryOut(run, log) {
      const work = carryOut(deps, { run, log, signal: stopping.signal });
      running.add(work);
      await work.finally(() => running.delete(work));
    },
  };
}

type Work = Readonly<{ run: Run; log: FastifyBaseLogger; signal: AbortSignal }>;

async function carryOut({ db, config }: Deps, { run, log, signal }: Work): Promise<void> {
  const { id, kind, name, bytes, dryRun } = run;
  const databaseUrl = config.DATABASE_URL ?? '';
  const heart = heartOf((rows) => beat(db, id, rows));
  try {
    await importBook(databaseUrl, {
      ...{ kind, name, dryRun, signal, onRows: heart.rows },
      content: unzipped(piecesOf(databaseUrl, id, bytes)),
      bytesMax: bytesMaxOf(config),
      keepRejects: (csv) => keepRejects(databaseUrl, id, csv),
      async note(client, imported) {
        await heart.stop();
        await noteEnd(client, id, imported);
      },
    });
  } catch (error) {
    await heart.stop();
    const ended = endOf(error, signal);
    if (ended.state === 'broken') log.error({ err: error, importId: id }, 'import broken');
    // Without the database nothing can be said; its silence will.
    await endRun(db, id, ended).catch(() => undefined);
  }
}

function endOf(
  error: unknown,
  signal: AbortSignal,
): { state: 'failed' | 'broken'; because: string } {
  if (signal.aborted)
    return {
      state: 'broken',
      because: 'The server was stopped. Nothing was taken: import the file again.',
    };
  if (error instanceof Error && error.name === 'WrongShape')
    return { state: 'failed', because: error.message };
  if ((error as { code?: unknown }).code === '55P03')
    return {
      state: 'broken',
      because: 'Another import is at work. Nothing was taken: import the file again later.',
    };
  return {
    state: 'broken',
    because:
      'The database did not carry it out; the cause is in the log. Nothing was taken: import the file again.',
  };
}

type Rows = Readonly<{ read: number; rejected: number }>;

/** Tells every now and then that the process lives, and at most each second how far it is. */
function heartOf(tell: (rows: Rows) => Promise<void>) {
  let now: Rows = { read: 0, rejected: 0 };
  let told = Date.now();
  let telling: Promise<void> | null = null;
  const say = (): void => {
    told = Date.now();
    // One that is lost is followed by the next.
    telling ??= tell(now)
      .catch(() => undefined)
      .finally(() => (telling = null));
  };
  const timer = setInterval(say, BEAT_MS);
  return {
    rows: (rows: Rows): void => {
      now = rows;
      if (rows.read % 1_000 === 0 && Date.now() - told >= PROGRESS_MS) say();
    },
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await telling;
    },
  };
}

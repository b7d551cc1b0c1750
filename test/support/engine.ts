import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { ownerOf, takeHome } from '../../engine/home';
import { endOrphans } from '../../engine/orphans';
import { endProcess } from '../../engine/process';
import { purge } from '../../engine/purge';
import { supervise, type Supervised } from '../../engine/supervise';

const PREFIX = 'tarim-test-run-';

/** `folder` is the run's own: homes that tests make below it are ended and deleted with it. */
export type TestEngine = Readonly<{
  running: Supervised;
  folder: string;
  end: () => Promise<void>;
}>;

/**
 * A real Postgres and Temporal in a throw-away home, without a worker; time may be skipped in its namespace.
 * `DATABASE_URL` and `TEMPORAL_ADDRESS` are used when they are given, as by a CI's services.
 */
export async function startTestEngine(): Promise<TestEngine> {
  await endLeftovers();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // Open to pass through, so that the database of root's run need not move elsewhere.
  chmodSync(folder, 0o711);
  const stop = new AbortController();
  const starting = start(join(folder, 'engine'), stop.signal);
  const end = async () => {
    stop.abort(new Error('the test run was interrupted'));
    await starting.then((running) => running.stop()).catch(() => undefined);
    await clear(folder);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Not `once`: a second Ctrl-C must not cut this short.
    process.on(signal, () => void end().finally(() => process.exit(130)));
  }
  try {
    return { running: await starting, folder, end };
  } catch (error) {
    await clear(folder);
    throw error;
  }
}

function start(home: string, signal: AbortSignal): Promise<Supervised> {
  const config = loadConfig(process.env);
  return supervise({
    home,
    cache: config.TARIM_CACHE,
    namespace: 'tarim-test',
    databaseUrl: config.DATABASE_URL,
    temporalAddress: config.TEMPORAL_ADDRESS,
    migrate: () => Promise.resolve(),
    worker: null,
    api: null,
    withUi: false,
    lasting: false,
    say: (line) => void process.stderr.write(`${line}\n`),
    signal,
  });
}

/** Jest itself may have been killed; then nobody else would ever end its engine. */
async function endLeftovers(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    const home = join(folder, 'engine');
    if (existsSync(join(home, 'run.json')) && !ownerOf(home)) await clear(folder);
  }
}

async function clear(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const below = readdirSync(folder).map((name) => join(folder, name));
  const homes = below.flatMap((path) => [path, join(path, 'home')]);
  for (const home of homes.filter((path) => existsSync(join(path, 'run.json')))) {
    const owner = ownerOf(home);
    if (owner) await endProcess(owner, { graceMs: 30_000 });
    takeHome(home);
    await endOrphans(home);
    purge(home);
  }
  rmSync(folder, { recursive: true, force: true });
}

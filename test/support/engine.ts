import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { ownerOf, takeHome } from '../../engine/home';
import { endOrphans } from '../../engine/orphans';
import { purge } from '../../engine/purge';
import { supervise, type Supervised } from '../../engine/supervise';

const PREFIX = 'tarim-engine-';

export type TestEngine = Readonly<{ running: Supervised; end: () => Promise<void> }>;

/**
 * A real Postgres and Temporal in a throw-away home, without a worker; time may be skipped in its namespace.
 * `DATABASE_URL` and `TEMPORAL_ADDRESS` are used when they are given, as by a CI's services.
 */
export async function startTestEngine(): Promise<TestEngine> {
  await endLeftovers();
  const config = loadConfig(process.env);
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  const stop = new AbortController();
  const starting = supervise({
    home,
    cache: config.TARIM_CACHE,
    namespace: 'tarim-test',
    databaseUrl: config.DATABASE_URL,
    temporalAddress: config.TEMPORAL_ADDRESS,
    migrate: () => Promise.resolve(),
    worker: null,
    withUi: false,
    lasting: false,
    say: (line) => void process.stderr.write(`${line}\n`),
    signal: stop.signal,
  });
  const end = async () => {
    stop.abort(new Error('the test run was interrupted'));
    await starting.then((running) => running.stop()).catch(() => undefined);
    rmHome(home);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void end().finally(() => process.exit(130)));
  }
  try {
    return { running: await starting, end };
  } catch (error) {
    rmHome(home);
    throw error;
  }
}

/** Jest itself may have been killed; then nobody else would ever end its engine. */
async function endLeftovers(): Promise<void> {
  const homes = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const home of homes.map((name) => join(tmpdir(), name))) {
    if (ownerOf(home) || !existsSync(join(home, 'run.json'))) continue;
    const release = takeHome(home);
    await endOrphans(home);
    release();
    rmHome(home);
  }
}

function rmHome(home: string): void {
  if (!existsSync(home)) return;
  purge(home);
  rmSync(home, { recursive: true, force: true });
}

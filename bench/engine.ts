import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config';
import { migrate } from '../db/migrate';
import { choosePorts } from '../engine/ports';
import { purge } from '../engine/purge';
import { supervise, type Addresses } from '../engine/supervise';
import { say } from './measure';

export const PROGRAM = join(__dirname, '..', 'bin', 'tarim.mjs');

export type BenchEngine = Readonly<{
  at: Addresses;
  /** Process ids of `postgres` and `temporal`. */
  pids: Readonly<Record<string, number>>;
  end: () => Promise<void>;
}>;

/** What is to be ended when the bench is told to stop, the last first. */
const ends = new Set<() => Promise<void>>();
const told = new AbortController();

/** An interrupted bench leaves nothing running either. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (told.signal.aborted) return;
  told.abort();
  say(`${signal}: ending what was started`);
  for (const end of [...ends].reverse()) await end();
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));

/** A Postgres and a Temporal of their own, which are gone afterwards. */
export async function startBenchEngine(): Promise<BenchEngine> {
  const config = loadConfig(process.env);
  const home = mkdtempSync(join(tmpdir(), 'tarim-bench-'));
  const starting = supervise({
    home,
    cache: config.TARIM_CACHE,
    namespace: 'tarim-test',
    databaseUrl: undefined,
    temporalAddress: undefined,
    migrate,
    worker: null,
    api: null,
    withUi: false,
    lasting: false,
    say: (line) => void process.stderr.write(`${line}\n`),
    signal: told.signal,
  });
  const finish = async (): Promise<void> => {
    await starting.then(
      (running) => running.stop(),
      () => undefined,
    );
    purge(home);
  };
  let ended: Promise<void> | null = null;
  // Asked for by a signal and, as what it ends fails, by the bench too.
  const end = (): Promise<void> => (ended ??= finish());
  ends.add(end);
  const running = await starting;
  const services = Object.entries(running.run.services).map(([name, { pid }]) => [name, pid]);
  const pids = Object.fromEntries(services) as Record<string, number>;
  return { at: running.addresses, pids, end };
}

/** A process that says `ready` when it takes work; `more` are variables of its environment. */
export async function startProcess(
  args: readonly string[],
  { databaseUrl, temporalAddress, namespace }: Addresses,
  more: NodeJS.ProcessEnv = {},
): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...more,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    LOG_LEVEL: 'warn',
    DELIVERY: 'capture',
  };
  const child = spawn(process.execPath, [...args], {
    env,
    // What it warns of is for whoever runs the bench, the figures alone for programs.
    stdio: ['ignore', 2, 'inherit', 'ipc'],
  });
  const end = (): Promise<void> => endProcess(child);
  ends.add(end);
  child.once('exit', () => ends.delete(end));
  const [word] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (word !== 'ready') throw new Error(`${args.join(' ')} ended before it was ready`);
  return child;
}

/** The API in a process of its own, on a free port of this machine. */
export async function startApi(
  at: Addresses,
): Promise<Readonly<{ api: ChildProcess; url: string }>> {
  const { api: port } = await choosePorts(['api']);
  const more = { API_PORT: String(port), API_HOST: '127.0.0.1' };
  const api = await startProcess([PROGRAM, 'api'], at, more);
  return { api, url: `http://127.0.0.1:${port}` };
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

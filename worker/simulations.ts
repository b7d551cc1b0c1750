import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Db } from '../db/client';
import {
  finishSimulation,
  giveBackSimulation,
  noteSimulation,
  takeSimulation,
  type Found,
  type Taken,
} from '../db/simulations';
import type { Given, Tale } from '../simulation/trial/main';
import { startLoop, type Loop } from './loop';
import { TSX } from './tsx';

const PROGRAM = join(__dirname, '..', 'simulation', 'trial', 'main.ts');
/** The rest between two looks for one that waits. */
const IDLE_MS = 1_000;
/** How often the row is told how far it came, and asked whether it was stopped. */
const NOTE_MS = 1_000;
/** A book of 30,000 customers over half a year is held in this many MiB. */
const HEAP_MIB = 3_072;

/**
 * Carries out simulations, one after the other, each in a process of its own, until stopped: what is under way is then given back, and begun
 * again by whoever looks next.
 */
export function startSimulations(db: Db, databaseUrl: string, log: Logger): Loop {
  const by = randomUUID();
  const stopping = new AbortController();
  const loop = startLoop(
    'simulations',
    IDLE_MS,
    async () => {
      const trial = await takeSimulation(db, by);
      if (trial === null) return false;
      await carryOut(db, { databaseUrl, trial, by, signal: stopping.signal, log });
      return true;
    },
    log,
  );
  return {
    async stop() {
      stopping.abort();
      await loop.stop();
    },
  };
}

type Job = Readonly<{
  databaseUrl: string;
  trial: Taken;
  by: string;
  signal: AbortSignal;
  log: Logger;
}>;

async function carryOut(db: Db, job: Job): Promise<void> {
  const { trial, by, signal } = job;
  const of = { id: trial.id, by };
  const end = await play(db, job);
  if (end.kind === 'found') await finishSimulation(db, of, end.found);
  else if (end.kind === 'failed')
    await giveBackSimulation(db, of, signal.aborted ? null : end.because);
}

type End = Readonly<
  { kind: 'found'; found: Found } | { kind: 'failed'; because: string } | { kind: 'stopped' }
>;

/** Lets a process compute, and tells its row how far it came. `stopped`: by somebody, or it is another worker's by now. */
async function play(db: Db, { databaseUrl, trial, by, signal, log }: Job): Promise<End> {
  const execArgv = ['--import', TSX, `--max-old-space-size=${HEAP_MIB}`];
  const child = fork(PROGRAM, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const kill = (): boolean => child.kill('SIGKILL');
  const now: { far: Far; end: End | null } = { far: { done: 0, total: 0 }, end: null };
  child.on('message', (message) => {
    const tale = message as Tale;
    if ('done' in tale) now.far = tale;
    else {
      now.end ??= endOf(tale);
      child.disconnect();
    }
  });
  const note = async (): Promise<false> => {
    if (now.end !== null || (await noteSimulation(db, { id: trial.id, by }, now.far))) return false;
    now.end = { kind: 'stopped' };
    kill();
    return false;
  };
  signal.addEventListener('abort', kill, { once: true });
  child.send({ databaseUrl, trial } satisfies Given);
  const noting = startLoop('noting a simulation', NOTE_MS, note, log);
  const [code, killedBy] = (await gone) as [number | null, string | null];
  await noting.stop();
  signal.removeEventListener('abort', kill);
  return now.end ?? failed(`The process ended with ${code ?? killedBy ?? 'nothing'}.`);
}

type Far = Readonly<{ done: number; total: number }>;
const failed = (because: string): End => ({ kind: 'failed', because });
const endOf = (tale: Exclude<Tale, Far>): End =>
  'found' in tale ? { kind: 'found', found: tale.found } : failed(tale.failed);

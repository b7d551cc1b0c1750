import type { ChildProcess } from 'node:child_process';
import { endProcess, startService, type Command, type Identity } from './process';

export type Service = Readonly<{
  name: string;
  command: Command;
  /** What it takes as "end in good order". */
  signal?: NodeJS.Signals;
  graceMs?: number;
}>;

/** One service that is kept running until it is told to stop. */
export type Keeper = Readonly<{
  name: string;
  alive: () => boolean;
  /** Its first `process.send('ready')`, of whichever start; false when `withinMs` have passed without one. */
  saysReady: (withinMs: number) => Promise<boolean>;
  stop: () => Promise<void>;
}>;

type Told = Readonly<{
  /** At every start. Called before anything else happens, so that no process goes unrecorded. */
  started: (name: string, id: Identity) => void;
  say: (line: string) => void;
}>;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Whoever ran this long was well; its next end is a new story. */
const HEALTHY_MS = 60_000;

/** Starts a service, and starts it again, ever more slowly, whenever it ends by itself. */
export async function keep(service: Service, told: Told): Promise<Keeper> {
  let current: Identity | null = null;
  let stopping = false;
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;
  let restart: Promise<void> = Promise.resolve();
  let isReady: (ready: true) => void;
  const ready = new Promise<true>((resolve) => (isReady = resolve));

  async function start(): Promise<void> {
    const { child, id } = await startService(service.command);
    current = id;
    told.started(service.name, id);
    child.on('message', (message) => {
      if (message === 'ready') isReady(true);
    });
    watch(child, Date.now());
  }

  function watch(child: ChildProcess, startedMs: number): void {
    child.once('exit', (code, signal) => {
      current = null;
      if (stopping) return;
      if (Date.now() - startedMs > HEALTHY_MS) waitMs = FIRST_WAIT_MS;
      const cause = signal ?? `code ${code ?? 'unknown'}`;
      const { log } = service.command;
      told.say(`${service.name} ended (${cause}); again in ${waitMs / 1000} s. Its log: ${log}`);
      again();
    });
  }

  function again(): void {
    timer = setTimeout(() => {
      restart = start().catch((error: unknown) => {
        told.say(`${service.name} cannot be started: ${String(error)}`);
        if (!stopping) again();
      });
    }, waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }

  await start();
  return {
    name: service.name,
    alive: () => current !== null,
    saysReady: (withinMs) => Promise.race([ready, after(withinMs)]),
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await restart;
      const { signal = 'SIGTERM', graceMs = 15_000 } = service;
      if (current) await endProcess(current, { signal, graceMs });
    },
  };
}

const after = (ms: number): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });

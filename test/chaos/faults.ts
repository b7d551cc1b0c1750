import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Kind } from './schedule';
import type { ServiceName, Stack } from './stack';

/** Breaks something, waits, and mends it; whatever supervises the services does the rest. */
export async function strike(stack: Stack, { kind, forMs, amount }: Fault): Promise<void> {
  const mend = BREAK[kind](stack, amount);
  await sleep(forMs);
  mend();
}

type Break = (stack: Stack, amount: number) => () => void;
const nothing = (): void => undefined;

const kill =
  (service: ServiceName): Break =>
  (stack) => {
    signal(stack.pidOf(service), 'SIGKILL');
    return nothing;
  };
/** With its children: a stopped Postgres is one whose backends stand still too. */
const stop =
  (service: ServiceName): Break =>
  (stack) => {
    const pids = withChildren(stack.pidOf(service));
    pids.forEach((pid) => signal(pid, 'SIGSTOP'));
    return () => pids.forEach((pid) => signal(pid, 'SIGCONT'));
  };
const cut =
  (way: 'database' | 'engine'): Break =>
  ({ proxies }) => {
    proxies[way].cut();
    return proxies[way].restore;
  };
const delay =
  (way: 'database' | 'engine'): Break =>
  ({ proxies }, ms) => {
    proxies[way].delay(ms);
    return proxies[way].restore;
  };
const sms =
  (behaviour: Parameters<Stack['twilio']['always']>[0]): Break =>
  ({ twilio }) => {
    twilio.always(behaviour);
    return () => twilio.always('accept');
  };
const mail =
  (behaviour: Parameters<Stack['smtp']['always']>[0]): Break =>
  ({ smtp }) => {
    smtp.always(behaviour);
    return () => smtp.always('accept');
  };

const BREAK: Readonly<Record<Kind, Break>> = {
  'kill worker': kill('worker'),
  'kill temporal': kill('temporal'),
  'kill postgres': kill('postgres'),
  'kill api': kill('api'),
  'stop worker': stop('worker'),
  'stop temporal': stop('temporal'),
  'stop postgres': stop('postgres'),
  'cut database': cut('database'),
  'cut engine': cut('engine'),
  'delay database': delay('database'),
  'delay engine': delay('engine'),
  'sms full': sms({ error: 20429, status: 429, retryAfter: '2' }),
  'sms fails': sms({ error: 20500, status: 500 }),
  // Nobody answers: the places at the provider fill up, and those who wait for one are put off.
  'sms stalls': sms('stall'),
  'sms drops before': sms('drop'),
  'sms drops after': sms('dropTaken'),
  'mail full': mail({ reply: 'rcpt', code: 451, text: '4.7.1 come back' }),
  'mail fails': mail({ reply: 'data', code: 421, text: '4.3.0 out of order' }),
  'mail stalls': mail({ stall: 'rcpt' }),
  'mail drops before': mail({ drop: 'content' }),
  'mail drops after': mail('dropTaken'),
};

function signal(pid: number | null, name: NodeJS.Signals): void {
  if (pid === null) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself, as a fault before this one may have made it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function withChildren(pid: number | null): number[] {
  if (pid === null) return [];
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && parentOf(name) === pid,
  );
  return [pid, ...children.map(Number)];
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

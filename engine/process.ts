import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is certainly the one we started: its pid alone may have been given to another since. */
export type Identity = Readonly<{ pid: number; startedAt: string }>;

export type Command = Readonly<{
  command: string;
  args: readonly string[];
  /** Standard output and error are appended to this file. */
  log: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: Readonly<{ uid: number; gid: number }> | null;
  /** Whether it can say `process.send('ready')`. */
  ipc?: boolean;
}>;

/**
 * Starts a service in a process group of its own, so that Ctrl-C at the terminal reaches the supervisor alone
 * and the services end in the order that it chooses.
 */
export async function startService(what: Command): Promise<{ child: ChildProcess; id: Identity }> {
  mkdirSync(dirname(what.log), { recursive: true });
  const log = openSync(what.log, 'a', 0o600);
  try {
    const child = spawn(what.command, [...what.args], {
      stdio: ['ignore', log, log, ...(what.ipc ? (['ipc'] as const) : [])],
      detached: true,
      env: what.env ?? process.env,
      ...(what.cwd ? { cwd: what.cwd } : {}),
      ...(what.user ? { uid: what.user.uid, gid: what.user.gid } : {}),
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const id = identityOf(child.pid ?? 0) ?? { pid: child.pid ?? 0, startedAt: 'gone' };
    return { child, id };
  } finally {
    closeSync(log);
  }
}

/** Null when no such process runs. A zombie, which only waits to be reaped, does not run. */
export function identityOf(pid: number): Identity | null {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export const isAlive = ({ pid, startedAt }: Identity): boolean =>
  identityOf(pid)?.startedAt === startedAt;

function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold blanks and brackets; the fields begin after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

function startElsewhere(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

/** Asks a process to end and waits for it; after `graceMs` it is killed. Safe to call for one that is gone. */
export async function endProcess(
  id: Identity,
  { signal = 'SIGTERM', graceMs = 15_000 }: { signal?: NodeJS.Signals; graceMs?: number } = {},
): Promise<'gone' | 'ended' | 'killed'> {
  if (!isAlive(id)) return 'gone';
  send(id.pid, signal);
  if (await hasEnded(id, graceMs)) return 'ended';
  send(id.pid, 'SIGKILL');
  await hasEnded(id, 5_000);
  return 'killed';
}

export async function hasEnded(id: Identity, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (isAlive(id)) {
    if (Date.now() > until) return false;
    await sleep(25);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

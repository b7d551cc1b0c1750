import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HomeIsTaken, makeHome, ownerOf } from '../engine/home';
import { PROGRAM } from '../engine/worker-command';
import type { Cli } from './cli';
import { Exit, EXIT, type ExitCode } from './exit';
import type { UpOptions } from './up';

const TAIL_MS = 100;

/** `up` in a session of its own. What it says is passed on until it is ready, or has failed with its own exit code. */
export async function upDetached(cli: Cli, options: UpOptions): Promise<void> {
  const home = (await cli.config()).TARIM_HOME;
  makeHome(home);
  const owner = ownerOf(home);
  if (owner) throw new HomeIsTaken(home, owner);
  const log = join(home, 'logs', 'up.log');
  const tail = follow(log);
  const child = start(cli, log, options);
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.once('SIGINT', pass).once('SIGTERM', pass);
  const code = await untilUp(child);
  tail();
  process.off('SIGINT', pass).off('SIGTERM', pass);
  if (code !== EXIT.done) throw new Exit(code, `Tarim did not start. Its log: ${log}`);
}

function start({ lang }: Cli, log: string, options: UpOptions): ChildProcess {
  const flags = [
    `--lang=${lang}`,
    ...(options.sample ? ['--sample'] : []),
    ...(options.worker ? [] : ['--no-worker']),
  ];
  const file = openSync(log, 'a', 0o600);
  try {
    return spawn(process.execPath, [PROGRAM, 'up', ...flags], {
      detached: true,
      stdio: ['ignore', file, file, 'ipc'],
    });
  } finally {
    closeSync(file);
  }
}

/** Done when it says that it is up; else the code with which it ended, and a failure if that was 0. */
const untilUp = (child: ChildProcess): Promise<ExitCode> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ? (code as ExitCode) : EXIT.failure));
    child.once('message', () => {
      child.disconnect();
      child.unref();
      resolve(EXIT.done);
    });
  });

/** Copies to stderr what is added to the file, until the returned function has copied the rest. */
function follow(file: string): () => void {
  let at = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const copy = () => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > at) process.stderr.write(readFrom(file, at, size - at));
    at = Math.max(at, size);
  };
  const timer = setInterval(copy, TAIL_MS);
  return () => {
    clearInterval(timer);
    copy();
  };
}

function readFrom(file: string, at: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const text = Buffer.alloc(length);
    return text.subarray(0, readSync(handle, text, 0, length, at));
  } finally {
    closeSync(handle);
  }
}

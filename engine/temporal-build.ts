import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './lock';
import { which } from './which';

const PROGRESS_MS = 15_000;

export class GoIsMissing extends Error {}

export type Build = Readonly<{
  /** Where the binaries shall lie; it appears only when all of them are there. */
  folder: string;
  what: string;
  /** Packages to install, as `path@version`, and what their binaries are to be called. */
  packages: Readonly<Record<string, string>>;
}>;

/** Where progress goes, and what ends the build early. */
export type Attended = Readonly<{ say: (line: string) => void; signal: AbortSignal }>;

/** Builds Temporal's production server and its schema tool with Go. */
export const buildServer = (folder: string, version: string, attended: Attended) =>
  build(
    {
      folder,
      what: `the Temporal server ${version}`,
      packages: {
        [`go.temporal.io/server/cmd/server@v${version}`]: 'temporal-server',
        [`go.temporal.io/server/cmd/tools/sql@v${version}`]: 'temporal-sql-tool',
      },
    },
    attended,
  );

/**
 * Runs `go install` into a draft folder and renames that when it is complete: a killed build leaves nothing half.
 * One process builds; another that wants the same waits for it.
 *
 * @throws {GoIsMissing} without Go.
 */
export async function build(what: Build, attended: Attended): Promise<void> {
  if (which('go') === null) throw new GoIsMissing('Go is not installed');
  const release = await lockFor(what, attended);
  const draft = `${what.folder}.draft`;
  try {
    if (exists(what.folder)) return;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    await goInstall(what, draft, attended);
    for (const [path, name] of Object.entries(what.packages)) {
      renameSync(join(draft, basename(path.split('@')[0] ?? path)), join(draft, name));
    }
    renameSync(draft, what.folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    release();
  }
}

const exists = (folder: string): boolean => readdirSync(dirname(folder)).includes(basename(folder));

async function lockFor({ folder, what }: Build, { say, signal }: Attended): Promise<() => void> {
  mkdirSync(dirname(folder), { recursive: true });
  for (let turn = 0; ; turn += 1) {
    const taken = tryLock(`${folder}.lock`);
    if (typeof taken === 'function') return taken;
    if (turn === 0) say(`Process ${taken.pid} is building ${what}; waiting for it …`);
    await sleep(500, null, { signal });
  }
}

function goInstall(
  { packages, what }: Build,
  gobin: string,
  { say, signal }: Attended,
): Promise<void> {
  say(`Building ${what} from source with Go: some minutes, once for this machine …`);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const go = spawn('go', ['install', '-ldflags=-s -w', ...Object.keys(packages)], {
    env: { ...process.env, CGO_ENABLED: '0', GOBIN: gobin },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let printed = '';
  let fetchedAt = began;
  go.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-20_000);
    if (text.includes('downloading')) fetchedAt = Date.now();
  });
  // Go says nothing while it compiles, so silence after the last module means that.
  const phase = () => (Date.now() - fetchedAt < 5_000 ? 'fetching modules' : 'compiling');
  const ticker = setInterval(() => say(`  ${phase()} … ${seconds()} s`), PROGRESS_MS);
  const ended = new Promise<void>((resolve, reject) => {
    go.once('error', reject);
    go.once('close', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      if (!signal.aborted) say(lastLines(printed));
      reject(new Error(`go install ended with ${code ?? 'a signal'}`));
    });
  });
  return ended
    .then(() => say(`Built ${what} in ${seconds()} s.`))
    .finally(() => clearInterval(ticker));
}

const lastLines = (printed: string): string =>
  printed
    .split('\n')
    .filter((line) => line !== '' && !line.includes('downloading'))
    .slice(-10)
    .join('\n');

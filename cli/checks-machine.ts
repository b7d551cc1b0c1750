import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../config';
import { findBinaries } from '../engine/postgres-binaries';
import { findEngine } from '../engine/temporal-binary';
import { isAtLeast, parseVersion } from '../engine/version';
import type { Check } from './check';

const LEAST_DISK_GIB = 2;
const GIB = 1024 ** 3;

/** What can be known with nothing running. */
export async function machineChecks(config: Config): Promise<Check[]> {
  const engine = engineCheck(config);
  return [
    node(),
    bundledPostgres(config),
    engine,
    await go(engine.ok),
    await disk(config.TARIM_HOME),
    await font(),
  ];
}

function node(): Check {
  const ok = isAtLeast(parseVersion(process.version), [20, 19, 0]);
  return {
    name: 'node',
    ok,
    detail: `${process.version} on ${process.platform}-${process.arch}`,
    remedy: ok ? null : 'install Node 20.19 or newer',
  };
}

function bundledPostgres(config: Config): Check {
  const name = 'postgres found';
  if (config.DATABASE_URL !== undefined) {
    return { name, ok: true, detail: 'given by DATABASE_URL', remedy: null };
  }
  try {
    const { version } = findBinaries();
    return {
      name,
      ok: true,
      detail: `bundled ${version}; for trial, not production`,
      remedy: null,
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, ok: false, detail, remedy: 'set DATABASE_URL' };
  }
}

function engineCheck(config: Config): Check {
  const name = 'temporal found';
  if (config.TEMPORAL_ADDRESS !== undefined) {
    return { name, ok: true, detail: 'given by TEMPORAL_ADDRESS', remedy: null };
  }
  const engine = findEngine(config.TARIM_CACHE);
  return engine
    ? { name, ok: true, detail: engine.how, remedy: null }
    : {
        name,
        ok: false,
        detail: `none on PATH, none in ${config.TARIM_CACHE}`,
        remedy: '`npx tarim up` downloads or builds one',
      };
}

/** Go is only needed to build a server, so its absence matters only when there is none. */
async function go(haveEngine: boolean): Promise<Check> {
  const version = await printedBy('go', ['version']);
  return {
    name: 'go',
    ok: version !== null || haveEngine,
    detail: version ?? 'not installed; needed only to build the Temporal server',
    remedy: version === null && !haveEngine ? 'install Go 1.26 or set TEMPORAL_ADDRESS' : null,
  };
}

async function disk(home: string): Promise<Check> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const gib = (bavail * bsize) / GIB;
  const ok = gib >= LEAST_DISK_GIB;
  return {
    name: 'disk',
    ok,
    detail: `${gib.toFixed(1)} GiB free at ${folder}`,
    remedy: ok ? null : `free ${LEAST_DISK_GIB} GiB, or set TARIM_HOME to a larger disk`,
  };
}

/** Letters that are printed hold Chinese. On screen every system has such a font of its own. */
async function font(): Promise<Check> {
  const fonts = await printedBy('fc-list', [':lang=zh', 'family']);
  const first = fonts?.split('\n')[0]?.trim();
  const detail = first ? first : 'no Chinese font found; needed only for printing on this machine';
  return { name: 'font', ok: true, detail, remedy: null };
}

async function printedBy(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], { timeout: 10_000 });
    return stdout.trim();
  } catch {
    return null;
  }
}

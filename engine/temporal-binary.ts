import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer, GoIsMissing } from './temporal-build';
import { downloadCli } from './temporal-download';
import { isAtLeast, parseVersion, type Version } from './version';
import { runnable, which } from './which';

const SERVER_VERSION = '1.32.1';
const LEAST_SERVER: Version = [1, 32, 0];
const LEAST_CLI: Version = [1, 8, 0];

/** A Temporal server that can be started, and where it came from in words. */
export type Engine =
  | Readonly<{ kind: 'server'; server: string; sqlTool: string; how: string }>
  | Readonly<{ kind: 'cli'; cli: string; how: string }>;

/** What there is without fetching or building anything; null when nothing. */
export function findEngine(cache: string): Engine | null {
  return onPath() ?? cached(cache);
}

/**
 * Finds a server, or downloads one, or builds one (some minutes, once for a machine).
 *
 * @throws {Error} saying in one sentence what was tried and what to do.
 */
export async function obtainEngine(
  cache: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Engine> {
  const found = findEngine(cache);
  if (found) return found;
  mkdirSync(cache, { recursive: true });
  const download = await downloadCli(cliFolder(cache), say, signal);
  const downloaded = download === null ? cached(cache) : null;
  if (downloaded) return downloaded;
  const tried = `the download (${download ?? 'it does not run here'})`;
  try {
    await buildServer(serverFolder(cache), SERVER_VERSION, { say, signal });
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const remedy =
      error instanceof GoIsMissing ? 'install Go 1.26 or newer' : 'see what Go said above';
    throw new Error(
      `No Temporal server can be had: none on PATH, none in ${cache}, ${tried} and the build from source (${why}) failed; ${remedy}, or set TEMPORAL_ADDRESS to a server that runs.`,
      { cause: error },
    );
  }
  const built = cached(cache);
  if (built === null) throw new Error(`The Temporal server built in ${cache} does not run.`);
  return built;
}

const serverFolder = (cache: string) => join(cache, `temporal-server-${SERVER_VERSION}`);
const cliFolder = (cache: string) => join(cache, 'temporal-cli');

function onPath(): Engine | null {
  const server = which('temporal-server');
  const sqlTool = which('temporal-sql-tool');
  if (server && sqlTool && isAtLeast(versionOf(server), LEAST_SERVER)) {
    return { kind: 'server', server, sqlTool, how: `on PATH: ${server}` };
  }
  return cliAt(which('temporal'), 'on PATH');
}

function cached(cache: string): Engine | null {
  const server = runnable(join(serverFolder(cache), 'temporal-server'));
  const sqlTool = runnable(join(serverFolder(cache), 'temporal-sql-tool'));
  if (server && sqlTool) return { kind: 'server', server, sqlTool, how: `cached: ${server}` };
  return cliAt(runnable(join(cliFolder(cache), 'temporal')), 'cached');
}

/** Below 1.8 the CLI has no time skipping, and one history shard. */
const cliAt = (cli: string | null, where: string): Engine | null =>
  cli && isAtLeast(versionOf(cli), LEAST_CLI)
    ? { kind: 'cli', cli, how: `${where}: ${cli} (development server)` }
    : null;

function versionOf(program: string): Version | null {
  try {
    const printed = execFileSync(program, ['--version'], { timeout: 10_000, encoding: 'utf8' });
    return parseVersion(printed);
  } catch {
    return null;
  }
}

import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const LIMIT_MS = 120_000;

/**
 * In a process of its own: the SDK's native part takes over signals, and cannot be told to give up. It starts the
 * server that it has fetched, once, and ends it.
 */
const SCRIPT = `
  const { TestWorkflowEnvironment } = require('@temporalio/testing');
  const executable = { type: 'cached-download', downloadDir: process.argv[1] };
  TestWorkflowEnvironment.createLocal({ server: { executable } })
    .then((server) => server.teardown())
    .catch((error) => { console.error(String(error.message).split('\\n')[0]); process.exit(1); });
`;

/**
 * Fetches Temporal's CLI as the SDK does for its own tests.
 *
 * @returns null when it is in `folder` as `temporal`, else why not.
 */
export async function downloadCli(
  folder: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string | null> {
  say('Looking for a Temporal server to download …');
  const draft = `${folder}.draft.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const options = { cwd: __dirname, timeout: LIMIT_MS, signal };
    await promisify(execFile)(process.execPath, ['-e', SCRIPT, draft], options);
    const [file] = readdirSync(draft).filter((name) => statSync(join(draft, name)).size > 1e6);
    if (file === undefined) return 'it brought no program';
    renameSync(join(draft, file), join(draft, 'temporal'));
    chmodSync(join(draft, 'temporal'), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
    return null;
  } catch (error) {
    return reasonOf(error as Error & { stderr?: string; killed?: boolean });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function reasonOf(error: Error & { stderr?: string; killed?: boolean }): string {
  if (error.killed === true) return `no end after ${LIMIT_MS / 1000} s`;
  const line = error.stderr?.trim().split('\n').at(-1) ?? error.message;
  // The SDK tells the whole chain, addresses and all; its last link is the cause.
  return line.split('): ').at(-1) ?? line;
}

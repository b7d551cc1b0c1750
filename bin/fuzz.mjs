#!/usr/bin/env node
/** `npm run fuzz:api -- [--minutes 10] [--seed 1]`: Schemathesis against the real API, over a book of its own. Needs Python 3.10 or later. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureReady, say } from './bootstrap.mjs';

/** Checked 2026-11-24: released this month, without advisories. */
const VERSION = '4.32.5';
const cache =
  process.env.TARIM_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tarim');

await ensureReady();
process.env.TARIM_SCHEMATHESIS = schemathesis();
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../test/fuzz/main.ts');

/** In a Python environment of its own in the cache: a test tool, not the product's. */
function schemathesis() {
  const folder = join(cache, `schemathesis-${VERSION}`);
  const program = join(folder, 'bin', 'schemathesis');
  const works = () => existsSync(program) && spawnSync(program, ['--version']).status === 0;
  if (works()) return program;
  rmSync(folder, { recursive: true, force: true });
  say(`Installing Schemathesis ${VERSION} into ${folder} …`);
  run('python3', ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
  if (works()) return program;
  throw new Error(`Schemathesis was installed into ${folder} and does not start.`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Error(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. Python 3.10 or later with venv is needed (apt-get install python3-venv).`,
  );
}

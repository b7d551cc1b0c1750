import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { say } from './bootstrap.mjs';

const cache =
  process.env.TARIM_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tarim');

/**
 * The program of a Python package of this version, in a Python environment of its own in the cache: a tool for tests, not the product's.
 * Installs it when it is not there. Throws when Python 3.10 or later with venv is missing.
 */
export function pythonTool(name, version) {
  const folder = join(cache, `${name}-${version}`);
  const program = join(folder, 'bin', name);
  const works = () => existsSync(program) && spawnSync(program, ['--version']).status === 0;
  if (works()) return program;
  rmSync(folder, { recursive: true, force: true });
  say(`Installing ${name} ${version} into ${folder} …`);
  run('python3', ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', `${name}==${version}`]);
  if (works()) return program;
  throw new Error(`${name} was installed into ${folder} and does not start.`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Error(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. Python 3.10 or later with venv is needed (apt-get install python3-venv).`,
  );
}

/**
 * What must be true before any TypeScript can run: dependencies installed as locked, Prisma's client generated.
 * Only Node's own modules here, and everything that is printed goes to stderr.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { apiTypes } from './api-types.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.tarim-lock');
const schema = join(root, 'db', 'schema.prisma');
const generated = join(root, 'db', 'generated');
const generatedStamp = join(generated, '.tarim-schema');
const openApi = join(root, 'api', 'openapi.json');
const types = join(root, 'console', 'generated', 'api.ts');

/** Installs and generates what is missing; quick when nothing is. Two processes may call it at once. */
export async function ensureReady() {
  if (installed() && clientGenerated() && typesWritten()) return;
  await alone(() => {
    if (!installed()) install();
    if (!clientGenerated()) generateClient();
    if (!typesWritten()) writeTypes();
  });
}

/** The API's shapes for the console. An image carries neither the console's sources nor the document. */
const typesWritten = () =>
  !existsSync(openApi) || !existsSync(dirname(dirname(types))) || holds(types, textOfTypes());
const textOfTypes = () => apiTypes(readJson(openApi));
function writeTypes() {
  mkdirSync(dirname(types), { recursive: true });
  writeFileSync(types, textOfTypes());
}

export const say = (text) => process.stderr.write(`${text}\n`);
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
export const holds = (file, text) => existsSync(file) && readFileSync(file, 'utf8') === text;

function installed() {
  const wanted = hashOf(join(root, 'package-lock.json'));
  if (holds(stamp, wanted)) return true;
  if (!installedByHand()) return false;
  note(stamp, wanted);
  return true;
}

/** Whether somebody's own `npm ci` put the locked versions there. Left-out dev or optional packages are their choice. */
function installedByHand() {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = readJson(hidden).packages;
  const locked = Object.entries(readJson(join(root, 'package-lock.json')).packages);
  return locked.every(([path, { version, dev, optional, devOptional, peer }]) => {
    if (path === '') return true;
    if (!present[path]) return Boolean(dev || optional || devOptional || peer);
    return present[path].version === version;
  });
}

function install() {
  say('Installing dependencies (npm ci; a minute or two, once) …');
  const began = Date.now();
  // Windows finds npm only through its shell; the arguments are constants.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    shell: process.platform === 'win32',
  });
  note(stamp, hashOf(join(root, 'package-lock.json')));
  say(`Dependencies installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

const clientGenerated = () => !existsSync(schema) || holds(generatedStamp, hashOf(schema));

/** Every Prisma command insists on an engine that `generate` never calls, and that a blocked network cannot fetch. */
function generateClient() {
  const cli = join(modules, 'prisma', 'build', 'index.js');
  if (!existsSync(cli)) {
    if (existsSync(generated)) return;
    throw new Error('db/generated is missing and the Prisma CLI is not installed. Run: npm ci');
  }
  const hash = hashOf(schema);
  run(process.execPath, [cli, 'generate', '--schema', schema, '--no-hints'], {
    env: {
      ...process.env,
      CI: '1',
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  note(generatedStamp, hash);
}

function run(command, args, options) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (done.status === 0) return;
  say(`${done.stdout ?? ''}${done.stderr ?? ''}`.trim());
  throw new Error(
    `\`${command} ${args.slice(0, 2).join(' ')}\` failed${done.error ? `: ${done.error.message}` : ''}`,
  );
}

/** A read-only checkout that is complete needs no note. */
export function note(file, text) {
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!['EROFS', 'EACCES'].includes(error.code)) throw error;
  }
}

/** A folder can be made once only, so it is the lock. Its owner's pid is inside; a dead owner's lock is taken away. */
export async function alone(work) {
  const lock = join(root, '.tarim', 'bootstrap.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !taken(lock); told = true) {
    if (!told) say('Another process is installing or building; waiting for it …');
    if (stale(lock)) rmSync(lock, { recursive: true, force: true });
    await sleep(300);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

function stale(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code === 'ESRCH') return true;
    // Between its making and its pid there is nothing to read yet; ten seconds later its owner is dead.
    return existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 10_000;
  }
}

/** Builds the console into console/dist when its sources have changed since; quick when they have not. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { alone, holds, note, root, say } from './bootstrap.mjs';

const folder = join(root, 'console');
const dist = join(folder, 'dist');
const stamp = join(dist, '.tarim-sources');
const vite = join(root, 'node_modules', 'vite');

/** To be called after ensureReady. An image brings its console built and has no sources; without Vite what is there is served. */
export async function ensureConsole() {
  if (!existsSync(join(folder, 'src')) || !existsSync(vite) || built()) return;
  await alone(async () => {
    if (!built()) await build();
  });
}

const built = () => holds(stamp, hashOfSources());

function hashOfSources() {
  const files = [
    ...['src', 'generated', 'public'].flatMap((name) => filesBelow(join(folder, name))),
    ...['index.html', 'vite.config.mjs', 'tsconfig.json'].map((name) => join(folder, name)),
    join(root, 'package-lock.json'),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

const filesBelow = (path) =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

async function build() {
  say('Building the console …');
  const began = Date.now();
  const hash = hashOfSources();
  const { build: bundle } = await import('vite');
  await bundle({ root: folder, configFile: join(folder, 'vite.config.mjs'), logLevel: 'warn' });
  for (const file of filesBelow(join(dist, 'assets'))) compress(file);
  note(stamp, hash);
  say(`Console built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

/** Once here, instead of with every answer. */
function compress(file) {
  if (!/\.(js|css|svg)$/.test(file)) return;
  const text = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params }));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}

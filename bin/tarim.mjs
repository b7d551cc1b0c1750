#!/usr/bin/env node
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';
import { ensureConsole } from './console.mjs';

try {
  await ensureReady();
  // `up` starts the API, which serves it; no other command needs it.
  if (process.argv[2] === 'up') await ensureConsole();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// The second registration is for `import('./x.js')`, which stays a real import in CommonJS.
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../cli/main.ts');

#!/usr/bin/env node
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';

try {
  await ensureReady();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// The second registration is for `import('./x.js')`, which stays a real import in CommonJS.
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../cli/main.ts');

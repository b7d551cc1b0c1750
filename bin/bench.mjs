#!/usr/bin/env node
/** `npm run bench -- month [--json]`: the measurements of bench/, on an engine of their own. */
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensureConsole } from './console.mjs';

await ensureReady();
if (process.argv[2] === 'console') {
  await ensureConsole();
  process.env.TARIM_TEST_CHROMIUM = ensureBrowser();
}
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../bench/main.ts');

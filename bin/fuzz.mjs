#!/usr/bin/env node
/** `npm run fuzz:api -- [--minutes 10] [--seed 1]`: Schemathesis against the real API, over a book of its own. Needs Python 3.10 or later. */
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';
import { pythonTool } from './python-tool.mjs';

/** Checked 2026-11-24: released this month, without advisories. */
const VERSION = '4.32.5';

await ensureReady();
process.env.TARIM_SCHEMATHESIS = pythonTool('schemathesis', VERSION);
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../test/fuzz/main.ts');

#!/usr/bin/env node
/** `npm run chaos -- --seed 1 --faults 30`: a campaign on a stack that breaks, and the laws afterwards. */
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';

await ensureReady();
const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
cjs.register();
esm.register();
createRequire(import.meta.url)('../test/chaos/main.ts');

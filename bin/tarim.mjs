#!/usr/bin/env node
import { createRequire } from 'node:module';
import { ensureReady } from './bootstrap.mjs';

try {
  await ensureReady();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const { register } = await import('tsx/cjs/api');
register();
createRequire(import.meta.url)('../cli/main.ts');

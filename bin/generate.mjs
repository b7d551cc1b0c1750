import { ensureReady } from './bootstrap.mjs';

await ensureReady();

/** `npm run console`: builds the console where it is older than its sources. */
import { ensureReady } from './bootstrap.mjs';
import { ensureConsole } from './console.mjs';

await ensureReady();
await ensureConsole();

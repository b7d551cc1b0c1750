import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandPage } from './docs';

writeFileSync(join(__dirname, '..', 'docs', 'cli.md'), commandPage());

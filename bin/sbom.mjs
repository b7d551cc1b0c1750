#!/usr/bin/env node
/** `npm run sbom [FILE]`: all that Tarim ships with, as CycloneDX, from the lock file. Writes tarim.cdx.json where no file is named. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './bootstrap.mjs';

const file = process.argv[2] ?? join(root, 'tarim.cdx.json');
const flags = [
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--omit',
  'dev',
  '--package-lock-only',
];
const text = execFileSync('npm', ['sbom', ...flags], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
const { components } = JSON.parse(text);
writeFileSync(file, text);
say(`${components.length} components written to ${file}.`);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const HISTORIES = join(__dirname, '..', 'replay', 'histories');

/** Below `HISTORIES`: those of before 2026-11-24 lie side by side, later ones in a folder for each e2e test, the latest zipped. */
export const historiesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.json(\.gz)?$/.test(name),
  );

export function readHistory(path: string): unknown {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

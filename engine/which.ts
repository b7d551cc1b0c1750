import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The program of that name that can be run, in the folders of a PATH. */
export function which(name: string, path = process.env['PATH'] ?? ''): string | null {
  const folders = path.split(delimiter).filter(Boolean);
  return folders.map((folder) => runnable(join(folder, name))).find(Boolean) ?? null;
}

/** The file itself when it can be run. */
export function runnable(file: string): string | null {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}

import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { outsideFolderOf } from './unprivileged';

/** Everything that a home ever holds. Nothing else is deleted: TARIM_HOME may be set to a folder that is more than ours. */
const OURS = [
  'logs',
  'postgres',
  'postgres.password',
  'temporal.yaml',
  'temporal-dynamic.yaml',
  'temporal.sqlite',
  'ui',
  'run.json',
  'token',
  'password',
];

/** Deletes the home's data; the home itself only if nothing of another's is left in it. Its caller holds the lock. */
export function purge(home: string): string[] {
  const outside = outsideFolderOf(home);
  const there = [...OURS.map((name) => join(home, name)), outside].filter((path) =>
    lstatSync(path, { throwIfNoEntry: false }),
  );
  for (const path of there) rmSync(path, { recursive: true, force: true });
  const left = readdirSync(home).filter((name) => !name.startsWith('lock'));
  if (left.length > 0 || !existsSync(home)) return there;
  rmSync(join(home, 'lock'), { force: true });
  rmdirSync(home);
  return [home, ...there.filter((path) => path === outside)];
}

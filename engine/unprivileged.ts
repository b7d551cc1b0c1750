import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type User = Readonly<{ name: string; uid: number; gid: number }>;

/** Where data goes that a service user must reach when the home lies below a closed folder such as /root. */
const SYSTEM_FOLDER = '/var/lib/tarim';

/**
 * Postgres refuses to run as root; then it runs as an account that exists already. Null: run as ourselves.
 *
 * @throws {Error} as root on a machine that has neither account.
 */
export function serviceUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const user = lookUp(name);
    if (user) return user;
  }
  throw new Error(
    'Postgres will not run as root, and there is neither a user postgres nor nobody. Run as another user, or set DATABASE_URL.',
  );
}

function lookUp(name: string): User | null {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { name, uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** Whether the user can pass through every folder down to this one; tried for real, so that ACLs count too. */
export const canEnter = (user: User, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
    stdio: 'ignore',
  }).status === 0;

/** A folder of our own outside a closed home, the same one for the same home. */
export const outsideFolderOf = (home: string): string =>
  join(SYSTEM_FOLDER, createHash('sha256').update(home).digest('hex').slice(0, 16));

export function makeOutsideFolder(home: string): string {
  const folder = outsideFolderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

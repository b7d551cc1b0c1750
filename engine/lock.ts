import { linkSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { identityOf, isAlive, type Identity } from './process';

export const IdentityShape = z.object({ pid: z.int(), startedAt: z.string() });

/** A broom is held for a moment only; one older than this was dropped by a dead process. */
const BROOM_MS = 10_000;

/**
 * Takes the lock file, over a dead owner's too.
 *
 * @returns what gives it back, or the live process that has it.
 */
export function tryLock(file: string): (() => void) | Identity {
  const me = identityOf(process.pid);
  if (me === null) throw new Error('cannot tell when this process started');
  while (!linked(file, me)) {
    const owner = ownerOfLock(file);
    if (owner) return owner;
    removeDeadLock(file, me);
  }
  return () => rmSync(file, { force: true });
}

/** The live process that holds the lock. */
export function ownerOfLock(file: string): Identity | null {
  try {
    const owner = IdentityShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(owner) ? owner : null;
  } catch {
    return null;
  }
}

/** Links a finished file into place: the lock is there with its owner's name in it, or is not there. */
function linked(file: string, me: Identity): boolean {
  const draft = `${file}.${me.pid}`;
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Two that find the same dead lock must not remove each other's new one: whoever holds the broom looks again. */
function removeDeadLock(file: string, me: Identity): void {
  const broom = `${file}.broom`;
  if (!linked(broom, me)) {
    const old = statSync(broom, { throwIfNoEntry: false });
    if (old && Date.now() - old.mtimeMs > BROOM_MS) rmSync(broom, { force: true });
    return;
  }
  try {
    if (!ownerOfLock(file)) rmSync(file, { force: true });
  } finally {
    rmSync(broom, { force: true });
  }
}

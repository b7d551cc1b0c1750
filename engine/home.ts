import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { IdentityShape, ownerOfLock, tryLock } from './lock';
import type { Identity } from './process';

const RunShape = z.object({
  version: z.literal(1),
  ready: z.boolean(),
  supervisor: IdentityShape.nullable(),
  services: z.record(z.string(), IdentityShape),
  ports: z.record(z.string(), z.int()),
  databaseUrl: z.string().nullable(),
  temporalAddress: z.string().nullable(),
  namespace: z.string().nullable(),
  uiAddress: z.string().nullable(),
  // Absent in what an earlier version wrote.
  apiAddress: z.string().nullable().default(null),
  engine: z.string().nullable(),
});

/** What runs in a home and where. Holds the database's password, so only its owner may read the file. */
export type Run = z.infer<typeof RunShape>;

export const noRun: Run = {
  version: 1,
  ready: false,
  supervisor: null,
  services: {},
  ports: {},
  databaseUrl: null,
  temporalAddress: null,
  namespace: null,
  uiAddress: null,
  apiAddress: null,
  engine: null,
};

/** Another `up` holds this home. */
export class HomeIsTaken extends Error {
  constructor(home: string, owner: Identity) {
    super(
      `Tarim already runs in ${home} (process ${owner.pid}); it was left alone. Stop it: npx tarim down`,
    );
    this.name = 'HomeIsTaken';
  }
}

/** 0711: a Postgres that may not run as root has to pass through it, but need not list it. */
export function makeHome(home: string): void {
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711);
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
}

/** Null when nothing was ever started there, or by a version that wrote another shape. */
export function readRun(home: string): Run | null {
  const file = join(home, 'run.json');
  if (!existsSync(file)) return null;
  try {
    return RunShape.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export const writeRun = (home: string, run: Run): void =>
  writePrivate(join(home, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);

/** Whole or not at all, and readable by its owner only. */
export function writePrivate(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

/** The live process that holds the home's lock. */
export const ownerOf = (home: string): Identity | null => ownerOfLock(join(home, 'lock'));

/**
 * Makes this process the only one that runs services in the home. A dead owner's lock is taken over.
 *
 * @returns what gives the lock back.
 * @throws {HomeIsTaken} when a live process has it.
 */
export function takeHome(home: string): () => void {
  const taken = tryLock(join(home, 'lock'));
  if (typeof taken !== 'function') throw new HomeIsTaken(home, taken);
  return taken;
}

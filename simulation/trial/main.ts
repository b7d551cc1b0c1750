import { openDb } from '../../db/client';
import type { Found, Taken } from '../../db/simulations';
import { tryPolicy } from './try-policy';

/** What the process is given, and what it tells. */
export type Given = Readonly<{ databaseUrl: string; trial: Taken }>;
export type Tale = Readonly<
  { done: number; total: number } | { found: Found } | { failed: string }
>;

/** A tale after each so many customers: some tens of milliseconds of work. */
const EVERY = 100;

const tell = (tale: Tale): boolean => process.send?.(tale) ?? false;

/** One trial in a process of its own: it computes without a pause, and whoever began it may end it at any instant. */
async function run({ databaseUrl, trial }: Given): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    const found = await tryPolicy(db, trial, (done, total) => {
      if (done % EVERY === 0) tell({ done, total });
    });
    tell({ found });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  } finally {
    await db.$disconnect();
  }
}

// Nobody is there any more to be told.
process.once('disconnect', () => process.exit());
process.once('message', (given) => void run(given as Given));

import type { Db } from '../db/client';
import { countTry, forgetFailures, takeBackTry } from '../db/sign-in-failures';
import type { Instant } from '../domain/time';
import { partyOf } from './address';
import { ProblemError } from './problem';
import { sha256 } from './secrets';

/** Under what failures of a name are counted. Hashed, because people type their password there too. */
export const nameKey = (username: string): string => `name:${sha256(username)}`;
const addressKey = (address: string): string => `address:${partyOf(address)}`;

type Counted = Readonly<{ key: string; lockedUntil: Instant | null }>;

/**
 * Looks at a sign-in, if neither its name nor its address is locked. What is right clears the name; the address only gets its one try
 * back. Who the name is, and whether there is one, makes no difference here.
 *
 * @throws ProblemError 429 with Retry-After while locked.
 */
export async function unlessLocked<T>(
  db: Db,
  { username, address }: Readonly<{ username: string; address: string }>,
  look: () => Promise<T | null>,
): Promise<Readonly<{ right: T | null; locks: readonly Counted[] }>> {
  const counted: Counted[] = [];
  const takeBack = async (): Promise<void> => {
    for (const { key, lockedUntil } of counted) await takeBackTry(db, key, lockedUntil);
  };
  for (const key of [addressKey(address), nameKey(username)]) {
    const attempt = await countTry(db, key);
    if (attempt.kind === 'locked') {
      await takeBack();
      throw locked(attempt.seconds);
    }
    counted.push({ key, lockedUntil: attempt.lockedUntil });
  }
  try {
    const right = await look();
    if (right === null)
      return { right: null, locks: counted.filter(({ lockedUntil }) => lockedUntil !== null) };
    await takeBack();
    await forgetFailures(db, nameKey(username));
    return { right, locks: [] };
  } catch (error) {
    // Nobody was found wrong: it was we who failed.
    await takeBack();
    throw error;
  }
}

const locked = (seconds: number): ProblemError =>
  new ProblemError(
    'tooMany',
    `Too many failed sign-ins. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    { headers: { 'retry-after': String(seconds) } },
  );

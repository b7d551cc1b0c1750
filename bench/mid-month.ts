import type { Db } from '../db/client';
import { refreshPlans } from '../db/plans';
import type { RuleBook } from '../db/rules';
import { freshenStandings } from '../db/standings';
import { toInstant, toPeriod } from '../domain/time';
import { loadBook } from './book';
import { say } from './measure';
import { openMonths } from './open-months';

const PERIOD = toPeriod('2005-09');
const AS_OF = toInstant('2005-10-10T10:00:00+08:00');

/** A whole book in the middle of a month, with what a worker keeps ready for lists. @returns months opened. */
export async function openMidMonth(
  db: Db,
  rules: RuleBook,
  { databaseUrl, book }: Readonly<Record<'databaseUrl' | 'book', string>>,
): Promise<number> {
  say('importing the book');
  await loadBook(databaseUrl, book);
  say('opening the months');
  const opened = await openMonths(db, rules, { period: PERIOD, asOf: AS_OF });
  say('looking ahead');
  await freshenStandings(db, AS_OF);
  while (await refreshPlans(db, rules, AS_OF));
  await db.$executeRawUnsafe('analyze');
  return opened;
}

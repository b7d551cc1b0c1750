import { billOn, draftOf, type Draft, type Facts } from './facts';
import type { Level } from './policy';
import type { Instant, Period } from './time';

/** The level of whoever was never graded. Source: design 4, Grading. */
export const NEWCOMER: Level = 2;

/**
 * The level whose ladder a bill climbs: `found`, that of the first cycle of its own month or a later one; else `opened`, that of the cycle that
 * is looked at; else the customer's. Source: docs/adr/0008.
 */
export const levelOfBill = (found: Level | null, opened: Level | null, customers: Level): Level =>
  found ?? opened ?? customers;

/** A month to open: the level just found, and when. */
export type Opening = Readonly<{ period: Period; level: Level; at: Instant }>;

/** The facts once the customer's month was opened: its bills climb the ladder of the level just found, older ones keep theirs. */
export function monthOpened(facts: Facts, { period, level, at }: Opening): Draft {
  const opened = draftOf(facts);
  [opened.period, opened.level, opened.openedAt, opened.outcome] = [period, level, at, null];
  opened.bills = facts.bills.map((bill) =>
    bill.period === period ? billOn(bill, level, bill.closedAs) : bill,
  );
  return opened;
}

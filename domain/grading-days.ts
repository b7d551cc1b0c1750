import { settle } from './allocation';
import type { GradedFacts } from './grade-facts';
import type { GradingPolicy } from './grading';
import { paymentRecord } from './payment-record';
import {
  dateOf,
  monthsLater,
  plusDays,
  toDate,
  yearOf,
  type CivilDate,
  type Instant,
} from './time';

/** The months that a payment record looks back on; a bill that falls out of them changes it. */
const MONTHS = 12;

/**
 * The last day, `asOf`'s own at the earliest, through which a customer's grade on any day stays what it is on that of `asOf`, when nothing is billed,
 * paid or promised and the level before stays the same: until a bill falls due, a debt is late enough for more points, a bill falls out of the twelve
 * months, or the year ends. It may be too early, never too late. Pure.
 */
export function gradedTheSameUntil(
  { bills, payments }: GradedFacts,
  { longestLateDays }: GradingPolicy,
  asOf: Instant,
): CivilDate {
  const today = dateOf(asOf);
  const settled = settle(bills, payments, asOf).bills;
  const { longestLateDays: longest } = paymentRecord(settled, today, MONTHS);
  const more = longestLateDays.find(([from]) => from > longest)?.[0] ?? null;
  let until = toDate(`${yearOf(today)}-12-31`);
  const bound = (day: CivilDate): void => {
    if (day >= today && day < until) until = day;
  };
  for (const { dueOn, outstandingFen } of settled) {
    if (dueOn >= today) bound(dueOn);
    else if (outstandingFen > 0 && more !== null) bound(plusDays(dueOn, more - 1));
    bound(monthsLater(dueOn, MONTHS));
  }
  return until;
}

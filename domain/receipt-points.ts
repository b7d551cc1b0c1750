import type { Receipt, Receipts } from './receipts';
import { onScale, type Reason, type Scale } from './scale';

/** Points and rules for whether anything came in time. Source of every number: docs/policy.md, "Grading, version 2". */
export type ReceiptPoints = Readonly<{
  missedMonths: Scale;
  /** For how money came in the latest month. */
  last: Readonly<Record<Receipt, number>>;
  /** Level Ⅰ is forced by so many missed months in a row. */
  inRowForced: number;
  /** Down after so many months in a row with money in time, as after clean months. */
  inTimeMonthsToFall: number;
}>;

const WHY: Readonly<Record<Receipt, string>> = {
  inTime: 'paidInTime',
  afterDue: 'paidAfterDue',
  none: 'paidNothing',
};

/** Both factors with their points, also when they have none. */
export function receiptReasons(
  { last, missedMonths }: Receipts,
  points: ReceiptPoints,
): [Reason, Reason] {
  return [
    {
      factor: 'missedMonths',
      points: onScale(points.missedMonths, missedMonths),
      why: `nothing in time in ${missedMonths} months`,
      params: { missedMonths },
    },
    {
      factor: 'lastReceipt',
      points: last === null ? 0 : points.last[last],
      why: last === null ? 'noMonthDue' : WHY[last],
    },
  ];
}

/** Null when the policy does not look at receipts, or they are not so bad. */
export function forcedByReceipts(
  { missedInRow }: Receipts,
  points: ReceiptPoints | undefined,
): Reason | null {
  if (points === undefined || missedInRow < points.inRowForced) return null;
  const why = `nothing in time for ${missedInRow} months in a row`;
  return { factor: 'forcedByMissed', points: 0, why, params: { missedInRow } };
}

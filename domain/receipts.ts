import type { Payment, SettledBill } from './allocation';
import { compareText, inOrder } from './in-order';
import { spanFrom } from './payment-record';
import { dateOf, type CivilDate, type Instant, type Period } from './time';

/** How money came in a month: by its due day, only after it (before the next month's bill), or not at all. */
export type Receipt = 'inTime' | 'afterDue' | 'none';

/**
 * Whether a customer paid anything in time, month by month, whatever was left open. It tells who pays old debt off bit by bit from who
 * does not pay, which the payment record cannot: to it both are late.
 */
export type Receipts = Readonly<{
  /** Of the latest month; null while none is past due. */
  last: Receipt | null;
  /** Months in which something was owed and nothing came by the due day. */
  missedMonths: number;
  /** The latest of them, back to the first month with money in time. */
  missedInRow: number;
  /** The latest months with money in time, back to the first without. */
  inTimeInRow: number;
}>;

/**
 * The receipts of the months past due as of an instant, over the `months` calendar months before it. A month runs from the first issue day of
 * its bills to their last due day. One that credit paid on its issue day is neither missed nor in time. Pure.
 * Source: docs/backtest.md.
 */
export function receiptsOf(
  bills: readonly SettledBill[],
  payments: readonly Payment[],
  asOf: Instant,
  months = 12,
): Receipts {
  const today = dateOf(asOf);
  const days: CivilDate[] = [];
  for (const { receivedAt } of payments) if (receivedAt <= asOf) days.push(dateOf(receivedAt));
  const from = spanFrom(today, months);
  let last: Receipt | null = null;
  let [missedMonths, missedInRow, inTimeInRow] = [0, 0, 0];
  const all = monthsOf(bills, today);
  let nth = 0;
  for (const month of all) {
    const how = receiptIn(month, all[++nth] ?? null, days, bills);
    if (how === null || month.dueOn < from) continue;
    last = how;
    if (how === 'inTime') [inTimeInRow, missedInRow] = [inTimeInRow + 1, 0];
    else [inTimeInRow, missedInRow, missedMonths] = [0, missedInRow + 1, missedMonths + 1];
  }
  return { last, missedMonths, missedInRow, inTimeInRow };
}

type Month = { period: Period; issuedOn: CivilDate; dueOn: CivilDate };

/** Null when nothing was owed after the day of issue, of this month's bills or of earlier ones, and nothing came in time. */
function receiptIn(
  { issuedOn, dueOn }: Month,
  next: Month | null,
  days: readonly CivilDate[],
  bills: readonly SettledBill[],
): Receipt | null {
  if (days.some((day) => issuedOn <= day && day <= dueOn)) return 'inTime';
  const isOwed = (bill: SettledBill): boolean =>
    bill.issuedOn <= dueOn && (bill.settledOn === null || bill.settledOn > issuedOn);
  if (!bills.some(isOwed)) return null;
  const isAfter = (day: CivilDate): boolean =>
    day > dueOn && (next === null || day < next.issuedOn);
  return days.some(isAfter) ? 'afterDue' : 'none';
}

/** The months past due, by their due days. */
function monthsOf(bills: readonly SettledBill[], today: CivilDate): readonly Month[] {
  const months: Month[] = [];
  for (const { period, issuedOn, dueOn } of bills) {
    if (dueOn >= today) continue;
    const month = months.find((one) => one.period === period);
    if (month === undefined) months.push({ period, issuedOn, dueOn });
    else {
      if (issuedOn < month.issuedOn) month.issuedOn = issuedOn;
      if (dueOn > month.dueOn) month.dueOn = dueOn;
    }
  }
  return inOrder(months, (a, b) => compareText(a.dueOn, b.dueOn));
}

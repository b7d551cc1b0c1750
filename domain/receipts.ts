import type { Payment, SettledBill } from './allocation';
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
  const days = payments
    .filter(({ receivedAt }) => receivedAt <= asOf)
    .map(({ receivedAt }) => dateOf(receivedAt));
  const all = [...monthsOf(bills, today).values()].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const found = all.flatMap((month, at) => {
    const inTime = days.some((day) => month.issuedOn <= day && day <= month.dueOn);
    if (!inTime && !month.owed) return [];
    const nextOn = all[at + 1]?.issuedOn ?? null;
    const after = days.some((day) => day > month.dueOn && (nextOn === null || day < nextOn));
    return { dueOn: month.dueOn, how: inTime ? 'inTime' : after ? 'afterDue' : 'none' } as const;
  });
  const from = spanFrom(today, months);
  const seen = found.filter(({ dueOn }) => dueOn >= from).map(({ how }) => how);
  const isMissed = (how: Receipt): boolean => how !== 'inTime';
  return {
    last: seen.at(-1) ?? null,
    missedMonths: seen.filter(isMissed).length,
    missedInRow: inRow(seen, isMissed),
    inTimeInRow: inRow(seen, (how) => !isMissed(how)),
  };
}

/** How many of the last are so, back to the first that is not. */
const inRow = (seen: readonly Receipt[], so: (how: Receipt) => boolean): number =>
  seen.length - 1 - seen.findLastIndex((how) => !so(how));

type Month = { issuedOn: CivilDate; dueOn: CivilDate; owed: boolean };

/** `owed`: something was unpaid after the day of issue, of this month's bills or of earlier ones. */
function monthsOf(bills: readonly SettledBill[], today: CivilDate): Map<Period, Month> {
  const months = new Map<Period, Month>();
  for (const { period, issuedOn, dueOn } of bills) {
    if (dueOn >= today) continue;
    const month = months.get(period);
    if (month === undefined) months.set(period, { issuedOn, dueOn, owed: false });
    else {
      if (issuedOn < month.issuedOn) month.issuedOn = issuedOn;
      if (dueOn > month.dueOn) month.dueOn = dueOn;
    }
  }
  for (const month of months.values())
    month.owed = bills.some(
      ({ issuedOn, settledOn }) =>
        issuedOn <= month.dueOn && (settledOn === null || settledOn > month.issuedOn),
    );
  return months;
}

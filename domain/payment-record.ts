import type { SettledBill } from './allocation';
import { sumFen, type Fen } from './fen';
import { Kept } from './kept';
import { daysBetween, periodOf, plusMonths, yearOf, type CivilDate, type Period } from './time';

/** How a customer has paid. A month is a 电费年月: two bills of one are one month, late if either is. */
export type PaymentRecord = Readonly<{
  /** Months with a bill in the span looked at. */
  monthsSeen: number;
  lateMonths: number;
  /** Over the bills of those months: days from the due day to settlement, or to today. */
  daysLate: number;
  longestLateDays: number;
  /** Months of this calendar year that are past due with something outstanding. */
  unpaidMonthsThisYear: number;
  /** The latest months paid on time, back to the first late one; not bounded by the span. */
  cleanMonths: number;
  /** 陈欠: outstanding of months of earlier calendar years. */
  priorYearDebtFen: Fen;
}>;

/**
 * The payment record on the day `asOf` from bills as settled that day. Only bills due before `asOf`
 * count, as the others may still be paid in time. The span is the `months` calendar months before
 * `asOf`, by due day; a month without a bill is neither late nor clean.
 * Source: design 4, "Grading" (last 12 months).
 */
export function paymentRecord(
  bills: readonly SettledBill[],
  asOf: CivilDate,
  months = 12,
): PaymentRecord {
  const last = kept.get(bills);
  if (last?.asOf === asOf && last.months === months) return last.record;
  const record = recordAfresh(bills, asOf, months);
  kept.set(bills, { asOf, months, record });
  return record;
}

/** Of the last day asked about: the grading, the day until which it holds and the device ask in turn, and settled bills never change. */
const kept = new Kept<
  readonly SettledBill[],
  Readonly<{ asOf: CivilDate; months: number; record: PaymentRecord }>
>();

function recordAfresh(
  bills: readonly SettledBill[],
  asOf: CivilDate,
  months: number,
): PaymentRecord {
  const due = bills.filter((bill) => bill.dueOn < asOf);
  const from = spanFrom(asOf, months);
  const all = [...monthsOf(due, asOf).values()].sort((a, b) => (a.period < b.period ? 1 : -1));
  const seen = all.filter((month) => month.lastDueOn >= from).slice(0, months);
  const firstLate = all.findIndex((month) => month.daysLate > 0);
  const unpaid = all.filter((month) => month.outstandingFen > 0);
  const isThisYear = ({ period }: Month): boolean => yearOfPeriod(period) === yearOf(asOf);
  const isPriorYear = ({ period }: Month): boolean => yearOfPeriod(period) < yearOf(asOf);
  return {
    monthsSeen: seen.length,
    lateMonths: seen.filter((month) => month.daysLate > 0).length,
    daysLate: seen.reduce((days, month) => days + month.daysLate, 0),
    longestLateDays: seen.reduce((days, month) => Math.max(days, month.longestLateDays), 0),
    unpaidMonthsThisYear: unpaid.filter(isThisYear).length,
    cleanMonths: firstLate === -1 ? all.length : firstLate,
    priorYearDebtFen: sumFen(unpaid.filter(isPriorYear).map((month) => month.outstandingFen)),
  };
}

/** The day so many calendar months before. A bound of text, not a date: the day may not exist in that month, and still compares rightly. */
export const spanFrom = (asOf: CivilDate, months: number): string =>
  `${plusMonths(periodOf(asOf), -months)}${asOf.slice(7)}`;

type Month = {
  period: Period;
  lastDueOn: CivilDate;
  daysLate: number;
  longestLateDays: number;
  outstandingFen: Fen;
};

function monthsOf(bills: readonly SettledBill[], asOf: CivilDate): Map<Period, Month> {
  const months = new Map<Period, Month>();
  for (const bill of bills) {
    const { period, dueOn, outstandingFen } = bill;
    const late = daysLate(bill, asOf);
    const month = months.get(period);
    if (month === undefined) {
      months.set(period, {
        period,
        lastDueOn: dueOn,
        daysLate: late,
        longestLateDays: late,
        outstandingFen,
      });
    } else {
      if (dueOn > month.lastDueOn) month.lastDueOn = dueOn;
      month.daysLate += late;
      month.longestLateDays = Math.max(month.longestLateDays, late);
      month.outstandingFen = sumFen([month.outstandingFen, outstandingFen]);
    }
  }
  return months;
}

const daysLate = ({ dueOn, settledOn }: SettledBill, asOf: CivilDate): number =>
  settledOn !== null && settledOn <= dueOn ? 0 : daysBetween(dueOn, settledOn ?? asOf);

const yearOfPeriod = (period: Period): number => Number(period.slice(0, 4));

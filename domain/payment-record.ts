import type { SettledBill } from './allocation';
import { addFen, zeroFen, type Fen } from './fen';
import { compareText, inOrder } from './in-order';
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
  const [from, thisYear] = [spanFrom(asOf, months), yearOf(asOf)];
  let [monthsSeen, lateMonths, daysLate, longestLateDays] = [0, 0, 0, 0];
  let [unpaidMonthsThisYear, cleanMonths, priorYearDebtFen] = [0, 0, zeroFen];
  let isClean = true;
  for (const month of latestFirst(bills, asOf)) {
    isClean &&= month.daysLate === 0;
    if (isClean) cleanMonths += 1;
    if (month.lastDueOn >= from && monthsSeen < months) {
      monthsSeen += 1;
      if (month.daysLate > 0) lateMonths += 1;
      daysLate += month.daysLate;
      longestLateDays = Math.max(longestLateDays, month.longestLateDays);
    }
    if (month.outstandingFen === 0) continue;
    const year = yearOf(month.period);
    if (year === thisYear) unpaidMonthsThisYear += 1;
    if (year < thisYear) priorYearDebtFen = addFen(priorYearDebtFen, month.outstandingFen);
  }
  return {
    monthsSeen,
    lateMonths,
    daysLate,
    longestLateDays,
    unpaidMonthsThisYear,
    cleanMonths,
    priorYearDebtFen,
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

/** The months that are past due. */
function latestFirst(bills: readonly SettledBill[], asOf: CivilDate): readonly Month[] {
  const months: Month[] = [];
  for (const bill of bills) {
    const { period, dueOn, outstandingFen } = bill;
    if (dueOn >= asOf) continue;
    const late = lateDays(bill, asOf);
    const month = months.find((one) => one.period === period);
    if (month === undefined) {
      // Bills come with the oldest first.
      months.unshift({
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
      month.outstandingFen = addFen(month.outstandingFen, outstandingFen);
    }
  }
  return inOrder(months, (a, b) => compareText(b.period, a.period));
}

const lateDays = ({ dueOn, settledOn }: SettledBill, asOf: CivilDate): number =>
  settledOn !== null && settledOn <= dueOn ? 0 : daysBetween(dueOn, settledOn ?? asOf);

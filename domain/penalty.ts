import type { SettledBill } from './allocation';
import { toFen, type Fen } from './fen';
import { divideHalfUp } from './rounding';
import { daysBetween, plusDays, toDate, yearOf, type CivilDate } from './time';

/** Per day and in millionths of the unpaid principal; `priorYearPpm` from 1 January after the due year. */
export type PenaltyRate = Readonly<{ sameYearPpm: number; priorYearPpm: number }>;
/** Part of a policy version: whose wording of the supply contract applies. */
export type PenaltyRules = Readonly<{
  resident: PenaltyRate;
  other: PenaltyRate;
  /** Whether money still bears penalty on the day it is paid. */
  countPaymentDay: boolean;
  /** Charged per bill instead of a smaller penalty above zero. */
  minimumFen: Fen;
  /** Most that may be charged, in millionths of the principal that was overdue; null for no cap. */
  capPpm: number | null;
}>;
/** `accruedFen` is the penalty by the day count, `chargedFen` the same after minimum and cap. */
export type Penalty = Readonly<{ accruedFen: Fen; chargedFen: Fen }>;

/**
 * The default rates. The rule's wording allows either way of counting the payment day; this is the
 * one that charges less.
 * Source: 供电营业规则 1996 art. 98 (1‰, 2‰, 3‰ a day, at least ¥1), within the 1‰ to 3‰ of
 * 电力供应与使用条例 art. 39; no cap stands in either.
 */
export const statutoryPenalty: PenaltyRules = {
  resident: { sameYearPpm: 1000, priorYearPpm: 1000 },
  other: { sameYearPpm: 2000, priorYearPpm: 3000 },
  countPaymentDay: false,
  minimumFen: toFen(100),
  capPpm: null,
};

/**
 * The penalty on one bill if whatever is still unpaid were paid on `asOf`. Each day from the one
 * after the due day charges the principal unpaid that day; a part payment leaves the base from its
 * own day, or from the day after where the payment day counts. Summed exactly in millionths of a
 * fen and rounded once, half up.
 * @throws {RangeError} when a rate or the cap is not a whole number.
 * Source: 供电营业规则 1996 art. 98 (from the overdue day to the day of payment, day by day).
 */
export function penalty(
  bill: SettledBill,
  { rules, resident, asOf }: Readonly<{ rules: PenaltyRules; resident: boolean; asOf: CivilDate }>,
): Penalty {
  const rate = resident ? rules.resident : rules.other;
  let accrued = 0n;
  let overdue = 0n;
  for (const part of [...bill.paid, { on: asOf, amountFen: bill.outstandingFen }]) {
    if (part.on <= bill.dueOn) continue;
    const until = part.on < asOf ? part.on : asOf;
    const last = rules.countPaymentDay ? until : plusDays(until, -1);
    overdue += BigInt(part.amountFen);
    accrued += BigInt(part.amountFen) * ratesFor(bill.dueOn, last, rate);
  }
  return charge(accrued, overdue, rules);
}

/** What is left of a penalty after a waiver, never below 0. Only the penalty is lowered: no debt comes in here. */
export const lessWaived = (chargedFen: Fen, waivedFen: Fen): Fen =>
  toFen(Math.max(0, chargedFen - waivedFen));

const MILLION = 1_000_000n;

/** The sum of the daily rates (ppm) from the day after `dueOn` to `last`, both included. */
function ratesFor(dueOn: CivilDate, last: CivilDate, rate: PenaltyRate): bigint {
  const days = Math.max(0, daysBetween(dueOn, last));
  const yearEnd = toDate(`${yearOf(dueOn)}-12-31`);
  const priorYearDays = Math.min(days, Math.max(0, daysBetween(yearEnd, last)));
  return (
    BigInt(days - priorYearDays) * BigInt(rate.sameYearPpm) +
    BigInt(priorYearDays) * BigInt(rate.priorYearPpm)
  );
}

function charge(accrued: bigint, overdue: bigint, { minimumFen, capPpm }: PenaltyRules): Penalty {
  const accruedFen = toFen(Number(divideHalfUp(accrued, MILLION)));
  const least = accrued > 0n && accruedFen < minimumFen ? minimumFen : accruedFen;
  // The cap is a ceiling: it is rounded down and stands above the minimum.
  const most = capPpm === null ? least : toFen(Number((overdue * BigInt(capPpm)) / MILLION));
  return { accruedFen, chargedFen: least < most ? least : most };
}

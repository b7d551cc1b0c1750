import type { Payment } from '../domain/allocation';
import type { PaymentModel, Response } from '../domain/assumptions';
import { sumFen } from '../domain/fen';
import type { Event } from '../domain/fold';
import { shareOf } from '../domain/hash';
import { openBills } from '../domain/ladder';
import type { Level } from '../domain/policy';
import { instantAt, plusMs, type CivilDate, type Instant } from '../domain/time';
import type { BookCustomer } from './book';
import { withPayment } from './events';
import type { SimStep } from './run';
import { worksOf } from './work';

const DAY_MS = 86_400_000;

/** The book as the model has it: payments before the first day as recorded, and none after. */
export const untilDay = <C extends Pick<BookCustomer, 'payments'>>(
  customer: C,
  from: CivilDate,
): C => {
  const first = instantAt(from);
  const payments = customer.payments.filter(({ receivedAt }) => receivedAt < first);
  return { ...customer, payments };
};

/** The payments that people would make by themselves, of bills issued from a day on. */
export function byThemselves(
  { customerNo, bills }: Pick<BookCustomer, 'customerNo' | 'bills'>,
  { seed, base }: PaymentModel,
  from: CivilDate,
): Event[] {
  if (base === undefined) return [];
  return bills.flatMap(({ billNo, issuedOn }) => {
    if (issuedOn < from) return [];
    const after = delayOf(base, `${seed}/${customerNo}/${billNo}`);
    return after === null ? [] : [paying([billNo], plusMs(instantAt(issuedOn), after))];
  });
}

/** The payment that a step makes a customer of a level make; null: none. A step that reaches nobody makes nobody pay. */
export function answerTo(step: SimStep, level: Level, { seed, after }: PaymentModel): Event | null {
  if (worksOf(step).length === 0) return null;
  const found = after.find((one) => one.step === step.kind && one.levels.includes(level));
  if (found === undefined) return null;
  const { customerNo, billNos, stepKey, at } = step;
  const delay = delayOf(found, `${seed}/${customerNo}/${billNos.join(' ')}/${stepKey}`);
  return delay === null ? null : paying(billNos, plusMs(at, delay));
}

/**
 * One draw decides both whether and when, so a higher chance makes the same people pay, and sooner, and then others. Pure: the same words give
 * the same. Null: not at all. In milliseconds, at least one.
 */
function delayOf({ chance, withinDays }: Response, words: string): number | null {
  const drawn = shareOf(words);
  return drawn < chance ? 1 + Math.floor((drawn / chance) * withinDays * DAY_MS) : null;
}

/** All that is owed then is paid, if any of these bills is still open; else nothing happens. */
const paying = (billNos: readonly string[], at: Instant): Event => ({
  at,
  change(facts) {
    const open = openBills(facts, at);
    if (!open.some(({ billNo }) => billNos.includes(billNo))) return facts;
    return withPayment(facts, allOf(open, at));
  },
});

const allOf = (open: ReturnType<typeof openBills>, receivedAt: Instant): Payment => ({
  receivedAt,
  amountFen: sumFen(open.map(({ outstandingFen }) => outstandingFen)),
});

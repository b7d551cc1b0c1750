import type { SettledBill } from './allocation';
import type { BillFact, Facts, Order, StepFact } from './facts';
import { delayed, joined, promiseStillness, type Stillness } from './holds';
import type { LadderPolicy, LadderStep, Level } from './policy';
import { dateOf, instantAt, plusDays, type CivilDate, type Instant } from './time';

/** A rung of one bill that is still to come. `at` null: not while a hold without an end lasts. */
export type Rung = Readonly<{
  billNo: string;
  dueOn: CivilDate;
  index: number;
  step: LadderStep;
  /** When the policy plans it, holds counted in. */
  plannedAt: Instant | null;
  /** When it may happen: not before the steps that must precede it, nor nearer to the last one than the shortest gap. */
  at: Instant | null;
  /** A reminder before the due date whose time has passed: recorded, not done. */
  expired: boolean;
}>;

export type OpenBill = BillFact & Pick<SettledBill, 'outstandingFen'>;

/** All that stops the policy clock of a bill, joined, since it was issued. */
export function stillnessOf(facts: Facts, billNo: string | null, since: Instant): Stillness[] {
  const holds = facts.stillnesses.filter(
    (still) => still.billNo === null || still.billNo === billNo,
  );
  const promises = facts.promises.map(({ madeAt, promisedOn }) =>
    promiseStillness(madeAt, promisedOn),
  );
  return joined([...holds, ...promises], since);
}

/** The ladder that the bill climbs: its own level's, or a graver one that a supervisor ordered since it was issued. */
export function levelOf(bill: BillFact, orders: readonly Order[]): Level {
  const ordered = orders
    .filter(({ toLevel, at }) => toLevel !== null && dateOf(at) >= bill.issuedOn)
    .map(({ toLevel }) => toLevel ?? 3);
  return Math.min(bill.level, ...ordered) as Level;
}

/**
 * The rungs of one bill that are not yet recorded, in ladder order. Source of the order and the distances: docs/policy.md, "Ladder".
 * A mandatory rung that is still to come holds back all that follow it (law 4).
 */
export function rungsAhead(
  bill: OpenBill,
  facts: Facts,
  policy: LadderPolicy,
  asOf: Instant,
): Rung[] {
  const ladder = policy.ladders[levelOf(bill, facts.orders)];
  const clock = policyClock(bill, facts, policy, ladder, asOf);
  let barred = false;
  return ladder.flatMap((step, index) => {
    if (clock.recorded.has(step.key)) return [];
    if (step.kind === 'levelRise' && policy.noRise.includes(facts.category)) return [];
    const plannedAt = clock.planned(step);
    const expired =
      step.kind === 'preDueReminder' &&
      plannedAt !== null &&
      dateOf(plannedAt > asOf ? plannedAt : asOf) > bill.dueOn;
    const at = barred || expired ? null : clock.allowed(step, index, plannedAt);
    barred ||= step.mandatory;
    return [{ billNo: bill.billNo, dueOn: bill.dueOn, index, step, plannedAt, at, expired }];
  });
}

type PolicyClock = Readonly<{
  recorded: ReadonlyMap<string, StepFact>;
  planned: (step: LadderStep) => Instant | null;
  allowed: (step: LadderStep, index: number, plannedAt: Instant | null) => Instant | null;
}>;

function policyClock(
  bill: OpenBill,
  facts: Facts,
  policy: LadderPolicy,
  ladder: readonly LadderStep[],
  asOf: Instant,
): PolicyClock {
  const recorded = new Map(
    facts.steps
      .filter((step) => step.billNo === bill.billNo && step.status !== 'deferred')
      .map((step) => [step.stepKey, step]),
  );
  const still = stillnessOf(facts, bill.billNo, instantAt(bill.issuedOn));
  const minute = policy.limits.windowFromMinute;
  const on = (anchor: CivilDate, day: number): Instant => instantAt(plusDays(anchor, day), minute);
  const noticeAt = noticeOf(recorded, ladder) ?? asOf;
  const stillSinceNotice = joined(still, noticeAt);
  const firstOverdueDay = Math.min(
    ...ladder.map(({ day, anchor }) => (anchor === 'due' && day > 0 ? day : Infinity)),
  );

  const planned = (step: LadderStep): Instant | null => {
    if (step.anchor === 'issue') return delayed(on(bill.issuedOn, step.day), still);
    const byDueDate = delayed(on(bill.dueOn, step.day), still);
    if (step.day <= 0) return byDueDate;
    const days = policy.afterBillNoticeDays + step.day - firstOverdueDay;
    return later(byDueDate, delayed(on(dateOf(noticeAt), days), stillSinceNotice));
  };

  const orderedAt = (index: number): Instant | null => {
    const orders = facts.orders.filter(
      ({ toStep, at }) =>
        dateOf(at) >= bill.issuedOn && ladder.findIndex(({ key }) => key === toStep) >= index,
    );
    return orders.length === 0
      ? null
      : orders.map(({ at }) => at).reduce((a, b) => (a < b ? a : b));
  };

  const lastOn = lastContactOn(recorded);
  const allowed = (step: LadderStep, index: number, plannedAt: Instant | null): Instant | null => {
    const order = orderedAt(index);
    if (order !== null && (step.mandatory || isTarget(facts, step))) {
      return delayed(order, joined(still, order));
    }
    if (step.kind === 'levelRise' || lastOn === null || plannedAt === null) return plannedAt;
    return later(plannedAt, on(lastOn, policy.shortestGapDays));
  };

  return { recorded, planned, allowed };
}

const isTarget = (facts: Facts, step: LadderStep): boolean =>
  facts.orders.some(({ toStep }) => toStep === step.key);

const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : a > b ? a : b;

const noticeOf = (
  recorded: ReadonlyMap<string, StepFact>,
  ladder: readonly LadderStep[],
): Instant | null => {
  const key = ladder.find(({ kind }) => kind === 'billNotice')?.key;
  return key === undefined ? null : (recorded.get(key)?.at ?? null);
};

/** The last day on which something reached the customer for this bill; a rise of level does not. */
function lastContactOn(recorded: ReadonlyMap<string, StepFact>): CivilDate | null {
  const days = [...recorded.values()]
    .filter(
      ({ status, kind }) => (status === 'done' || status === 'merged') && kind !== 'levelRise',
    )
    .map(({ at }) => dateOf(at));
  return days.length === 0 ? null : days.reduce((a, b) => (a > b ? a : b));
}

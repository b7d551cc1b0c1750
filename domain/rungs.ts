import type { SettledBill } from './allocation';
import type { BillFact, Facts } from './facts';
import type { Fen } from './fen';
import { awakeFrom, delayed, joined, promiseStillness, type Stillness } from './holds';
import { Kept, keptFor } from './kept';
import { recordedOf, rungBehind, type Recorded } from './recorded';
import { levelOf, orderedAt } from './orders';
import type { LadderPolicy, LadderStep } from './policy';
import { DAY_MINUTES, dateOf, instantAt, type CivilDate, type Instant } from './time';

/** A rung of one bill that is still to come. `at` null: not while a hold without an end lasts. */
export type Rung = Readonly<{
  billNo: string;
  dueOn: CivilDate;
  index: number;
  step: LadderStep;
  /** When the policy plans it, holds counted in. */
  plannedAt: Instant | null;
  /** When it may happen: not in a hold, not before the steps that must precede it, nor nearer to the last than the shortest gap. */
  at: Instant | null;
  /** When policy time of the bill stands still. */
  still: readonly Stillness[];
  /** A reminder before the due date whose time has passed: recorded, not done. */
  expired: boolean;
}>;

/** What is ahead of one bill, in ladder order. */
export type Ahead = Readonly<{
  rungs: readonly Rung[];
  /** Of all later instants only the end of the due day makes a difference: the notice is recorded, and nothing stops the clock. */
  lasts: boolean;
}>;
const NO_RUNGS: readonly Rung[] = [];

export type OpenBill = BillFact & Pick<SettledBill, 'outstandingFen'>;
/** Written out, as `draftOf`, like `unpaid` of domain/allocation.ts: with a spread here a simulation took 30 % longer (docs/performance.md). */
export const openBill = (bill: BillFact, outstandingFen: Fen): OpenBill => ({
  billNo: bill.billNo,
  period: bill.period,
  issuedOn: bill.issuedOn,
  dueOn: bill.dueOn,
  amountFen: bill.amountFen,
  disputed: bill.disputed ?? [],
  level: bill.level,
  closedAs: bill.closedAs,
  outstandingFen,
});

const NONE: readonly Stillness[] = [];

/** All that stops the policy clock of a bill, joined, since it was issued. */
export function stillnessOf(
  facts: Facts,
  billNo: string | null,
  since: Instant,
): readonly Stillness[] {
  if (facts.stillnesses.length === 0 && facts.promises.length === 0) return NONE;
  const holds = facts.stillnesses.filter(
    (still) => still.billNo === null || still.billNo === billNo,
  );
  const promises = facts.promises.map(({ madeAt, promisedOn }) =>
    promiseStillness(madeAt, promisedOn),
  );
  return joined([...holds, ...promises], since);
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
): Ahead {
  const recorded = recordedOf(facts.steps, bill.billNo);
  const ladder = policy.ladders[levelOf(bill, facts.orders)];
  if (!isCalm(facts)) return rungsAfresh(bill, facts, { policy, ladder, recorded }, asOf);
  const kept = lastAhead.get(recorded);
  // Said twice, because what is only compared need not be made.
  if (kept !== undefined && isSame(kept.seen, seenIn(bill, facts, policy, asOf))) return kept.ahead;
  const ahead = rungsAfresh(bill, facts, { policy, ladder, recorded }, asOf);
  if (ahead.lasts) lastAhead.set(recorded, { seen: seenIn(bill, facts, policy, asOf), ahead });
  return ahead;
}

/** Nothing stops the clock, and nobody ordered anything. */
const isCalm = ({ stillnesses, promises, orders }: Facts): boolean =>
  stillnesses.length === 0 && promises.length === 0 && orders.length === 0;

/** What was last found for what is recorded of a bill, where it lasts. */
const lastAhead = new Kept<Recorded, Readonly<{ seen: Seen; ahead: Ahead }>>();

/** All that the rungs ahead of a bill follow from, besides what is recorded of it. */
const seenIn = (
  bill: OpenBill,
  { category, orders }: Facts,
  policy: LadderPolicy,
  asOf: Instant,
): Seen => ({
  ladder: policy.ladders[levelOf(bill, orders)],
  policy,
  issuedOn: bill.issuedOn,
  dueOn: bill.dueOn,
  rises: !policy.noRise.includes(category),
  pastDue: dateOf(asOf) > bill.dueOn,
});
type Seen = Readonly<{
  ladder: readonly LadderStep[];
  policy: LadderPolicy;
  issuedOn: CivilDate;
  dueOn: CivilDate;
  rises: boolean;
  pastDue: boolean;
}>;

const isSame = (a: Seen, b: Seen): boolean =>
  a.ladder === b.ladder &&
  a.policy === b.policy &&
  a.issuedOn === b.issuedOn &&
  a.dueOn === b.dueOn &&
  a.rises === b.rises &&
  a.pastDue === b.pastDue;

function rungsAfresh(bill: OpenBill, facts: Facts, climb: Climb, asOf: Instant): Ahead {
  const { policy, ladder, recorded } = climb;
  const lasts = isCalm(facts) && noticeOf(recorded, ladder) !== null;
  const rises = !policy.noRise.includes(facts.category);
  const isAhead = ({ key, kind }: LadderStep): boolean =>
    rungBehind(recorded, key) === undefined && (rises || kind !== 'levelRise');
  if (!ladder.some(isAhead)) return { rungs: NO_RUNGS, lasts };
  const clock = policyClock(bill, facts, climb, asOf);
  const { billNo, dueOn } = bill;
  const rungs: Rung[] = [];
  let barred = false;
  let index = -1;
  for (const step of ladder) {
    index += 1;
    if (!isAhead(step)) continue;
    const plannedAt = clock.planned(step);
    const expired = isExpired(step, plannedAt, dueOn, asOf);
    const at = barred || expired ? null : clock.allowed(step, plannedAt);
    barred ||= step.mandatory;
    rungs.push({ billNo, dueOn, index, step, plannedAt, at, still: clock.still, expired });
  }
  return { rungs, lasts };
}

const isExpired = (
  { kind }: LadderStep,
  plannedAt: Instant | null,
  dueOn: CivilDate,
  asOf: Instant,
): boolean =>
  kind === 'preDueReminder' &&
  plannedAt !== null &&
  dateOf(plannedAt > asOf ? plannedAt : asOf) > dueOn;

type PolicyClock = Readonly<{
  still: readonly Stillness[];
  planned: (step: LadderStep) => Instant | null;
  allowed: (step: LadderStep, plannedAt: Instant | null) => Instant | null;
}>;

type Climb = Readonly<{
  policy: LadderPolicy;
  ladder: readonly LadderStep[];
  recorded: Recorded;
}>;

function policyClock(
  bill: OpenBill,
  facts: Facts,
  { policy, ladder, recorded }: Climb,
  asOf: Instant,
): PolicyClock {
  const still = stillnessOf(facts, bill.billNo, instantAt(bill.issuedOn));
  const minute = policy.limits.windowFromMinute;
  const on = (anchor: CivilDate, day: number): Instant =>
    instantAt(anchor, day * DAY_MINUTES + minute);
  const noticeAt = noticeOf(recorded, ladder) ?? asOf;
  const stillSinceNotice = joined(still, noticeAt);
  const firstOverdueDay = firstOverdueDayOf(ladder);

  const noticeOn = dateOf(noticeAt);

  const planned = (step: LadderStep): Instant | null => {
    if (step.anchor === 'issue') return delayed(on(bill.issuedOn, step.day), still);
    const byDueDate = delayed(on(bill.dueOn, step.day), still);
    if (step.day <= 0) return byDueDate;
    const days = policy.afterBillNoticeDays + step.day - firstOverdueDay;
    return later(byDueDate, delayed(on(noticeOn, days), stillSinceNotice));
  };

  const lastOn = lastContactOn(recorded);
  const allowed = (step: LadderStep, plannedAt: Instant | null): Instant | null => {
    const order = orderedAt(bill, facts.orders, ladder, step);
    const wanted = order === null ? plannedAt : delayed(order, joined(still, order));
    const free = step.kind === 'levelRise' || lastOn === null;
    const at = free ? wanted : later(wanted, on(lastOn, policy.shortestGapDays));
    // A step put off until a hold began stays where it stood: the hold's start did not move it.
    const held = awakeFrom(later(at, asOf) ?? asOf, still);
    return at === null || held === null ? null : held > asOf ? held : at;
  };

  return { still, planned, allowed };
}

const firstOverdueDayOf = keptFor((ladder: readonly LadderStep[]): number =>
  Math.min(...ladder.map(({ day, anchor }) => (anchor === 'due' && day > 0 ? day : Infinity))),
);

const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : a > b ? a : b;

const noticeOf = (recorded: Recorded, ladder: readonly LadderStep[]): Instant | null => {
  const key = ladder.find(({ kind }) => kind === 'billNotice')?.key;
  return key === undefined ? null : (rungBehind(recorded, key)?.at ?? null);
};

/** The last day on which something reached the customer for this bill; a rise of level does not. */
function lastContactOn(recorded: Recorded): CivilDate | null {
  let last: CivilDate | null = null;
  for (const { status, kind, at } of recorded) {
    if ((status !== 'done' && status !== 'merged') || kind === 'levelRise') continue;
    const day = dateOf(at);
    if (last === null || day > last) last = day;
  }
  return last;
}

import type { Calendar } from './calendar';
import type { Facts } from './facts';
import { awakeFrom } from './holds';
import { compareText, inOrder } from './in-order';
import type { Contact, RungRef, Rules } from './plan';
import type { Rung } from './rungs';
import type { LadderStep, Limits, StepKind, TaskKind } from './policy';
import { dateOf, type Instant } from './time';
import { earliestSending, type Deferral, type Sending } from './window';

/** Severity of a step among those due together. Source: docs/policy.md, "Several steps at once". */
const GRAVITY: Readonly<Record<StepKind, number>> = {
  levelRise: 0,
  billNotice: 1,
  preDueReminder: 2,
  overdueReminder: 3,
  callTask: 4,
  demand: 5,
  visitTask: 6,
  review: 7,
};

/**
 * The next contact over all bills: among the steps due together the gravest, the others merged into it. Null when no bill has
 * a rung ahead. Its `at` is the first instant that window, holidays and caps allow, and `because` says which of them moved it.
 * They put off messages only: a call or a review of another bill, or a statutory notice, does not wait for a message that may not go yet.
 */
export function gravest(
  rungs: readonly Rung[],
  facts: Facts,
  rules: Rules,
  asOf: Instant,
): Contact | null {
  const look: Look = { facts, rules, asOf };
  const ahead: Ready[] = [];
  let nth = nextOf(rungs, null);
  for (let after: Instant | null = null; ;) {
    // A rung starts no earlier than it may happen: those still to come cannot start before the first start found.
    let at = firstStart(ahead, after);
    for (let rung = comingAt(rungs, nth); rung; rung = comingAt(rungs, nth)) {
      if (at !== null && rung.at > at) break;
      const found = ready(rung, nth, look);
      if (found !== null) ahead.push(found);
      at = firstStart(ahead, after);
      nth = nextOf(rungs, { rung, nth });
    }
    if (at === null) return null;
    const plan = takenAt(at, ahead, rungs);
    if (plan !== null) return plan;
    after = at;
  }
}

/** A rung that no hold without an end keeps. */
type Coming = Rung & { at: Instant; plannedAt: Instant };
/** With its place among all. */
type Placed = Readonly<{ rung: Coming; nth: number }>;

const isComing = (rung: Rung): rung is Coming => rung.at !== null && rung.plannedAt !== null;

function comingAt(rungs: readonly Rung[], nth: number): Coming | null {
  const rung = rungs[nth];
  return rung !== undefined && isComing(rung) ? rung : null;
}

/**
 * The place of the one that may happen next after another, by time and then by place; beyond the last where none does. Few are asked for, so nothing is
 * sorted.
 */
function nextOf(rungs: readonly Rung[], last: Placed | null): number {
  let next = rungs.length;
  let firstAt: Instant | null = null;
  for (let nth = 0; nth < rungs.length; nth += 1) {
    const rung = comingAt(rungs, nth);
    if (rung === null || (firstAt !== null && rung.at >= firstAt)) continue;
    if (!isAfter(rung, nth, last)) continue;
    next = nth;
    firstAt = rung.at;
  }
  return next;
}

const isAfter = ({ at }: Coming, nth: number, last: Placed | null): boolean =>
  last === null || at > last.rung.at || (at === last.rung.at && nth > last.nth);

/** The first of the starts that is later than `after`. */
function firstStart(ahead: readonly Ready[], after: Instant | null): Instant | null {
  let first: Instant | null = null;
  for (const { startsAt } of ahead)
    if ((after === null || startsAt > after) && (first === null || startsAt < first))
      first = startsAt;
  return first;
}

function takenAt(at: Instant, ahead: readonly Ready[], rungs: readonly Rung[]): Contact | null {
  const due = inOrder(allOf(ahead, at), (a, b) => a.nth - b.nth);
  let chosen: Ready | null = null;
  for (const one of due)
    if (one.startsAt <= at && (chosen === null || graverFirst(one.rung, chosen.rung) < 0))
      if (!due.some(({ rung }) => isGraverThan(rung, one.rung.billNo, one.rung.step))) chosen = one;
  return chosen === null ? null : takeTogether(rungs, due, chosen, at);
}

const allOf = (ahead: readonly Ready[], at: Instant): readonly Ready[] => {
  const isDue = ({ rung }: Ready): boolean => rung.at <= at;
  return ahead.every(isDue) ? ahead : ahead.filter(isDue);
};

/** The instant it can start at, and what put it off until then. */
type Ready = Placed & Start;
type Start = Readonly<{ startsAt: Instant; because: readonly Deferral[] }>;

const isGraverThan = (other: Rung, billNo: string, step: LadderStep): boolean =>
  other.billNo === billNo && gravity(other.step, step) > 0;

/** Above zero when `a` is the graver step. */
const gravity = (a: LadderStep, b: LadderStep): number =>
  GRAVITY[a.kind] - GRAVITY[b.kind] || a.day - b.day;

const graverFirst = (a: Rung, b: Rung): number =>
  gravity(b.step, a.step) || compareText(a.dueOn, b.dueOn);

function takeTogether(
  rungs: readonly Rung[],
  allDue: readonly Ready[],
  { rung: chosen, because }: Ready,
  at: Instant,
): Contact {
  const [joined, lesser] = dueWith(chosen, allDue);
  const speaks = chosen.step.channels.length > 0;
  const others = lesser.filter(
    ({ billNo, step }) =>
      ofBill(joined, billNo) === undefined && step.channels.length > 0 === speaks,
  );
  return {
    do: 'contact',
    at,
    stepKey: chosen.step.key,
    kind: chosen.step.kind,
    billNos: joined.map(({ billNo }) => billNo),
    merged: [...missedBy(joined, rungs, at), ...others].map(ref),
    expired: rungs.filter(({ expired, dueOn }) => expired && dateOf(at) > dueOn).map(ref),
    channels: chosen.step.channels,
    tasks: tasksOf(joined, others),
    plannedAt: joined.reduce(
      (first, { plannedAt }) => (plannedAt < first ? plannedAt : first),
      chosen.plannedAt,
    ),
    because,
  };
}

/** The chosen step's rungs of all bills, and the others that are due. */
function dueWith(
  chosen: Coming,
  allDue: readonly Ready[],
): readonly [joined: readonly Coming[], lesser: readonly Coming[]] {
  if (allDue.length === 1) return [[chosen], []];
  const [joined, lesser]: [Coming[], Coming[]] = [[], []];
  for (const { rung } of allDue) {
    // A bill that waits to send something graver keeps its lesser rungs for that.
    if (allDue.some((one) => isGraverThan(one.rung, rung.billNo, chosen.step))) continue;
    (rung.step.key === chosen.step.key ? joined : lesser).push(rung);
  }
  return [joined, lesser];
}

/**
 * What a step answers for, besides rungs of other bills that are due now and less grave, a message only into a message (which lists that bill too): of its own
 * bills the rungs that come before it (none of them mandatory: that would have held it back), and reminders before the due date that are past.
 */
const missedBy = (joined: readonly Coming[], rungs: readonly Rung[], at: Instant): Rung[] =>
  rungs.filter(({ billNo, index, step, plannedAt, expired }) => {
    const taken = ofBill(joined, billNo)?.index;
    if (taken === undefined || expired || index === taken) return false;
    const planned = plannedAt !== null && plannedAt <= at;
    return index < taken || (planned && step.kind === 'preDueReminder');
  });

const ofBill = (rungs: readonly Coming[], billNo: string): Coming | undefined =>
  rungs.find((rung) => rung.billNo === billNo);

/** What is merged into another step is listed there, but a call or a visit is still made. */
function tasksOf(joined: readonly Rung[], others: readonly Rung[]): readonly TaskKind[] {
  const tasks: TaskKind[] = [];
  for (const rungs of [joined, others])
    for (const { step } of rungs)
      for (const task of step.tasks) if (!tasks.includes(task)) tasks.push(task);
  return tasks;
}

const ref = ({ billNo, step }: Rung): RungRef => ({ billNo, stepKey: step.key, kind: step.kind });

type Look = Readonly<{ facts: Facts; rules: Rules; asOf: Instant }>;

const NOTHING: readonly Deferral[] = [];

/** The rung with its start, or nothing while a hold without an end lasts and when the due date would be past by then. */
function ready(rung: Coming, nth: number, { facts, rules, asOf }: Look): Ready | null {
  const { at, step, dueOn } = rung;
  const start = startOfRung(rung, at > asOf ? at : asOf, facts, rules);
  if (start === null) return null;
  const tooLate = step.kind === 'preDueReminder' && dateOf(start.startsAt) > dueOn;
  return tooLate ? null : { rung, nth, startsAt: start.startsAt, because: start.because };
}

/** A step without a message starts when it is due; a message waits for window, holidays and caps, and for holds that come before they allow it. */
function startOfRung(
  { step, still }: Rung,
  from: Instant,
  facts: Facts,
  { policy, calendar }: Rules,
): Start | null {
  if (step.channels.length === 0) return { startsAt: from, because: NOTHING };
  const because: Deferral[] = [];
  const circumstances = { statutory: step.statutory, messagesAt: facts.messagesAt };
  let next: Instant | null = from;
  // Each turn passes one hold for good.
  for (let turn = 0; turn <= still.length && next !== null; turn += 1) {
    const sending = startOf(next, policy.limits, circumstances, calendar);
    for (const reason of sending.because) if (!because.includes(reason)) because.push(reason);
    next = awakeFrom(sending.at, still);
    if (next === sending.at) return { startsAt: next, because };
  }
  return null;
}

/** The first instant from `from` on at which one more message is allowed. */
export const startOf = (
  from: Instant,
  limits: Limits,
  { statutory, messagesAt }: Readonly<{ statutory: boolean; messagesAt: readonly Instant[] }>,
  calendar: Calendar,
): Sending =>
  earliestSending(
    from,
    {
      window: { fromMinute: limits.windowFromMinute, toMinute: limits.windowToMinute },
      statutory,
      recentAt: messagesAt,
      perDay: limits.messagesPerDay,
      perWeek: limits.messagesPerWeek,
    },
    calendar,
  );

import type { Calendar } from './calendar';
import type { Facts } from './facts';
import type { Contact, RungRef, Rules } from './plan';
import type { Rung } from './rungs';
import type { LadderStep, Limits, StepKind, TaskKind } from './policy';
import type { Instant } from './time';
import { earliestSending, type Deferral } from './window';

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
 */
export function gravest(
  rungs: readonly Rung[],
  facts: Facts,
  rules: Rules,
  asOf: Instant,
): Contact | null {
  const ahead = rungs.filter((rung): rung is Ready => rung.at !== null && rung.plannedAt !== null);
  if (ahead.length === 0) return null;
  const starts = ahead.map((rung) => start(rung, facts, rules, asOf).at);
  const anyDue = ahead.some(({ at }) => at <= asOf);
  const at = anyDue ? asOf : starts.reduce((a, b) => (a < b ? a : b));
  return takeTogether(
    rungs,
    ahead.filter((rung) => rung.at <= at),
    at,
    facts,
    rules,
  );
}

type Ready = Rung & { at: Instant; plannedAt: Instant };

function takeTogether(
  rungs: readonly Rung[],
  due: readonly Ready[],
  at: Instant,
  facts: Facts,
  rules: Rules,
): Contact | null {
  const chosen = [...due].sort(graverFirst)[0];
  if (chosen === undefined) return null;
  const { step } = chosen;
  const joined = due.filter((rung) => rung.step.key === step.key);
  const { at: startsAt, because } = start(chosen, facts, rules, at);
  const answered = merged(rungs, due, chosen, joined, at);
  return {
    do: 'contact',
    at: startsAt,
    stepKey: step.key,
    kind: step.kind,
    billNos: joined.map(({ billNo }) => billNo),
    merged: answered.map(ref),
    expired: rungs.filter(({ expired }) => expired).map(ref),
    channels: step.channels,
    tasks: tasksOf(
      step,
      answered.filter(({ billNo }) => !joined.some((rung) => rung.billNo === billNo)),
    ),
    plannedAt: joined.reduce(
      (a, rung) => (rung.plannedAt < a ? rung.plannedAt : a),
      chosen.plannedAt,
    ),
    because,
  };
}

/**
 * What the chosen step answers for. Of its own bills: the rungs already planned that come before it, and reminders before the due
 * date. Of other bills: rungs due now and less grave, a message only into a message (which lists that bill too).
 */
function merged(
  rungs: readonly Rung[],
  due: readonly Ready[],
  chosen: Ready,
  joined: readonly Ready[],
  at: Instant,
): Rung[] {
  const own = new Map(joined.map((rung) => [rung.billNo, rung.index]));
  const missed = rungs.filter((rung) => {
    const index = own.get(rung.billNo);
    if (
      index === undefined ||
      rung.expired ||
      rung.step.mandatory ||
      rung.step.key === chosen.step.key
    )
      return false;
    const planned = rung.plannedAt !== null && rung.plannedAt <= at;
    return planned && (rung.index < index || rung.step.kind === 'preDueReminder');
  });
  const speaks = chosen.step.channels.length > 0;
  const others = due.filter(
    (rung) => !own.has(rung.billNo) && rung.step.channels.length > 0 === speaks,
  );
  return [...missed, ...others];
}

/** A message merged into another is listed there, but a call or a visit that went with it is still made. */
const tasksOf = (step: LadderStep, others: readonly Rung[]): TaskKind[] => [
  ...new Set([
    ...step.tasks,
    ...others.flatMap((rung) => (rung.step.channels.length > 0 ? rung.step.tasks : [])),
  ]),
];

const ref = ({ billNo, step }: Rung): RungRef => ({ billNo, stepKey: step.key, kind: step.kind });

const graverFirst = (a: Ready, b: Ready): number =>
  GRAVITY[b.step.kind] - GRAVITY[a.step.kind] ||
  b.step.day - a.step.day ||
  (a.dueOn < b.dueOn ? -1 : 1);

/** A step without a message starts when it is due; a message waits for window, holidays and caps. */
function start(
  { step, at }: Ready,
  facts: Facts,
  { policy, calendar }: Rules,
  asOf: Instant,
): Start {
  const from = at > asOf ? at : asOf;
  if (step.channels.length === 0) return { at: from, because: [] };
  return startOf(
    from,
    policy.limits,
    { statutory: step.statutory, messagesAt: facts.messagesAt },
    calendar,
  );
}

type Start = Readonly<{ at: Instant; because: readonly Deferral[] }>;

/** The first instant from `from` on at which one more message is allowed. */
export const startOf = (
  from: Instant,
  limits: Limits,
  { statutory, messagesAt }: Readonly<{ statutory: boolean; messagesAt: readonly Instant[] }>,
  calendar: Calendar,
): Start =>
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

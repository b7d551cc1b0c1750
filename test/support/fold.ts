import type { Facts } from '../../domain/facts';
import { fold as foldOf, type Event } from '../../domain/fold';
import type { Contact, Plan, Rules } from '../../domain/plan';
import { dateOf, daysBetween, minuteOfDay, type CivilDate, type Instant } from '../../domain/time';
import { D, rulesV1 } from './facts';

export type Taken = Readonly<{ at: Instant; plan: Plan }>;
/** What a run came to: every plan carried out, and the one it ended with: a close, a quiet wait, or one beyond the end. */
export type Run = Readonly<{ taken: readonly Taken[]; last: Plan; facts: Facts }>;

/**
 * A month by the product's own fold, kept whole.
 * @throws when a rung or a chore is taken twice, when time does not advance, or when too much is due at once.
 */
export function fold(
  facts: Facts,
  {
    from,
    to,
    events = [],
    rules = rulesV1(),
  }: Readonly<{ from: Instant; to: Instant; events?: readonly Event[]; rules?: Rules }>,
): Run {
  const taken: Taken[] = [];
  const seen = new Set<string>();
  const steps = foldOf(facts, rules, { from, to, events });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { taken, last: step.value.plan, facts: step.value.facts };
    claim(step.value.plan, seen);
    taken.push(step.value);
  }
}

function claim(plan: Plan, seen: Set<string>): void {
  for (const key of claimsOf(plan)) {
    if (seen.has(key)) throw new Error(`taken twice: ${key}`);
    seen.add(key);
  }
}

function claimsOf(plan: Plan): string[] {
  switch (plan.do) {
    case 'contact':
      return [
        ...plan.billNos.map((billNo) => `${billNo}/${plan.stepKey}`),
        ...[...plan.merged, ...plan.expired].map(({ billNo, stepKey }) => `${billNo}/${stepKey}`),
      ];
    case 'raiseLevel':
      return [`${plan.billNo}/${plan.stepKey}`];
    case 'escalateTask':
      return [`task ${plan.taskId}`];
    case 'settlePromise':
      return [`promise ${plan.promiseId}`];
    case 'deliver':
      return [`message ${plan.messageId}`];
    case 'proposeDevice':
    case 'close':
    case 'wait':
      return [plan.do];
  }
}

/** A run as a calendar for people: `D+1 overdue-1`, with the time where it is not 09:00. */
export const diary = ({ taken }: Pick<Run, 'taken'>, due: CivilDate = D): string[] =>
  taken.map(({ at, plan }) => `${dayName(at, due)} ${nameOf(plan)}`);

function dayName(at: Instant, due: CivilDate = D): string {
  const days = daysBetween(due, dateOf(at));
  const minute = minuteOfDay(at);
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `D${days < 0 ? '' : '+'}${days}${minute === 540 ? '' : ` ${time}`}`;
}

function nameOf(plan: Plan): string {
  switch (plan.do) {
    case 'contact':
      return plan.stepKey;
    case 'raiseLevel':
      return plan.stepKey;
    case 'close':
      return `close ${plan.outcome}`;
    case 'settlePromise':
      return plan.kept ? 'promise kept' : 'promise broken';
    case 'deliver':
    case 'proposeDevice':
    case 'escalateTask':
    case 'wait':
      return plan.do;
  }
}

/** The contacts of a run, with their instants. */
export const contacts = ({ taken }: Run): (Contact & { takenAt: Instant })[] =>
  taken.flatMap(({ at, plan }) => (plan.do === 'contact' ? [{ ...plan, takenAt: at }] : []));

/** When each step was done (not merged, not expired), by its key. */
export const doneAt = (run: Run): Record<string, Instant> =>
  Object.fromEntries(contacts(run).map(({ stepKey, takenAt }) => [stepKey, takenAt]));

import { afterPlan } from '../domain/after';
import { draftOf, type Facts, type OpenTask } from '../domain/facts';
import type { Contact, Plan } from '../domain/plan';
import type { LadderPolicy } from '../domain/policy';
import { tasksGiven } from '../domain/reach';
import type { Instant } from '../domain/time';
import { dueAfter } from '../domain/window';

/** The facts once a plan was carried out, with the tasks that it gave out and that nobody does; the end of a month takes them back. */
export function carriedOut(facts: Facts, plan: Plan, at: Instant, policy: LadderPolicy): Facts {
  const after = afterPlan(facts, plan, at);
  if (plan.do !== 'close' && plan.do !== 'contact') return after;
  const carried = draftOf(after);
  carried.tasks = plan.do === 'close' ? [] : [...after.tasks, ...given(facts, plan, at, policy)];
  return carried;
}

const given = (facts: Facts, plan: Contact, at: Instant, policy: LadderPolicy): OpenTask[] =>
  tasksGiven(plan, facts.reachable).map(({ kind }) => ({
    id: `${plan.stepKey}/${kind}/${plan.billNos[0] ?? ''}`,
    givenAt: at,
    dueAt: dueAfter(at, policy.taskDays[kind], policy.limits),
    escalated: false,
  }));

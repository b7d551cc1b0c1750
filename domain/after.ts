import { deviceCase, draftOf, type Draft, type Facts, type StepFact } from './facts';
import type { Contact, Plan, RungRef } from './plan';
import type { Level } from './policy';
import { withSteps } from './recorded';
import { daysLater, type Instant } from './time';

/**
 * The facts once a plan has been carried out at `at`, as the activities leave them. Pure, for looking ahead: messages are taken to
 * arrive, and tasks given out to be done in time (they are not added to `tasks`). A plan that only waits changes nothing.
 */
export function afterPlan(facts: Facts, plan: Plan, at: Instant): Facts {
  if (plan.do === 'wait') return facts;
  const after = draftOf(facts);
  switch (plan.do) {
    case 'contact':
      taken(after, plan, at);
      break;
    case 'raiseLevel': {
      const { billNo, stepKey } = plan;
      after.level = risenLevel(facts, billNo);
      after.steps = withSteps(facts.steps, [
        { billNo, stepKey, kind: 'levelRise', status: 'done', at },
      ]);
      break;
    }
    case 'escalateTask':
      after.tasks = facts.tasks.map((task) =>
        task.id === plan.taskId ? { ...task, escalated: true } : task,
      );
      break;
    case 'settlePromise':
      after.promises = facts.promises.map((promise) =>
        promise.id === plan.promiseId ? { ...promise, kept: plan.kept } : promise,
      );
      break;
    case 'proposeDevice':
      after.device = deviceCase(facts.device, true);
      break;
    case 'deliver':
      after.undelivered = facts.undelivered.filter(({ messageId }) => messageId !== plan.messageId);
      break;
    case 'close':
      after.outcome = plan.outcome;
      break;
  }
  return after;
}

function taken(after: Draft, plan: Contact, at: Instant): void {
  const { stepKey, kind } = plan;
  const steps = plan.billNos.map((billNo): StepFact => ({
    billNo,
    stepKey,
    kind,
    status: 'done',
    at,
  }));
  for (const rung of plan.merged) steps.push(stepOf(rung, 'merged', at));
  for (const rung of plan.expired) steps.push(stepOf(rung, 'expired', at));
  after.steps = withSteps(after.steps, steps);
  // Whoever cannot be reached on any channel gets no message, but a call.
  if (plan.channels.length > 0 && after.reachable.length > 0)
    after.messagesAt = [...ofTheWeek(after.messagesAt, at), at];
}

const stepOf = (
  { billNo, stepKey, kind }: RungRef,
  status: StepFact['status'],
  at: Instant,
): StepFact => ({ billNo, stepKey, kind, status, at });

/** Older messages count for nothing any more. */
function ofTheWeek(messagesAt: readonly Instant[], at: Instant): readonly Instant[] {
  const from = daysLater(at, -7);
  return messagesAt.filter((sentAt) => sentAt > from);
}

/** One above the level that the bill began at, and never below what the customer has risen to already. */
export function risenLevel({ level, bills }: Facts, billNo: string): Level {
  const began = bills.find((bill) => bill.billNo === billNo)?.level ?? level;
  return Math.max(1, Math.min(level, began - 1)) as Level;
}

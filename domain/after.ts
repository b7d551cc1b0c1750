import type { Facts, StepFact } from './facts';
import type { Contact, Plan, RungRef } from './plan';
import type { Level } from './policy';
import { withSteps } from './recorded';
import { daysLater, type Instant } from './time';

/**
 * The facts once a plan has been carried out at `at`, as the activities leave them. Pure, for looking ahead: messages are taken to
 * arrive, and tasks given out to be done in time (they are not added to `tasks`). A plan that only waits changes nothing.
 */
export function afterPlan(facts: Facts, plan: Plan, at: Instant): Facts {
  switch (plan.do) {
    case 'contact':
      return afterContact(facts, plan, at);
    case 'raiseLevel': {
      const step = { billNo: plan.billNo, stepKey: plan.stepKey, kind: 'levelRise' as const };
      return {
        ...facts,
        level: risenLevel(facts, plan.billNo),
        steps: withSteps(facts.steps, [{ ...step, status: 'done', at }]),
      };
    }
    case 'escalateTask':
      return {
        ...facts,
        tasks: facts.tasks.map((task) =>
          task.id === plan.taskId ? { ...task, escalated: true } : task,
        ),
      };
    case 'settlePromise':
      return {
        ...facts,
        promises: facts.promises.map((promise) =>
          promise.id === plan.promiseId ? { ...promise, kept: plan.kept } : promise,
        ),
      };
    case 'proposeDevice':
      return { ...facts, device: { ...facts.device, caseOpen: true } };
    case 'deliver':
      return {
        ...facts,
        undelivered: facts.undelivered.filter(({ messageId }) => messageId !== plan.messageId),
      };
    case 'close':
      return { ...facts, outcome: plan.outcome };
    case 'wait':
      return facts;
  }
}

function afterContact(facts: Facts, plan: Contact, at: Instant): Facts {
  const step =
    (status: StepFact['status']) =>
    ({ billNo, stepKey, kind }: RungRef): StepFact => ({ billNo, stepKey, kind, status, at });
  const { stepKey, kind } = plan;
  const taken = plan.billNos.map((billNo) => ({ billNo, stepKey, kind }));
  // Whoever cannot be reached on any channel gets no message, but a call.
  const sent = plan.channels.length > 0 && facts.reachable.length > 0;
  return {
    ...facts,
    steps: withSteps(facts.steps, [
      ...taken.map(step('done')),
      ...plan.merged.map(step('merged')),
      ...plan.expired.map(step('expired')),
    ]),
    messagesAt: sent ? [...ofTheWeek(facts.messagesAt, at), at] : facts.messagesAt,
  };
}

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

import { nextDeviceStep, qualifies } from '../domain/device';
import { deviceCase, draftOf, type Facts } from '../domain/facts';
import type { Event } from '../domain/fold';
import type { LadderPolicy } from '../domain/policy';
import type { Instant } from '../domain/time';
import { dueAfter } from '../domain/window';
import type { ChoreKind } from './run';

/**
 * What becomes of a proposal made at `at` whose first task nobody does: when the task is due, it is passed to the supervisor, or the proposal is
 * withdrawn because nothing calls for it any more. `told` is called once.
 */
export function proposalDay(
  at: Instant,
  policy: LadderPolicy,
  told: (facts: Facts, dueAt: Instant, kind: ChoreKind) => void,
): Event {
  const dueAt = dueAfter(at, policy.device.taskDays, policy.limits);
  const task = { id: 'device', dueAt, escalated: false, outcome: null };
  let saidSo = false;
  return {
    at: dueAt,
    silent: true,
    change: (facts) => {
      const recordClean = qualifies(facts, policy, dueAt) === null;
      // The letter of an offer is sent when a person orders it, and nobody does so here.
      const proposed = { stage: 'proposed', task, recordClean, letter: null } as const;
      const plan = nextDeviceStep(proposed, dueAt);
      const withdrawn = plan.do === 'advance' && plan.to === 'withdrawn';
      if (!saidSo) told(facts, dueAt, withdrawn ? 'deviceWithdrawn' : 'deviceTaskEscalated');
      saidSo = true;
      if (!withdrawn) return facts;
      const after = draftOf(facts);
      after.device = deviceCase(facts.device, false);
      return after;
    },
  };
}

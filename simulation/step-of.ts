import type { Taken } from '../domain/fold';
import type { Contact } from '../domain/plan';
import { channelsFor, tasksGiven } from '../domain/reach';
import type { ChoreKind, SimStep } from './run';

type Of = Pick<SimStep, 'customerNo' | 'period' | 'at'>;

/** What a plan that was carried out leaves on record; null for what leaves none (a wait, and the end of a month, which is kept with it). */
export function stepOf({ at, plan, before }: Taken): SimStep | null {
  const of: Of = { customerNo: before.customerNo, period: before.period, at };
  switch (plan.do) {
    case 'contact':
      return contactOf(of, plan, before.reachable);
    case 'raiseLevel':
      return { ...bare(of, 'levelRise'), stepKey: plan.stepKey, billNos: [plan.billNo] };
    case 'escalateTask':
      return { ...bare(of, 'taskEscalated'), stepKey: plan.taskId };
    case 'proposeDevice':
      return bare(of, 'deviceProposed');
    case 'close':
    case 'deliver':
    case 'settlePromise':
    case 'wait':
      return null;
  }
}

const contactOf = (of: Of, plan: Contact, reachable: SimStep['channels']): SimStep => ({
  ...of,
  stepKey: plan.stepKey,
  kind: plan.kind,
  billNos: plan.billNos,
  merged: plan.merged,
  expired: plan.expired,
  channels: channelsFor(plan.channels, reachable),
  tasks: tasksGiven(plan, reachable).map(({ kind }) => kind),
  because: plan.because,
});

/** A thing done that is no rung. */
export const bare = (of: Of, kind: ChoreKind | 'levelRise'): SimStep => ({
  ...of,
  ...{ stepKey: '', kind, billNos: [], merged: [], expired: [] },
  ...{ channels: [], tasks: [], because: [] },
});

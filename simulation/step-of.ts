import type { Taken } from '../domain/fold';
import type { Contact } from '../domain/plan';
import { channelsFor, tasksGiven } from '../domain/reach';
import type { Instant } from '../domain/time';
import type { ChoreKind, SimStep } from './run';

/** What a plan that was carried out leaves on record; null for what leaves none (a wait, and the end of a month, which is kept with it). */
export function stepOf({ at, plan, before }: Taken): SimStep | null {
  switch (plan.do) {
    case 'contact':
      return contactOf(before, plan, at);
    case 'raiseLevel':
      return bare(before, at, { kind: 'levelRise', stepKey: plan.stepKey, billNos: [plan.billNo] });
    case 'escalateTask':
      return bare(before, at, { kind: 'taskEscalated', stepKey: plan.taskId });
    case 'proposeDevice':
      return bare(before, at, { kind: 'deviceProposed' });
    case 'close':
    case 'deliver':
    case 'settlePromise':
    case 'wait':
      return null;
  }
}

// Written out, here and below: made a hundred times a customer.
const contactOf = (
  { customerNo, period, reachable }: Taken['before'],
  plan: Contact,
  at: Instant,
): SimStep => ({
  customerNo,
  period,
  at,
  stepKey: plan.stepKey,
  kind: plan.kind,
  billNos: plan.billNos,
  merged: plan.merged,
  expired: plan.expired,
  channels: channelsFor(plan.channels, reachable),
  tasks: tasksGiven(plan, reachable).map(({ kind }) => kind),
  because: plan.because,
});

type Bare = Readonly<{
  kind: ChoreKind | 'levelRise';
  stepKey?: string;
  billNos?: readonly string[];
}>;

/** A thing done that is no rung. */
export const bare = (
  { customerNo, period }: Pick<SimStep, 'customerNo' | 'period'>,
  at: Instant,
  { kind, stepKey = '', billNos = [] }: Bare,
): SimStep => ({
  customerNo,
  period,
  at,
  stepKey,
  kind,
  billNos,
  merged: [],
  expired: [],
  channels: [],
  tasks: [],
  because: [],
});

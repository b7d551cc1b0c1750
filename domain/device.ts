import { settle } from './allocation';
import type { Facts } from './facts';
import { paymentRecord } from './payment-record';
import type { LadderPolicy } from './policy';
import { dateOf, type Instant } from './time';

/**
 * Why the prepaid device is to be proposed now, or null when it is not. Only a proposal: every step after it is a person's.
 * Source: docs/policy.md, "Prepaid device".
 */
export function proposalDue(facts: Facts, policy: LadderPolicy, asOf: Instant): string | null {
  const { caseOpen, restUntil } = facts.device;
  const resting = restUntil !== null && dateOf(asOf) < restUntil;
  return caseOpen || resting ? null : qualifies(facts, policy, asOf);
}

/** Why the customer's record and level call for the device, or null; a proposal that nothing calls for any more is withdrawn. */
export function qualifies(facts: Facts, { device }: LadderPolicy, asOf: Instant): string | null {
  if (facts.device.prepaid || device.excluded.includes(facts.category)) return null;
  const { bills } = settle(facts.bills, facts.payments, asOf);
  const { lateMonths } = paymentRecord(bills, dateOf(asOf));
  const enough = lateMonths >= device.lateMonths[facts.level];
  return enough ? `level ${facts.level}, ${lateMonths} late months of 12` : null;
}

export type DeviceStage =
  | 'proposed'
  | 'contacted'
  | 'visited'
  | 'agreed'
  | 'signed'
  | 'installed'
  | 'toppedUp'
  | 'switched'
  | 'refused'
  | 'withdrawn';

export type DeviceTask =
  | 'deviceContact'
  | 'deviceVisit'
  | 'deviceAgreement'
  | 'deviceSigning'
  | 'deviceInstallation'
  | 'deviceTopUp'
  | 'deviceSwitch';

/** The road of a proposal: at each stage the task that leads on, and where it leads. Source: design 6. */
export const deviceRoad: Readonly<
  Partial<Record<DeviceStage, Readonly<{ task: DeviceTask; next: DeviceStage }>>>
> = {
  proposed: { task: 'deviceContact', next: 'contacted' },
  contacted: { task: 'deviceVisit', next: 'visited' },
  visited: { task: 'deviceAgreement', next: 'agreed' },
  agreed: { task: 'deviceSigning', next: 'signed' },
  signed: { task: 'deviceInstallation', next: 'installed' },
  installed: { task: 'deviceTopUp', next: 'toppedUp' },
  toppedUp: { task: 'deviceSwitch', next: 'switched' },
};

export type DeviceFacts = Readonly<{
  stage: DeviceStage;
  /** The open or finished task of this stage; null when it has not been given out yet. */
  task: Readonly<{ id: string; dueAt: Instant; escalated: boolean; outcome: string | null }> | null;
  /** Record and level no longer call for the device. */
  recordClean: boolean;
}>;

export type DevicePlan =
  | Readonly<{ do: 'close'; at: Instant; stage: DeviceStage }>
  | Readonly<{ do: 'giveTask'; at: Instant; task: DeviceTask }>
  | Readonly<{ do: 'advance'; at: Instant; to: DeviceStage }>
  | Readonly<{ do: 'escalateTask'; at: Instant; taskId: string }>
  | Readonly<{ do: 'wait'; at: null }>;

/** The next thing to do for a proposal. A proposal is withdrawn when the record became clean before the customer agreed. */
export function nextDeviceStep(
  { stage, task, recordClean }: DeviceFacts,
  asOf: Instant,
): DevicePlan {
  const leg = deviceRoad[stage];
  if (leg === undefined) return { do: 'close', at: asOf, stage };
  if (task?.outcome === 'refuses') return { do: 'advance', at: asOf, to: 'refused' };
  if (task !== null && task.outcome !== null) return { do: 'advance', at: asOf, to: leg.next };
  if (recordClean && ['proposed', 'contacted', 'visited'].includes(stage))
    return { do: 'advance', at: asOf, to: 'withdrawn' };
  if (task === null) return { do: 'giveTask', at: asOf, task: leg.task };
  return task.escalated
    ? { do: 'wait', at: null }
    : { do: 'escalateTask', at: task.dueAt, taskId: task.id };
}

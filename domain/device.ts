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
  /** The letter of the offer that was ordered and has not arrived; null when there is none. */
  letter: Readonly<{ messageId: string; status: 'sending' | 'waiting'; retryAt: Instant }> | null;
}>;

export type DevicePlan =
  | Readonly<{ do: 'close'; at: Instant; stage: DeviceStage }>
  | Readonly<{ do: 'giveTask'; at: Instant; task: DeviceTask }>
  | Readonly<{ do: 'advance'; at: Instant; to: DeviceStage }>
  | Readonly<{ do: 'escalateTask'; at: Instant; taskId: string }>
  | Readonly<{ do: 'deliver'; at: Instant; messageId: string }>
  | Readonly<{ do: 'wait'; at: null }>;

/** The stages at which the customer has not agreed yet. */
export const BEFORE_CONSENT: readonly DeviceStage[] = ['proposed', 'contacted', 'visited'];

/** The next thing to do for a proposal. A proposal is withdrawn when the record became clean before the customer agreed. */
export function nextDeviceStep(facts: DeviceFacts, asOf: Instant): DevicePlan {
  const { stage, task, letter } = facts;
  // An attempt in doubt is looked into whatever has become of the proposal.
  if (letter?.status === 'sending') return deliver(letter);
  const leg = deviceRoad[stage];
  if (leg === undefined) return { do: 'close', at: asOf, stage };
  const to = ledTo(facts, leg.next);
  if (to !== null) return { do: 'advance', at: asOf, to };
  if (task === null) return { do: 'giveTask', at: asOf, task: leg.task };
  return whileTaskIsOpen(task, letter);
}

/** Where a person's outcome, or a record that became clean, leads; null while neither is there. */
function ledTo({ stage, task, recordClean }: DeviceFacts, next: DeviceStage): DeviceStage | null {
  if (task !== null && task.outcome !== null) return task.outcome === 'refuses' ? 'refused' : next;
  return recordClean && BEFORE_CONSENT.includes(stage) ? 'withdrawn' : null;
}

/** Whichever comes first: a letter to be sent, or the day by which the task is done. */
function whileTaskIsOpen(
  { id, dueAt, escalated }: NonNullable<DeviceFacts['task']>,
  letter: DeviceFacts['letter'],
): DevicePlan {
  if (letter !== null && (escalated || letter.retryAt < dueAt)) return deliver(letter);
  return escalated ? { do: 'wait', at: null } : { do: 'escalateTask', at: dueAt, taskId: id };
}

const deliver = ({ messageId, retryAt }: NonNullable<DeviceFacts['letter']>): DevicePlan => ({
  do: 'deliver',
  at: retryAt,
  messageId,
});

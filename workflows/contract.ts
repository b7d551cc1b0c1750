import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CycleOutcome } from '../domain/facts';
import type { DevicePlan, DeviceStage } from '../domain/device';
import type { Plan } from '../domain/plan';
import type { Channel, Level, StepKind, TaskKind } from '../domain/policy';
import type { Instant, Period } from '../domain/time';

/** `next` is the first step, found when the cycle was opened. `offsetMs`: the station's clock less the machine's, 0 in production. */
export type CollectMonthInput = Readonly<{
  customerNo: string;
  period: Period;
  next: Plan;
  offsetMs: number;
  /** What the run saw done before it was continued as new. */
  known?: Taken;
}>;
export type CollectMonthResult = CycleOutcome;

/** Without a period: the month in which the workflow's clock stands (a Schedule gives none). */
export type RunCampaignInput = Readonly<{
  station: string;
  period?: Period;
  openedBy: string;
  offsetMs: number;
  limit?: number;
  /** Where a long campaign goes on, and what came of it before. */
  after?: string;
  before?: RunCampaignResult;
}>;
export type RunCampaignResult = Readonly<{ seen: number; opened: number }>;

export type ProposeDeviceInput = Readonly<{ customerNo: string; offsetMs: number }>;
export type ProposeDeviceResult = DeviceStage;

/**
 * An order to one cycle, as a signal carries it. Tarim's own doors write the order to the database first and then send the same
 * thing; one sent by Temporal's CLI or UI is applied by the next activity. `id` makes it idempotent; without one, each signal counts.
 */
export type Command = Readonly<{
  id?: string;
  actor?: string;
  reason?: string;
  /** pause: from now on when absent; not before the last step. */
  from?: Instant;
  /** pause: until further notice when absent. */
  until?: Instant;
  /** pause and resume: one bill instead of the customer. changed: the bill disputed, or the one whose step is skipped. */
  billNo?: string;
  /** escalate: one of the two. */
  toLevel?: Level;
  toStep?: string;
  /** changed: what is ordered; without it the run only looks again. */
  kind?: ChangeKind;
  /** skip */
  stepKey?: string;
  /** resolveDispute */
  resolution?: 'upheld' | 'rejected';
  /** promise, or finishTask with that outcome: a civil date. */
  promisedOn?: string;
  /** finishTask, assignTask */
  taskId?: string;
  /** assignTask: who has it from now on. */
  assignee?: string;
  /** finishTask */
  outcome?: string;
  note?: string;
}>;
/** Orders about one customer that have no signal of their own. What needs a second person is not among them: a signal proves nobody. */
export type ChangeKind =
  'skip' | 'dispute' | 'resolveDispute' | 'promise' | 'finishTask' | 'assignTask';
export type NamedCommand = Readonly<{
  signal: 'pause' | 'resume' | 'escalate' | 'changed';
  command: Command;
  fallbackId: string;
}>;

export const pause = defineSignal<[Command?]>('pause');
export const resume = defineSignal<[Command?]>('resume');
export const escalate = defineSignal<[Command?]>('escalate');
/** Something changed (a payment, a bill, a task's outcome): look again now instead of at the next date. With a `kind` it is an order. */
export const changed = defineSignal<[Command?]>('changed');

/** What the run waits for. For debugging; screens read Postgres. */
export const plan = defineQuery<Plan | DevicePlan>('plan');

/**
 * One turn of a cycle: who, which month, and what the workflow's clock says. `known` is the last thing that the run saw done: a database
 * that does not know it was restored to an earlier day, and must not be acted on.
 */
export type Turn = Readonly<{
  customerNo: string;
  period: Period;
  asOf: Instant;
  offsetMs: number;
  known?: Taken;
}>;

/**
 * A step towards the customer with what became of its messages, as the history of the run keeps it: a second witness, by which a database that
 * was restored to an earlier day learns what it forgot. Of a message tried again: that message alone.
 */
export type Taken = Readonly<{
  stepKey: string;
  kind: StepKind;
  billNos: readonly string[];
  tasks: readonly TaskKind[];
  messages: readonly Readonly<{ id: string; channel: Channel; status: MessageStatus }>[];
}>;
export type MessageStatus =
  'sending' | 'waiting' | 'accepted' | 'undeliverable' | 'unknown' | 'dropped';
/** The next plan, and what the turn did; histories of before it was say only the plan. */
export type TurnResult = Plan & Readonly<{ taken?: readonly Taken[] }>;
export type Look = Turn & Readonly<{ commands: readonly NamedCommand[] }>;

/** `commands` and `offsetMs` are absent in histories of before they were. */
export type DeviceTurn = Readonly<{
  customerNo: string;
  asOf: Instant;
  offsetMs?: number;
  commands?: readonly NamedCommand[];
}>;

/** One page of a campaign, by customer number; `after` is the last one of the page before. */
export type Page = Readonly<{
  station: string;
  period: Period;
  asOf: Instant;
  offsetMs: number;
  openedBy: string;
  after: string;
  size: number;
}>;
export type PageResult = Readonly<{ last: string | null; seen: number; opened: number }>;

import type { PenaltyRules } from './penalty';

/** Risk level as a severity: 1 is Ⅰ, the gravest. The label is apart, so that a deployment can relabel. */
export type Level = 1 | 2 | 3;

export const levelLabel: Readonly<Record<Level, string>> = { 1: 'Ⅰ', 2: 'Ⅱ', 3: 'Ⅲ' };

export type Category =
  | 'residential'
  | 'commercial'
  | 'industrial'
  | 'agricultural'
  | 'dedicated_transformer'
  | 'government'
  | 'school';

export type Channel = 'sms' | 'email';

/** What a person is asked to do for the ladder; the device has tasks of its own. */
export type TaskKind = 'call' | 'visit' | 'letter' | 'review';

export type StepKind =
  | 'billNotice'
  | 'preDueReminder'
  | 'overdueReminder'
  | 'demand'
  | 'callTask'
  | 'visitTask'
  | 'review'
  | 'levelRise';

/**
 * One rung. `key` names the same rung on every level's ladder, so that a customer who changes level repeats nothing.
 * `day` counts civil days from the anchor: the day of issue or the due date D (negative: before D).
 */
export type LadderStep = Readonly<{
  key: string;
  kind: StepKind;
  anchor: 'issue' | 'due';
  day: number;
  channels: readonly Channel[];
  tasks: readonly TaskKind[];
  /** Never skipped and never merged into a step without a message (law 4). */
  mandatory: boolean;
  /** May go out on a statutory holiday (design 4, Limits). */
  statutory: boolean;
}>;

export type Limits = Readonly<{
  windowFromMinute: number;
  windowToMinute: number;
  messagesPerDay: number;
  messagesPerWeek: number;
}>;

/** A version of the ladder policy: data, pinned by each cycle. Source of every number: docs/policy.md, "Ladder". */
export type LadderPolicy = Readonly<{
  id: string;
  ladders: Readonly<Record<Level, readonly LadderStep[]>>;
  limits: Limits;
  /** Civil days at least between two steps for one bill. */
  shortestGapDays: number;
  /** Civil days at least from a bill's notice to its first overdue step; a later notice moves the ladder. */
  afterBillNoticeDays: number;
  /** Categories whose level does not rise by being late: government bodies and schools pay slowly, but pay. */
  noRise: readonly Category[];
  /** Civil days a task may stay open before it is passed to the supervisor. */
  taskDays: Readonly<Record<TaskKind, number>>;
  device: DevicePolicy;
  penalty: PenaltyRules;
}>;

export type DevicePolicy = Readonly<{
  /** Late months of the last twelve from which the prepaid device is proposed; 0 is at once. */
  lateMonths: Readonly<Record<Level, number>>;
  restMonths: number;
  /** Categories that cannot be asked: their supply cannot practically be prepaid. */
  excluded: readonly Category[];
  /** Civil days each task of the proposal may take. */
  taskDays: number;
}>;

import type { Calendar } from './calendar';
import type { CycleOutcome } from './facts';
import type { Channel, LadderPolicy, StepKind, TaskKind } from './policy';
import type { Instant } from './time';
import type { Deferral } from './window';

/** The rules in force for one cycle: the pinned policy and the calendar. */
export type Rules = Readonly<{ policy: LadderPolicy; calendar: Calendar }>;

export type RungRef = Readonly<{ billNo: string; stepKey: string; kind: StepKind }>;

/** One step towards the customer: a message, tasks for people, or both. The step's rungs of several bills are taken together. */
export type Contact = Readonly<{
  do: 'contact';
  at: Instant;
  stepKey: string;
  kind: StepKind;
  /** The bills whose rung this is; the message lists all that is owed. */
  billNos: readonly string[];
  /** Rungs that this step answers for: due as well, and less grave. */
  merged: readonly RungRef[];
  /** Rungs whose time has passed. */
  expired: readonly RungRef[];
  channels: readonly Channel[];
  tasks: readonly TaskKind[];
  /** When the policy wanted it; later than that only for the reasons named. */
  plannedAt: Instant;
  because: readonly Deferral[];
}>;

/** The one next thing to do for a customer, and when. `at` null: nothing until something changes. */
export type Plan =
  | Contact
  | Readonly<{ do: 'close'; at: Instant; outcome: CycleOutcome }>
  | Readonly<{ do: 'deliver'; at: Instant; messageId: string }>
  | Readonly<{ do: 'raiseLevel'; at: Instant; billNo: string; stepKey: string; plannedAt: Instant }>
  | Readonly<{ do: 'proposeDevice'; at: Instant; why: string }>
  | Readonly<{ do: 'escalateTask'; at: Instant; taskId: string }>
  | Readonly<{ do: 'settlePromise'; at: Instant; promiseId: string; kept: boolean }>
  | Readonly<{ do: 'wait'; at: Instant | null; why: 'held' | 'ladderEnded' }>;

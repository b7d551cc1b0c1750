import type { Payment } from '../domain/allocation';
import type { CycleOutcome } from '../domain/facts';
import type { GradingPolicy } from '../domain/grading';
import type { RungRef, Rules } from '../domain/plan';
import type { Channel, Level, StepKind, TaskKind } from '../domain/policy';
import type { Instant, Period } from '../domain/time';
import type { Deferral } from '../domain/window';

/** The rules that a simulation runs by, all of its time: it looks at one version of each. */
export type Under = Readonly<{ rules: Rules; grading: GradingPolicy }>;

/** A month that is opened, and the instant of it: bills and payments known by then count. */
export type Opening = Readonly<{ period: Period; at: Instant }>;

/** What happens besides the steps of the ladder. */
export type ChoreKind =
  'taskEscalated' | 'deviceProposed' | 'deviceTaskEscalated' | 'deviceWithdrawn';

/** One thing done for a customer, in the words of the tables `step`, `message` and `task`. */
export type SimStep = Readonly<{
  customerNo: string;
  period: Period;
  at: Instant;
  /** Of a rung its key; of an escalated task that of the task; of the device none. */
  stepKey: string;
  kind: StepKind | ChoreKind;
  /** The bills whose rung this is. */
  billNos: readonly string[];
  merged: readonly RungRef[];
  expired: readonly RungRef[];
  /** Those written to. */
  channels: readonly Channel[];
  /** Those given out. */
  tasks: readonly TaskKind[];
  /** What put it off until then. */
  because: readonly Deferral[];
}>;

/** `closedAt` and `outcome` are null while it is open at the end. */
export type SimCycle = Readonly<{
  customerNo: string;
  period: Period;
  level: Level;
  score: number;
  openedAt: Instant;
  closedAt: Instant | null;
  outcome: CycleOutcome | null;
}>;

/** A level that became another: by a grading, or by the ladder's own rise. `from` null: the first grade. */
export type LevelChange = Readonly<{
  at: Instant;
  from: Level | null;
  to: Level;
  by: 'grading' | 'rise';
}>;

/** All that happens to one customer, in order of time. */
export type CustomerRun = Readonly<{
  customerNo: string;
  steps: readonly SimStep[];
  cycles: readonly SimCycle[];
  levels: readonly LevelChange[];
  /** As recorded; under a model those that were made up, until the end. */
  payments: readonly Payment[];
}>;

import type { Bill, Payment } from './allocation';
import type { Fen } from './fen';
import type { Category, Channel, Level, StepKind } from './policy';
import type { CivilDate, Instant, Period } from './time';

export type CycleOutcome = 'paid' | 'carriedForward' | 'handedOver' | 'writtenOff';

/** A bill of the customer, with the level whose ladder it climbs: that of the cycle it was opened in (docs/adr/0008). */
export type BillFact = Bill &
  Readonly<{ level: Level; closedAs: 'handedOver' | 'writtenOff' | null }>;

/** A bill on the ladder of a level. Written out, as `draftOf`. */
export const billOn = (bill: Bill, level: Level, closedAs: BillFact['closedAs']): BillFact => ({
  billNo: bill.billNo,
  period: bill.period,
  issuedOn: bill.issuedOn,
  dueOn: bill.dueOn,
  amountFen: bill.amountFen,
  disputed: bill.disputed ?? NO_DISPUTES,
  level,
  closedAs,
});
const NO_DISPUTES: NonNullable<Bill['disputed']> = [];

/** What the ladder already did about one rung of one bill. */
export type StepFact = Readonly<{
  billNo: string;
  stepKey: string;
  kind: StepKind;
  status: 'deferred' | 'done' | 'merged' | 'expired' | 'skipped';
  at: Instant;
}>;

/** A message of this cycle whose outcome is open: `sending` may have been handed over, `waiting` certainly was not. */
export type Undelivered = Readonly<{
  messageId: string;
  status: 'sending' | 'waiting';
  retryAt: Instant;
}>;

/** A hold or a dispute; `billNo` null: over the whole customer. */
export type StillnessFact = Readonly<{
  billNo: string | null;
  from: Instant;
  until: Instant | null;
}>;

export type PromiseFact = Readonly<{
  id: string;
  madeAt: Instant;
  promisedOn: CivilDate;
  kept: boolean | null;
}>;
export type OpenTask = Readonly<{
  id: string;
  givenAt: Instant;
  dueAt: Instant;
  escalated: boolean;
}>;
/** A supervisor's order: a level from now on, or a step now. */
export type Order = Readonly<{ toLevel: Level | null; toStep: string | null; at: Instant }>;

/** Penalty of one bill that is not asked for, by decision of two people. */
export type WaiverFact = Readonly<{ billNo: string; amountFen: Fen }>;

/** All that the rules look at: one customer, one open cycle, as known at one instant. Loaded by db/facts.ts, never kept. */
export type Facts = Readonly<{
  customerNo: string;
  category: Category;
  /** The customer's level now; a bill on the ladder keeps its own. */
  level: Level;
  period: Period;
  openedAt: Instant;
  /** Set when somebody else ended the cycle (the next period's campaign, a supervisor). */
  outcome: CycleOutcome | null;
  bills: readonly BillFact[];
  payments: readonly Payment[];
  steps: readonly StepFact[];
  /** Instants of the customer's messages in the last seven days; a step on two channels is one. */
  messagesAt: readonly Instant[];
  undelivered: readonly Undelivered[];
  reachable: readonly Channel[];
  stillnesses: readonly StillnessFact[];
  promises: readonly PromiseFact[];
  tasks: readonly OpenTask[];
  orders: readonly Order[];
  waivers: readonly WaiverFact[];
  device: Readonly<{ caseOpen: boolean; restUntil: CivilDate | null; prepaid: boolean }>;
}>;

/** The same customer with a proposal open, or with none. */
export const deviceCase = (
  { restUntil, prepaid }: Omit<Facts['device'], 'caseOpen'>,
  caseOpen: boolean,
): Facts['device'] => ({ caseOpen, restUntil, prepaid });

/** Facts that are being made out of others. */
export type Draft = { -readonly [Field in keyof Facts]: Facts[Field] };

/**
 * A copy to change before it is given away. Written out: all copies have one shape then. A spread has another at each place that copies, and facts
 * are copied from copies, until code that meets them knows none (docs/performance.md, "Simulation").
 */
export const draftOf = (facts: Facts): Draft => ({
  customerNo: facts.customerNo,
  category: facts.category,
  level: facts.level,
  period: facts.period,
  openedAt: facts.openedAt,
  outcome: facts.outcome,
  bills: facts.bills,
  payments: facts.payments,
  steps: facts.steps,
  messagesAt: facts.messagesAt,
  undelivered: facts.undelivered,
  reachable: facts.reachable,
  stillnesses: facts.stillnesses,
  promises: facts.promises,
  tasks: facts.tasks,
  orders: facts.orders,
  waivers: facts.waivers,
  device: facts.device,
});

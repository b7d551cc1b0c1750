import type { Load, NamedModel, Work } from './assumptions';
import type { CivilDate, Instant } from './time';

/** How often each kind of work was due. */
export type WorkCounts = Readonly<Record<Work, number>>;

/** What one pair of policies would have done with a book. Money in fen. */
export type TrialSide = Readonly<{
  policyId: string;
  gradingId: string;
  costsId: string;
  /** Months by how they ended; `open` at the end. */
  months: Readonly<Record<string, number>>;
  totals: WorkCounts;
  busiest: Readonly<Record<keyof WorkCounts, Readonly<{ day: CivilDate | null; count: number }>>>;
  costFen: number;
  payment: Readonly<{ bills: number; paid: number; medianDays: number | null }>;
  /** Limits broken; none, or something is wrong with the policy. */
  breaches: number;
  /** Held against what can be done in a day; empty where nobody said that. */
  loads: readonly Load[];
}>;

/** The report on a version: what it would have done with the station's book, and the one it was held against. */
export type TrialDocument = Readonly<{
  simulation: string;
  kind: 'ladder' | 'grading';
  policyId: string;
  againstId: string;
  /** SHA-256 of the version's body as it was tried. */
  bodySha256: string;
  from: CivilDate;
  to: CivilDate;
  /** When the book was read. */
  readAt: Instant;
  customers: number;
  /** By what model people pay from the first day on, on both sides; null: as recorded. */
  model: NamedModel | null;
  /** Whose word it is what can be done in a day; null: nobody said. */
  capacities: string | null;
  policy: TrialSide;
  against: TrialSide;
  difference: Readonly<{ totals: WorkCounts; costFen: number; customers: number }>;
  /** By day, where anything was due. */
  days: readonly Readonly<{ day: CivilDate; policy: WorkCounts; against: WorkCounts }>[];
}>;

/** A report as it is kept. In one of before there were models and capacities, payments are as recorded and nobody said what can be done. */
export const readTrial = (document: string): TrialDocument => ({
  ...{ model: null, capacities: null },
  ...(JSON.parse(document) as TrialDocument),
});

/** A report in short, as it stands with an approval and in the audit. */
export type TrialReport = Readonly<{
  simulationId: string;
  /** Of the whole report, to the letter. */
  sha256: string;
  againstId: string;
  from: CivilDate;
  to: CivilDate;
  customers: number;
  /** Of the policy, and how many more than the one it was held against. */
  messages: number;
  moreMessages: number;
  tasks: number;
  moreTasks: number;
  costFen: number;
  moreCostFen: number;
  /** Customers for whom anything differs. */
  differing: number;
  breaches: number;
  /** Of the model by which payments were made up; null: as recorded. */
  model: string | null;
  /** Kinds of work, of all stations or of one, of which more was due on some day than can be done; null: nobody said what can. */
  tooMuch: number | null;
}>;

/** The figures of a report that a person who decides looks at first. */
export function reportOf(sha256: string, document: TrialDocument): TrialReport {
  const { simulation, againstId, from, to, customers, policy, difference } = document;
  const { model, capacities } = document;
  return {
    ...{ simulationId: simulation, sha256, againstId, from, to, customers },
    messages: messagesOf(policy.totals),
    moreMessages: messagesOf(difference.totals),
    tasks: tasksOf(policy.totals),
    moreTasks: tasksOf(difference.totals),
    costFen: policy.costFen,
    moreCostFen: difference.costFen,
    differing: difference.customers,
    breaches: policy.breaches,
    model: model === null ? null : model.name,
    tooMuch: capacities === null ? null : policy.loads.filter(({ ratio }) => ratio > 1).length,
  };
}

const messagesOf = ({ sms, email }: WorkCounts): number => sms + email;
const tasksOf = ({ call, visit, letter, review, proposal }: WorkCounts): number =>
  call + visit + letter + review + proposal;

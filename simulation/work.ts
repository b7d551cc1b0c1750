import type { Work } from '../domain/assumptions';
import type { WorkCounts } from '../domain/trial';
import type { SimStep } from './run';

export const NO_WORK: WorkCounts = {
  ...{ sms: 0, email: 0, call: 0, visit: 0, letter: 0, review: 0, proposal: 0 },
};

export const worksOf = ({ channels, tasks, kind }: SimStep): Work[] => [
  ...channels,
  ...tasks,
  ...(kind === 'deviceProposed' ? (['proposal'] as const) : []),
];

/** What things cost, in fen, and of how many parts an SMS of a step is; one part where nothing is said. Source: db/policies/costs-v1.json. */
export type Costs = Readonly<{
  id: string;
  fen: WorkCounts;
  smsParts: Readonly<Partial<Record<string, number>>>;
}>;

export const costOf = (step: SimStep, { fen, smsParts }: Costs): number =>
  worksOf(step).reduce(
    (sum, work) => sum + fen[work] * (work === 'sms' ? (smsParts[step.kind] ?? 1) : 1),
    0,
  );

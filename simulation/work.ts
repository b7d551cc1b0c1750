import type { Work } from '../domain/assumptions';
import type { WorkCounts } from '../domain/trial';
import type { SimStep } from './run';

export const NO_WORK: WorkCounts = {
  ...{ sms: 0, email: 0, call: 0, visit: 0, letter: 0, review: 0, proposal: 0 },
};

/** What a step gives channels and people to do. */
export function worksOf({ channels, tasks, kind }: SimStep): readonly Work[] {
  if (kind === 'deviceProposed') return PROPOSAL;
  if (tasks.length === 0) return channels;
  return channels.length === 0 ? tasks : [...channels, ...tasks];
}
const PROPOSAL = ['proposal'] as const;

/** What things cost, in fen, and of how many parts an SMS of a step is; one part where nothing is said. Source: db/policies/costs-v1.json. */
export type Costs = Readonly<{
  id: string;
  fen: WorkCounts;
  smsParts: Readonly<Partial<Record<string, number>>>;
}>;

/** In fen, of one work of a step of that kind. */
export const costOf = (work: Work, kind: SimStep['kind'], { fen, smsParts }: Costs): number =>
  fen[work] * (work === 'sms' ? (smsParts[kind] ?? 1) : 1);

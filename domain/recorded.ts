import type { StepFact } from './facts';
import { Kept } from './kept';

/** The rungs behind one bill, as they were taken. A rung that was only put off is ahead. */
export type Recorded = readonly StepFact[];
type Steps = readonly StepFact[];
type ByBill = ReadonlyMap<string, Recorded>;

export const NOTHING_YET: Recorded = [];

/** What is recorded of a rung; of a bill's few rungs, so it is looked for one by one. */
export const rungBehind = (recorded: Recorded, key: string): StepFact | undefined =>
  recorded.find(({ stepKey }) => stepKey === key);

/** Facts never change: what is recorded is sorted once for each list, and of a list that grew only what is new. */
const found = new Kept<Steps, ByBill>();

/** The rungs behind each bill. The same object for as long as nothing more is recorded of the bill. */
export function recordedOf(steps: Steps): ByBill {
  const kept = found.get(steps);
  if (kept !== undefined) return kept;
  const recorded = withMore(new Map(), steps);
  found.set(steps, recorded);
  return recorded;
}

/** The list with more taken. A rung has one row: being taken replaces having been put off. */
export function withSteps(steps: Steps, taken: Steps): Steps {
  const stays = ({ status, billNo, stepKey }: StepFact): boolean =>
    status !== 'deferred' || !taken.some((one) => one.billNo === billNo && one.stepKey === stepKey);
  const more = [...(steps.every(stays) ? steps : steps.filter(stays)), ...taken];
  found.set(more, withMore(recordedOf(steps), taken));
  return more;
}

function withMore(before: ByBill, taken: Steps): ByBill {
  const all = new Map(before);
  for (const step of taken) {
    if (step.status === 'deferred') continue;
    all.set(step.billNo, [...(all.get(step.billNo) ?? NOTHING_YET), step]);
  }
  return all;
}

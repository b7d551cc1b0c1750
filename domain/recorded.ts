import type { StepFact } from './facts';
import { Kept } from './kept';

/** The rungs behind one bill, by their keys. A rung that was only put off is ahead. */
export type Recorded = ReadonlyMap<string, StepFact>;
type Steps = readonly StepFact[];

export const NOTHING_YET: Recorded = new Map();

/** Facts never change: what is recorded is sorted once for each list, and of a list that grew only what is new. */
const found = new Kept<Steps, ReadonlyMap<string, Recorded>>();

/** The rungs behind each bill. The same object for as long as nothing more is recorded of the bill. */
export function recordedOf(steps: Steps): ReadonlyMap<string, Recorded> {
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
  const more = [...steps.filter(stays), ...taken];
  found.set(more, withMore(recordedOf(steps), taken));
  return more;
}

function withMore(
  before: ReadonlyMap<string, Recorded>,
  taken: Steps,
): ReadonlyMap<string, Recorded> {
  const all = new Map(before);
  const fresh = new Map<string, Map<string, StepFact>>();
  for (const step of taken) {
    if (step.status === 'deferred') continue;
    let rungs = fresh.get(step.billNo);
    if (rungs === undefined) {
      rungs = new Map(before.get(step.billNo));
      fresh.set(step.billNo, rungs);
      all.set(step.billNo, rungs);
    }
    rungs.set(step.stepKey, step);
  }
  return all;
}

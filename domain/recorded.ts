import type { StepFact } from './facts';
import { Kept } from './kept';

/** The rungs behind one bill, as they were taken. A rung that was only put off is ahead. */
export type Recorded = readonly StepFact[];
type Steps = readonly StepFact[];
/** Of the few bills of a customer: a list is copied and searched sooner than a map. */
type ByBill = readonly Readonly<{ billNo: string; rungs: Recorded }>[];

const NOTHING_YET: Recorded = [];

/** What is recorded of a rung; of a bill's few rungs, so it is looked for one by one. */
export const rungBehind = (recorded: Recorded, key: string): StepFact | undefined =>
  recorded.find(({ stepKey }) => stepKey === key);

/** Facts never change: what is recorded is sorted once for each list, and of a list that grew only what is new. */
const found = new Kept<Steps, ByBill>();

/** The rungs behind a bill. The same list for as long as nothing more is recorded of it. */
export const recordedOf = (steps: Steps, billNo: string): Recorded =>
  rungsOf(byBillOf(steps), billNo);

const rungsOf = (byBill: ByBill, billNo: string): Recorded =>
  byBill.find((one) => one.billNo === billNo)?.rungs ?? NOTHING_YET;

function byBillOf(steps: Steps): ByBill {
  const kept = found.get(steps);
  if (kept !== undefined) return kept;
  const recorded = withMore([], steps);
  found.set(steps, recorded);
  return recorded;
}

/** The list with more taken. A rung has one row: being taken replaces having been put off. */
export function withSteps(steps: Steps, taken: Steps): Steps {
  const stays = ({ status, billNo, stepKey }: StepFact): boolean =>
    status !== 'deferred' || !taken.some((one) => one.billNo === billNo && one.stepKey === stepKey);
  const more = [...(steps.every(stays) ? steps : steps.filter(stays)), ...taken];
  found.set(more, withMore(byBillOf(steps), taken));
  return more;
}

function withMore(before: ByBill, taken: Steps): ByBill {
  const all = [...before];
  for (const step of taken) {
    if (step.status === 'deferred') continue;
    const { billNo } = step;
    const rungs = [...rungsOf(all, billNo), step];
    const at = all.findIndex((one) => one.billNo === billNo);
    if (at === -1) all.push({ billNo, rungs });
    else all[at] = { billNo, rungs };
  }
  return all;
}

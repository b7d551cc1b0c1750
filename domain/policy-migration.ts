import type { Facts, StepFact } from './facts';
import type { LadderPolicy, LadderStep } from './policy';

/**
 * Why a running month cannot go on under another version of the ladder, as a sentence; null when it can. A rung is known by its key: one that was
 * taken and is called otherwise in the new version would come a second time (law 1), and so would a notice. Pure.
 */
export function migrationRefused(
  { bills, steps }: Pick<Facts, 'bills' | 'steps'>,
  before: LadderPolicy,
  after: LadderPolicy,
): string | null {
  const [known, wanted] = [rungsOf(before), rungsOf(after)];
  const ended = new Set(
    bills.filter(({ closedAs }) => closedAs !== null).map(({ billNo }) => billNo),
  );
  for (const step of steps) {
    if (step.status === 'deferred' || ended.has(step.billNo)) continue;
    const no = otherKind(step, wanted) ?? renamed(step, known, wanted);
    if (no !== null) return `Bill ${step.billNo}: ${no} in ${after.id}.`;
  }
  return null;
}

type Rungs = ReadonlyMap<string, LadderStep['kind']>;

const rungsOf = ({ ladders }: LadderPolicy): Rungs =>
  new Map(
    [1, 2, 3].flatMap((level) => ladders[level as 1 | 2 | 3]).map((rung) => [rung.key, rung.kind]),
  );

function otherKind({ stepKey, kind }: StepFact, wanted: Rungs): string | null {
  const now = wanted.get(stepKey);
  return now === undefined || now === kind ? null : `${stepKey} was a ${kind} and is a ${now}`;
}

/** A rung that is gone may have been left out; where another of its kind is new it may have been renamed. */
function renamed({ stepKey, kind }: StepFact, known: Rungs, wanted: Rungs): string | null {
  if (wanted.has(stepKey)) return null;
  const [other] = [...wanted].filter(([key, of]) => of === kind && !known.has(key));
  return other === undefined ? null : `${stepKey} was taken and may be called ${other[0]}`;
}

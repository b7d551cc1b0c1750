import type { Facts } from './facts';
import { levelOf } from './orders';
import { levelLabel, type LadderPolicy } from './policy';
import type { RungRef } from './plan';
import { rungsAhead, type OpenBill } from './rungs';
import type { Instant } from './time';

/**
 * The rung of a bill that a supervisor wants passed over, or the sentence that says why it cannot be: not on the bill's ladder, a
 * mandatory notice (law 4), or behind already. Source: docs/policy.md, "Skipping a step".
 */
export function rungToSkip(
  bill: OpenBill,
  stepKey: string,
  facts: Facts,
  policy: LadderPolicy,
  asOf: Instant,
): (RungRef & Readonly<{ plannedAt: Instant }>) | string {
  const { billNo } = bill;
  const level = levelOf(bill, facts.orders);
  const ladder = policy.ladders[level];
  const step = ladder.find(({ key }) => key === stepKey);
  if (step === undefined)
    return `The ladder of level ${levelLabel[level]} has no step ${stepKey}: it has ${ladder.map(({ key }) => key).join(', ')}.`;
  if (step.mandatory) return `The step ${stepKey} is mandatory; it cannot be skipped.`;
  const taken = facts.steps.find(
    (one) => one.billNo === billNo && one.stepKey === stepKey && one.status !== 'deferred',
  );
  if (taken !== undefined)
    return `The step ${stepKey} of bill ${billNo} is behind already: ${taken.status} at ${taken.at}.`;
  const rung = rungsAhead(bill, facts, policy, asOf).rungs.find(
    (ahead) => ahead.step.key === stepKey,
  );
  return { billNo, stepKey, kind: step.kind, plannedAt: rung?.plannedAt ?? asOf };
}

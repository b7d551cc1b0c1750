import type { Facts } from './facts';
import { fold } from './fold';
import type { Plan, Rules } from './plan';
import type { Instant } from './time';

/**
 * The next `count` plans with their instants, if nothing changes: nobody pays, and every task is done in time. It ends early with the
 * close, or with a wait that only a person or a payment can end. One that is due already keeps the instant it was due at.
 */
export function forecast(facts: Facts, rules: Rules, asOf: Instant, count = 5): readonly Plan[] {
  const plans: Plan[] = [];
  const ahead = fold(facts, rules, { from: asOf, to: null });
  while (plans.length < count) {
    const step = ahead.next();
    if (step.done === true) {
      if (step.value.plan.do === 'wait') plans.push(step.value.plan);
      break;
    }
    plans.push(step.value.plan);
  }
  return plans;
}

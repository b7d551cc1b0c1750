import { afterPlan } from './after';
import type { Facts } from './facts';
import { nextStep } from './ladder';
import type { Plan, Rules } from './plan';
import type { Instant } from './time';
import type { Deferral } from './window';

/** Each plan is looked at before its instant and at it; more looks than this for one plan is a rule that does not end. */
const LOOKS_PER_PLAN_MAX = 10;

/**
 * The next `count` plans with their instants, if nothing changes: nobody pays, and every task is done in time. It ends early with the
 * close, or with a wait that only a person or a payment can end. One that is due already keeps the instant it was due at.
 */
export function forecast(facts: Facts, rules: Rules, asOf: Instant, count = 5): readonly Plan[] {
  const plans: Plan[] = [];
  let [known, at] = [facts, asOf];
  let putOff: readonly Deferral[] = [];
  for (let look = 0; look < count * LOOKS_PER_PLAN_MAX && plans.length < count; look += 1) {
    const plan = nextStep(known, rules, at);
    if (plan.at !== null && plan.at > at) {
      at = plan.at;
      putOff = plan.do === 'contact' ? plan.because : [];
      continue;
    }
    plans.push(withReasons(plan, putOff));
    if (plan.do === 'close' || plan.do === 'wait') break;
    known = afterPlan(known, plan, at);
    putOff = [];
  }
  return plans;
}

/** At its instant nothing stands in a step's way any more: what did is known from the look before. */
const withReasons = (plan: Plan, putOff: readonly Deferral[]): Plan =>
  plan.do === 'contact' ? { ...plan, because: [...new Set([...putOff, ...plan.because])] } : plan;

import { afterPlan } from './after';
import type { Facts } from './facts';
import { compareText, inOrder } from './in-order';
import { look } from './ladder';
import type { Plan, Rules } from './plan';
import type { Instant } from './time';
import type { Deferral } from './window';

/** Something that happens to a customer from outside the rules. `silent`: it is known from then on, but wakes nobody. */
export type Event = Readonly<{
  at: Instant;
  change: (facts: Facts) => Facts;
  silent?: boolean;
}>;

/** A plan that was carried out, when, and the facts it was decided on. */
export type Taken = Readonly<{ at: Instant; plan: Plan; before: Facts }>;
/** Where a fold came to: a close, a quiet wait, or a plan beyond its end, and the facts by then. */
export type Rest = Readonly<{ plan: Plan; facts: Facts; at: Instant }>;

export type Span = Readonly<{
  from: Instant;
  /** The last instant looked at; null: for ever. */
  to: Instant | null;
  events?: readonly Event[];
  /** What becomes so as time passes, up to an instant: asked before each event and each look, and the same again when asked again. */
  passing?: (facts: Facts, at: Instant) => Facts;
  /** What a plan leaves behind; `afterPlan` when nothing else is said. */
  carryOut?: (facts: Facts, plan: Plan, at: Instant) => Facts;
}>;

/** More steps at one instant than this is what a turn of the real workflow gives up at. */
const STEPS_AT_ONCE_MAX = 20;
/** Each plan is looked at before its instant and at it; more looks than this for one plan is a rule that does not end. */
const LOOKS_PER_PLAN_MAX = 10;

/**
 * One cycle without database and engine, as the workflow runs it: sleeps to the plan's instant or to the next event, looks again (but for a
 * plan that stands), carries out what is due. Gives each plan as it is taken, and ends with where it came to. Pure.
 *
 * @throws {RangeError} when a rule does not end: too much due at once, or a plan that is put off at every look.
 */
export function* fold(facts: Facts, rules: Rules, span: Span): Generator<Taken, Rest> {
  const { events = [], passing = unchanged, carryOut = afterPlan } = span;
  const happens = inOrder(events, byInstant);
  const walk: Walk = {
    known: facts,
    at: span.from,
    happens,
    next: 0,
    passing,
    atOnce: 0,
    looks: 0,
    putOff: NOTHING,
    awaited: null,
  };
  for (;;) {
    learn(walk);
    const plan = found(walk, rules);
    if (plan.at === null || plan.at > walk.at) {
      if (!slept(walk, plan, span.to)) return { plan, facts: walk.known, at: walk.at };
      continue;
    }
    const before = walk.known;
    const taken = withReasons(plan, walk.putOff);
    walk.known = carryOut(before, taken, walk.at);
    yield { at: walk.at, plan: taken, before };
    if (plan.do === 'close') return { plan, facts: walk.known, at: walk.at };
    [walk.looks, walk.putOff] = [0, NOTHING];
    walk.atOnce += 1;
    if (walk.atOnce > STEPS_AT_ONCE_MAX) throw new RangeError(`too many steps due at ${walk.at}`);
  }
}

type Walk = {
  known: Facts;
  at: Instant;
  readonly happens: readonly Event[];
  /** The first of them that has not happened yet. */
  next: number;
  readonly passing: (facts: Facts, at: Instant) => Facts;
  /** Steps taken at this instant. */
  atOnce: number;
  /** Looks at the plan that is waited for, and what put it off at the last one. */
  looks: number;
  putOff: readonly Deferral[];
  /** The plan that is waited for, if it stands, and the facts that it was found for. */
  awaited: Readonly<{ plan: Plan; facts: Facts }> | null;
};
const NOTHING: readonly Deferral[] = [];

function learn(walk: Walk): void {
  for (let event = walk.happens[walk.next]; event && event.at <= walk.at;) {
    walk.known = event.change(walk.passing(walk.known, event.at));
    event = walk.happens[++walk.next];
  }
  walk.known = walk.passing(walk.known, walk.at);
}

/** What to do now. A plan that stands needs no second look at its instant, unless the facts are others by then. */
function found(walk: Walk, rules: Rules): Plan {
  const { awaited, known, at } = walk;
  if (awaited?.facts === known && awaited.plan.at === at) return awaited.plan;
  const { plan, stands } = look(known, rules, at);
  walk.awaited = stands ? { plan, facts: known } : null;
  return plan;
}

const unchanged = (facts: Facts): Facts => facts;

/** Goes on to the plan's instant, or to an event before it; false when neither comes by `to`. */
function slept(walk: Walk, plan: Plan, to: Instant | null): boolean {
  const woken = wakingAt(walk);
  const wakes = woken !== null && (plan.at === null || woken <= plan.at);
  const until = wakes ? woken : plan.at;
  if (until === null || (to !== null && until > to)) return false;
  walk.looks = wakes ? 0 : walk.looks + 1;
  if (walk.looks > LOOKS_PER_PLAN_MAX) throw new RangeError(`put off at every look until ${until}`);
  walk.putOff = plan.do === 'contact' ? plan.because : NOTHING;
  [walk.at, walk.atOnce] = [until, 0];
  return true;
}

/** At its instant nothing stands in a step's way any more: what did is known from the look before. */
const withReasons = (plan: Plan, putOff: readonly Deferral[]): Plan =>
  plan.do === 'contact' && putOff.length > 0 && putOff !== plan.because
    ? { ...plan, because: [...new Set([...putOff, ...plan.because])] }
    : plan;

export const byInstant = (a: Event, b: Event): number => compareText(a.at, b.at);

function wakingAt({ happens, next }: Walk): Instant | null {
  for (let at = next; at < happens.length; at += 1) {
    const event = happens[at];
    if (event !== undefined && event.silent !== true) return event.at;
  }
  return null;
}

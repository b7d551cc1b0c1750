import type { PaymentModel } from '../domain/assumptions';
import { billOn, deviceCase, draftOf, type Facts } from '../domain/facts';
import { byInstant, fold, type Event, type Taken } from '../domain/fold';
import { gradeFacts } from '../domain/grade-facts';
import { levelAndScore } from '../domain/grading';
import { inOrder } from '../domain/in-order';
import { openBills } from '../domain/ladder';
import { monthOpened, NEWCOMER } from '../domain/opening';
import type { Plan } from '../domain/plan';
import { plusMs, type CivilDate, type Instant } from '../domain/time';
import type { BookCustomer } from './book';
import { carriedOut } from './carry-out';
import { dailyGrades, type DailyGrades, type Regraded } from './daily-grades';
import { proposalDay } from './device';
import { climbs, eventsOf, type Levels } from './events';
import { answerTo, byThemselves, untilDay } from './payment-model';
import type { CustomerRun, LevelChange, Opening, SimCycle, SimStep, Under } from './run';
import { bare, stepOf } from './step-of';

/** A customer on the way through the months. Nothing here decides: domain/ says what is due, and this keeps what came of it. */
type Walk = {
  readonly customer: BookCustomer;
  readonly under: Under;
  readonly levels: Levels;
  readonly steps: SimStep[];
  readonly cycles: SimCycle[];
  readonly changes: LevelChange[];
  /** Null when only the openings grade. */
  readonly daily: DailyGrades | null;
  readonly paying: Paying | null;
  /** What is still to happen, in order of time. */
  events: readonly Event[];
  facts: Facts;
  /** The instant last looked at. */
  at: Instant;
  /** Whether the last of `cycles` is open. */
  open: boolean;
};

type Months = Readonly<{
  openings: readonly Opening[];
  to: Instant;
  /** The first morning of a grading each day; null: graded at the openings only, as the product does by itself. */
  dailyFrom: CivilDate | null;
  paying: Paying | null;
}>;

/** Who pays by a model, from a day on; null: as recorded. */
type Paying = Readonly<{ model: PaymentModel; from: CivilDate }>;

/**
 * One customer's months as the product takes them, by the same rules: opened, climbed, paid, carried forward. Whatever is given to people to do
 * is not done, every message arrives, and nobody gives an order. Pure: the same book and rules give the same run.
 */
export function simulateCustomer(
  onBook: BookCustomer,
  under: Under,
  { openings, to, dailyFrom, paying }: Months,
): CustomerRun {
  const customer = paying === null ? onBook : untilDay(onBook, paying.from);
  let { payments } = customer;
  const levels: Levels = new Map();
  const steps: SimStep[] = [];
  const cycles: SimCycle[] = [];
  const changes: LevelChange[] = [];
  const [first] = openings;
  if (first !== undefined) {
    const facts = nothingYet(customer, first);
    const recorded = eventsOf(customer, levels);
    const events =
      paying === null
        ? recorded
        : inOrder([...recorded, ...byThemselves(customer, paying.model, paying.from)], byInstant);
    const graded = (change: Regraded) => changes.push({ ...change, by: 'grading' });
    const daily =
      dailyFrom === null ? null : dailyGrades(customer, under.grading, dailyFrom, graded);
    const given = { customer, under, levels, steps, cycles, changes, daily, paying, events, facts };
    const walk: Walk = { ...given, at: first.at, open: false };
    for (const opening of openings) {
      // At the same instant the opening comes first, with all that is known by then.
      if (walk.open) climb(walk, plusMs(opening.at, -1));
      openMonth(walk, opening);
    }
    if (walk.open) climb(walk, to);
    // What needs nobody to look still happens: the day of a proposal's task.
    const known = knownAt(walk, to);
    if (paying !== null) payments = known.payments;
  }
  return { customerNo: customer.customerNo, steps, cycles, levels: changes, payments };
}

const nothingYet = (
  { customerNo, category, reachable, prepaid }: BookCustomer,
  { period, at }: Opening,
): Facts =>
  draftOf({
    ...{ customerNo, category, reachable, level: NEWCOMER, period, openedAt: at, outcome: null },
    ...{ bills: [], payments: [], steps: [], messagesAt: [], undelivered: [], stillnesses: [] },
    ...{ promises: [], tasks: [], orders: [], waivers: [] },
    device: deviceCase({ restUntil: null, prepaid }, false),
  });

/** As activities/campaign.ts has it: who owes something is graded and gets a month, and an unfinished one is carried forward. */
function openMonth(walk: Walk, { period, at }: Opening): void {
  const { customer, under, levels, cycles, changes, daily } = walk;
  if (openBills(happenedBy(walk, at), at).length === 0) {
    if (!walk.open) rest(walk, at);
    return;
  }
  const known = knownAt(walk, at);
  const graded = levels.size > 0 || (daily?.begun() ?? false);
  const previous = graded ? known.level : null;
  const toGrade = gradeFacts(known, customer.onFile, previous, at);
  const { level, score } = levelAndScore(toGrade, under.grading);
  if (level !== previous) changes.push({ at, from: previous, to: level, by: 'grading' });
  if (walk.open) endCycle(walk, at, 'carriedForward');
  levels.set(period, level);
  const cycle = { customerNo: customer.customerNo, period, level, score, openedAt: at };
  cycles.push({ ...cycle, closedAt: null, outcome: null });
  const opened = monthOpened(known, { period, level, at });
  opened.bills = opened.bills.map((bill) =>
    billOn(bill, climbs(bill, opened, levels), bill.closedAs),
  );
  // What was done for bills that are paid is of no account any more: what is paid once stays paid.
  const owed = new Set(openBills(known, at).map(({ billNo }) => billNo));
  opened.steps = opened.steps.filter(({ billNo }) => owed.has(billNo));
  walk.facts = opened;
  walk.open = true;
  passed(walk, at);
}

function endCycle(walk: Walk, at: Instant, outcome: NonNullable<SimCycle['outcome']>): void {
  const cycle = walk.cycles.pop();
  if (cycle !== undefined) walk.cycles.push({ ...cycle, closedAt: at, outcome });
  walk.open = false;
}

/** The facts with all that was billed and paid by then; the walk stays where it is. */
const happenedBy = ({ facts, events }: Pick<Walk, 'facts' | 'events'>, at: Instant): Facts =>
  events.reduce((known, event) => (event.at > at ? known : event.change(known)), facts);

/** The same with the levels of the mornings until then, which are over by that. */
function knownAt({ facts, events, daily }: Walk, at: Instant): Facts {
  if (daily === null) return happenedBy({ facts, events }, at);
  let known = facts;
  for (const event of events) {
    if (event.at > at) break;
    known = event.change(daily.by(known, event.at));
  }
  return daily.by(known, at);
}

/** Between two months. */
function rest(walk: Walk, at: Instant): void {
  walk.facts = knownAt(walk, at);
  passed(walk, at);
}

/** Forgets what happened by `at`: it is in the facts. */
function passed(walk: Walk, at: Instant): void {
  walk.at = at;
  walk.events = walk.events.filter((event) => event.at > at);
}

/** Lets the open month run until it ends, or until `to`. */
function climb(walk: Walk, to: Instant): void {
  const { rules } = walk.under;
  const carryOut = (facts: Facts, plan: Plan, at: Instant): Facts =>
    (walk.facts = carriedOut(facts, plan, at, rules.policy));
  const passing = (facts: Facts, at: Instant): Facts => walk.daily?.by(facts, at) ?? facts;
  const start = () =>
    fold(walk.facts, rules, { from: walk.at, to, events: walk.events, passing, carryOut });
  for (let steps = start(); ;) {
    const step = steps.next();
    if (step.done === true) {
      walk.facts = step.value.facts;
      passed(walk, step.value.at);
      return;
    }
    const brings = note(walk, step.value);
    if (brings !== null) {
      passed(walk, step.value.at);
      walk.events = inOrder([...walk.events, brings], byInstant);
      steps = start();
    }
  }
}

/** What comes of a step at an instant of its own, which is known only now: the day of a proposal's task, or a payment by the model. */
function note(walk: Walk, taken: Taken): Event | null {
  const step = stepOf(taken);
  if (step !== null) walk.steps.push(step);
  if (taken.plan.do === 'raiseLevel' && taken.before.level !== walk.facts.level)
    walk.changes.push({ at: taken.at, from: taken.before.level, to: walk.facts.level, by: 'rise' });
  if (taken.plan.do === 'close') endCycle(walk, taken.at, taken.plan.outcome);
  if (taken.plan.do === 'proposeDevice') return taskOfProposal(walk, taken.at);
  if (step === null || walk.paying === null) return null;
  return answerTo(step, taken.before.level, walk.paying.model);
}

const taskOfProposal = ({ steps, under }: Walk, at: Instant): Event =>
  proposalDay(at, under.rules.policy, (facts, dueAt, kind) => {
    steps.push(bare(facts, dueAt, { kind }));
  });

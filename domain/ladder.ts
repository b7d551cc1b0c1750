import { settle, type Settlement } from './allocation';
import { proposalDue } from './device';
import type { CycleOutcome, Facts, OpenTask, PromiseFact } from './facts';
import { awakeFrom, delayed, endOfDay, standsStill } from './holds';
import { gravest, startOf } from './gravest';
import { Kept } from './kept';
import type { Plan, Rules } from './plan';
import { recordedOf } from './recorded';
import { openBill, stillnessOf, rungsAhead, type Ahead, type OpenBill, type Rung } from './rungs';
import type { LadderPolicy } from './policy';
import { dateOf, instantAt, type Instant } from './time';

/**
 * The one next thing to do for the customer of `facts`, as known at `asOf`. Total and pure: the workflow carries it out, the
 * forecast prints it, the simulation folds it. A plan whose `at` is not after `asOf` is due. Source: docs/policy.md.
 */
export const nextStep = (facts: Facts, rules: Rules, asOf: Instant): Plan =>
  look(facts, rules, asOf).plan;

/**
 * `stands`: when no fact changes until the plan's instant, it is sure to be found again then; a contact without what put it off. False says nothing.
 * That it is so is a test (test/unit/ladder-kept.test.ts).
 */
export type Look = Readonly<{ plan: Plan; stands: boolean }>;
const asItIs = (plan: Plan): Look => ({ plan, stands: false });

/** `nextStep`, for whoever looks ahead. */
export function look(facts: Facts, rules: Rules, asOf: Instant): Look {
  const { policy } = rules;
  const uncertain = facts.undelivered.find(({ status }) => status === 'sending');
  if (uncertain !== undefined) {
    return asItIs({ do: 'deliver', at: uncertain.retryAt, messageId: uncertain.messageId });
  }
  if (facts.outcome !== null) return asItIs({ do: 'close', at: asOf, outcome: facts.outcome });

  const open = openBills(facts, asOf);
  if (open.length === 0) return asItIs({ do: 'close', at: asOf, outcome: endedAs(facts, asOf) });

  const ahead = open.map((bill) => rungsAhead(bill, facts, policy, asOf));
  const plans = chores(facts, open, policy, asOf);
  plans.push(...redeliveries(facts, open, rules, asOf));
  const contacts = reaching(ahead, plans);
  const contact = gravest(contacts, facts, rules, asOf);
  if (contact !== null) plans.push(contact);
  const plan = soonest(plans);
  if (plan === null)
    return asItIs({ do: 'wait', at: null, why: isHeld(ahead) ? 'held' : 'ladderEnded' });
  return { plan, stands: ahead.every(({ lasts }) => lasts) && stands(plan, facts, asOf) };
}

/**
 * Where all that is ahead lasts, only the end of a due day changes what is found: a reminder expires, or a month becomes late and the device is proposed.
 * Unless a message waits for a provider, a proposal rests until a day, or a bill or payment of the facts is still to come.
 */
function stands({ at }: Plan, facts: Facts, asOf: Instant): boolean {
  if (at === null || at <= asOf) return false;
  if (facts.undelivered.length > 0 || facts.device.restUntil !== null) return false;
  const [today, day] = [dateOf(asOf), dateOf(at)];
  if (facts.bills.some(({ dueOn }) => today <= dueOn && dueOn < day)) return false;
  return openBills(facts, at) === openBills(facts, asOf);
}

/** What is owed and in nobody else's hands, oldest due date first. A disputed or held bill is among them: it waits, it is not paid. */
export function openBills({ bills, payments }: Facts, asOf: Instant): readonly OpenBill[] {
  const settlement = settle(bills, payments, asOf);
  const kept = openOf.get(settlement);
  if (kept !== undefined) return kept;
  const open: OpenBill[] = [];
  for (const { billNo, outstandingFen } of settlement.bills) {
    if (outstandingFen === 0) continue;
    const bill = bills.find((one) => one.billNo === billNo);
    if (bill?.closedAs === null) open.push(openBill(bill, outstandingFen));
  }
  openOf.set(settlement, open);
  return open;
}

/** A settlement is that of one list of bills. */
const openOf = new Kept<Settlement, readonly OpenBill[]>();

/** The bills that a message may name at `asOf`: owed, and neither held nor disputed. */
export const askableBills = (facts: Facts, asOf: Instant): OpenBill[] =>
  openBills(facts, asOf).filter(
    (bill) => !standsStill(asOf, stillnessOf(facts, bill.billNo, instantAt(bill.issuedOn))),
  );

function endedAs(facts: Facts, asOf: Instant): CycleOutcome {
  const owed = settle(facts.bills, facts.payments, asOf).bills.filter(
    (bill) => bill.outstandingFen > 0,
  );
  const closedAs = facts.bills
    .filter(({ billNo }) => owed.some((bill) => bill.billNo === billNo))
    .map((bill) => bill.closedAs);
  if (closedAs.includes('handedOver')) return 'handedOver';
  return closedAs.includes('writtenOff') ? 'writtenOff' : 'paid';
}

/** The earliest; at the same instant the one named first, so chores come before the ladder. */
const soonest = (plans: readonly Plan[]): Plan | null =>
  plans.reduce<Plan | null>(
    (best, plan) => (best === null || (plan.at ?? '~') < (best.at ?? '~') ? plan : best),
    null,
  );

/** What is not a step towards the customer: a promise found kept or broken, a stalled task passed on, the device proposed. */
function chores(
  facts: Facts,
  open: readonly OpenBill[],
  policy: LadderPolicy,
  asOf: Instant,
): Plan[] {
  const plans: Plan[] = [];
  for (const promise of facts.promises)
    if (promise.kept === null) plans.push(promiseOver(promise, facts));
  for (const task of facts.tasks) if (!task.escalated) plans.push(...taskOver(task, facts, asOf));
  plans.push(...proposal(facts, open, policy, asOf));
  return plans;
}

/** Kept when, by the end of the day, nothing was owed any more of what was there when it was made. */
function promiseOver({ id, madeAt, promisedOn }: PromiseFact, facts: Facts): Plan {
  const at = endOfDay(promisedOn);
  const kept = openBills(facts, at).every(({ issuedOn }) => issuedOn > dateOf(madeAt));
  return { do: 'settlePromise', at, promiseId: id, kept };
}

/** A hold gives whoever has the task that much longer. */
function taskOver({ id, givenAt, dueAt }: OpenTask, facts: Facts, asOf: Instant): Plan[] {
  const still = stillnessOf(facts, null, givenAt);
  const over = delayed(dueAt, still);
  const at = over === null ? null : awakeFrom(over > asOf ? over : asOf, still);
  return over === null || at === null
    ? []
    : [{ do: 'escalateTask', at: at > asOf ? at : over, taskId: id }];
}

/** Not before the customer has been sent the bill: the first word from the station is not an offer. */
function proposal(
  facts: Facts,
  open: readonly OpenBill[],
  policy: LadderPolicy,
  asOf: Instant,
): Plan[] {
  if (standsStill(asOf, stillnessOf(facts, null, facts.openedAt))) return [];
  const why = proposalDue(facts, policy, asOf);
  return why === null || !notified(facts, open) ? [] : [{ do: 'proposeDevice', at: asOf, why }];
}

const notified = ({ steps }: Facts, open: readonly OpenBill[]): boolean =>
  open.some(({ billNo }) => recordedOf(steps, billNo).some(({ kind }) => kind === 'billNotice'));

/**
 * A message that a provider could not take is tried again, in the window and once a bill is there that it may name: a hold keeps it. It was
 * counted when it was begun.
 */
function redeliveries(
  facts: Facts,
  open: readonly OpenBill[],
  { policy, calendar }: Rules,
  asOf: Instant,
): Plan[] {
  if (facts.undelivered.length === 0) return [];
  const stills = open.map(({ billNo, issuedOn }) =>
    stillnessOf(facts, billNo, instantAt(issuedOn)),
  );
  return facts.undelivered.flatMap(({ messageId, retryAt }): Plan[] => {
    const [from] = stills
      .map((still) => awakeFrom(retryAt > asOf ? retryAt : asOf, still))
      .filter((awake) => awake !== null)
      .sort();
    if (from === undefined) return [];
    const { at } = startOf(from, policy.limits, { statutory: false, messagesAt: [] }, calendar);
    return [{ do: 'deliver', at, messageId }];
  });
}

/** What of all bills reaches the customer; the rises of level are planned. */
function reaching(ahead: readonly Ahead[], plans: Plan[]): readonly Rung[] {
  const contacts: Rung[] = [];
  // Not `flatMap`, which is slow for a few short lists at every look (docs/performance.md).
  for (const { rungs } of ahead)
    for (const rung of rungs)
      if (rung.step.kind !== 'levelRise') contacts.push(rung);
      else plans.push(...riseOf(rung));
  return contacts;
}

const riseOf = ({ billNo, step, at, plannedAt }: Rung): Plan[] =>
  at === null || plannedAt === null
    ? []
    : [{ do: 'raiseLevel', at, billNo, stepKey: step.key, plannedAt }];

const isHeld = (ahead: readonly Ahead[]): boolean =>
  ahead.some(({ rungs }) => rungs.some(({ expired }) => !expired));

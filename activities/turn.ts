import { closeCycle } from '../db/cycles';
import { inTransaction, type Sql } from '../db/client';
import { loadAccounts, lockAccount, type Account } from '../db/facts';
import { noteDeferrals, type MessageRow } from '../db/steps';
import { openDeviceCase } from '../db/devices';
import { raiseLevel } from '../db/grades';
import { settlePromise } from '../db/promises';
import { escalateTask } from '../db/tasks';
import { penaltiesOf } from '../domain/letter';
import { afterPlan, risenLevel } from '../domain/after';
import type { CycleOutcome, OpenTask } from '../domain/facts';
import { nextStep } from '../domain/ladder';
import type { Plan, Rules } from '../domain/plan';
import { dateOf } from '../domain/time';
import { dueAfter } from '../domain/window';
import type { Taken, Turn, TurnResult } from '../workflows/contract';
import { claimContact, deferralRows } from './contact';
import { handOver, reconcile } from './deliver';
import type { Deps } from './deps';
import { forgotten, permanent } from './failures';
import { fallBack, redeliver } from './redeliver';
import { forgets, takenOf, witnessed, type Contacted } from './witness';

/** More steps or deliveries than this at one instant is a rule that does not end: better an alarm than a loop. */
const STEPS_PER_TURN_MAX = 20;

/**
 * Does everything that is due for one cycle as of the workflow's clock, and returns the plan that is not: the next instant, or the end.
 * What is due is decided again in the transaction that claims it, under the customer's lock (design 1.3); messages are handed over after
 * it has committed. Safe to repeat: a step already claimed is a fact, so the next decision is another one.
 */
export async function takeDueSteps(deps: Deps, turn: Turn): Promise<TurnResult> {
  const taken: Taken[] = [];
  for (let round = 0; round < STEPS_PER_TURN_MAX; round += 1) {
    const { plan, contacts } = await inTransaction(deps.db, (tx) => claimDue(tx, deps, turn));
    const messages = contacts.flatMap((contact) => contact.messages);
    const handed = await handOver(deps, turn.customerNo, messages, turn.asOf);
    taken.push(...takenOf(contacts, handed));
    if (plan.do === 'deliver' && isDue(plan, turn)) {
      taken.push(...(await deliverAgain(deps, turn, plan.messageId)));
      continue;
    }
    if (handed.every(({ outcome }) => outcome === 'taken'))
      return taken.length === 0 ? plan : { ...plan, taken };
    if (handed.every(({ outcome }) => outcome === 'failed'))
      taken.push(...(await witnessed(deps, await fallBack(deps, turn, handed[0]?.id ?? ''))));
  }
  throw tooMuch(turn);
}

/** The plan as of now, without the lock. The end of a cycle is written; anything else that is due is left to a turn. */
export async function lookAgain(deps: Deps, turn: Turn): Promise<Plan> {
  const [account] = await loadAccounts(deps.db, [turn.customerNo], turn.period, turn.asOf);
  const { plan } = await decide(deps, turn, account ?? null);
  if (plan.do !== 'close') return plan;
  return inTransaction(deps.db, async (tx) => {
    const decided = await decide(deps, turn, await lock(tx, turn));
    if (decided.plan.do === 'close') await end(tx, turn, decided, decided.plan.outcome);
    return decided.plan;
  });
}

type Decided = Readonly<{ account: Account; rules: Rules; plan: Plan }>;
type Claimed = Readonly<{ plan: Plan; contacts: readonly Contacted[] }>;

const lock = (tx: Sql, { customerNo, period, asOf }: Turn): Promise<Account | null> =>
  lockAccount(tx, customerNo, period, asOf);

const isDue = (plan: Plan, { asOf }: Pick<Turn, 'asOf'>): boolean =>
  plan.at !== null && plan.at <= asOf;

const tooMuch = ({ customerNo, period, asOf }: Turn): RangeError =>
  new RangeError(`${customerNo}/${period}: more than ${STEPS_PER_TURN_MAX} steps due at ${asOf}`);

async function decide({ book }: Deps, turn: Turn, account: Account | null): Promise<Decided> {
  const { customerNo, period } = turn;
  if (forgets(account, turn)) throw forgotten(customerNo, period);
  if (account === null) throw permanent('UnknownCustomer', { customerNo });
  if (account.policyId === null) throw permanent('UnknownCycle', { customerNo, period });
  const rules = await book.rules(account.policyId);
  return { account, rules, plan: nextStep(account.facts, rules, turn.asOf) };
}

/** Claims step after step until one is not due, or has to be delivered first. Everything that is claimed commits together. */
async function claimDue(tx: Sql, deps: Deps, turn: Turn): Promise<Claimed> {
  let decided = await decide(deps, turn, await lock(tx, turn));
  const contacts: Contacted[] = [];
  for (let taken = 0; taken < STEPS_PER_TURN_MAX; taken += 1) {
    const { plan } = decided;
    if (plan.do === 'close') await end(tx, turn, decided, plan.outcome);
    if (plan.do === 'close' || plan.do === 'deliver' || !isDue(plan, turn)) {
      await noteDeferrals(tx, deferralRows(turn.customerNo, plan), { ...turn, at: turn.asOf });
      return { plan, contacts };
    }
    const claimed = await carryOut(tx, deps, turn, decided);
    if (plan.do === 'contact' && claimed.messages.length > 0)
      contacts.push({ plan, messages: claimed.messages });
    const messages = contacts.flatMap((contact) => contact.messages);
    const account = await known(tx, turn, decided, claimed.tasks);
    decided = await decide(deps, turn, account === null ? null : without(account, messages));
  }
  throw tooMuch(turn);
}

/** The account after a step. A step towards the customer and what it leaves are known; of the rest the database has more to say. */
async function known(
  tx: Sql,
  turn: Turn,
  { account, plan }: Decided,
  tasks: readonly OpenTask[],
): Promise<Account | null> {
  if (plan.do !== 'contact' && plan.do !== 'proposeDevice') return lock(tx, turn);
  const facts = afterPlan(account.facts, plan, turn.asOf);
  return { ...account, facts: { ...facts, tasks: [...facts.tasks, ...tasks] } };
}

async function deliverAgain(deps: Deps, turn: Turn, messageId: string): Promise<Taken[]> {
  const found = await reconcile(deps, messageId, turn.asOf);
  const handed = await redeliver(deps, turn, messageId);
  const settled = found === null || found === 'waiting' ? [] : [{ id: messageId, status: found }];
  return witnessed(deps, handed.length > 0 ? handed : settled);
}

/** What this turn has just claimed is on its way, not in doubt. */
const without = (account: Account, messages: readonly MessageRow[]): Account => {
  const inDoubt = account.facts.undelivered.filter(
    ({ messageId }) => !messages.some(({ id }) => id === messageId),
  );
  return { ...account, facts: { ...account.facts, undelivered: inDoubt } };
};

type Step = Readonly<{ messages: readonly MessageRow[]; tasks: readonly OpenTask[] }>;
const NOTHING: Step = { messages: [], tasks: [] };

/** What the database does for one step: the messages are to be handed over after the commit, the tasks are given out. */
async function carryOut(
  tx: Sql,
  deps: Deps,
  turn: Turn,
  { account, rules, plan }: Decided,
): Promise<Step> {
  const { customerNo, asOf: at } = turn;
  switch (plan.do) {
    case 'contact':
      return claimContact(tx, deps.book, account, rules, plan, at);
    case 'raiseLevel': {
      const { id: policyId } = await deps.book.grading(dateOf(at));
      const level = risenLevel(account.facts, plan.billNo);
      await raiseLevel(tx, { ...turn, ...plan, level, policyId, at });
      return NOTHING;
    }
    case 'proposeDevice': {
      const { device, limits } = rules.policy;
      const dueAt = dueAfter(at, device.taskDays, limits);
      await openDeviceCase(tx, { customerNo, why: plan.why, at, dueAt, offsetMs: turn.offsetMs });
      return NOTHING;
    }
    case 'escalateTask':
      await escalateTask(tx, plan.taskId, at);
      return NOTHING;
    case 'settlePromise':
      await settlePromise(tx, { id: plan.promiseId, kept: plan.kept, at });
      return NOTHING;
    case 'close':
    case 'deliver':
    case 'wait':
      return NOTHING;
  }
}

async function end(
  tx: Sql,
  turn: Turn,
  { account, rules }: Decided,
  outcome: CycleOutcome,
): Promise<void> {
  const late = penaltiesOf(account.facts, rules.policy, turn.asOf);
  await closeCycle(tx, { ...turn, outcome, penalties: late, at: turn.asOf });
}

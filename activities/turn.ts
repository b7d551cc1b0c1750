import { closeCycle } from '../db/cycles';
import { inTransaction, type Sql } from '../db/client';
import { loadAccounts, lockAccount, type Account } from '../db/facts';
import { noteDeferrals, type MessageRow } from '../db/steps';
import { openDeviceCase } from '../db/devices';
import { raiseLevel } from '../db/grades';
import { settlePromise } from '../db/promises';
import { escalateTask } from '../db/tasks';
import { penaltiesOf } from '../domain/letter';
import { nextStep } from '../domain/ladder';
import type { Plan, Rules } from '../domain/plan';
import { dateOf, type CivilDate } from '../domain/time';
import type { Turn } from '../workflows/contract';
import { claimContact, deferralRows } from './contact';
import { handOver, reconcile } from './deliver';
import type { Deps } from './deps';
import { permanent } from './failures';
import { fallBack, redeliver } from './redeliver';

/** More steps than this at one instant is a rule that does not end: better an alarm than a loop. */
const STEPS_PER_TURN_MAX = 20;

/**
 * Does everything that is due for one cycle as of the workflow's clock, and returns the plan that is not: the next instant, or the end.
 * Each step is decided again in the transaction that claims it, under the customer's lock (design 1.3).
 * Safe to repeat: a step already claimed is a fact, so the next decision is another one.
 */
export async function takeDueSteps(deps: Deps, turn: Turn): Promise<Plan> {
  for (let taken = 0; taken < STEPS_PER_TURN_MAX; taken += 1) {
    // The first is nearly always due; after it, looking without the lock is cheaper.
    const plan = await (taken === 0 ? takeStep(deps, turn) : takeIfDue(deps, turn));
    if (plan.do === 'close') return plan;
    if (!isDue(plan, turn)) {
      await explainDeferral(deps, turn, plan);
      return plan;
    }
  }
  throw new RangeError(
    `${turn.customerNo}/${turn.period}: more than ${STEPS_PER_TURN_MAX} steps due at ${turn.asOf}`,
  );
}

const isDue = (plan: Plan, { asOf }: Pick<Turn, 'asOf'>): boolean =>
  plan.at !== null && plan.at <= asOf;

/** The plan as of now, without the lock. The end of a cycle is written; anything else that is due is left to a turn. */
export async function lookAgain(deps: Deps, turn: Turn): Promise<Plan> {
  const plan = await peek(deps, turn);
  return plan.do === 'close' ? takeStep(deps, turn) : plan;
}

async function takeIfDue(deps: Deps, turn: Turn): Promise<Plan> {
  const plan = await peek(deps, turn);
  return isDue(plan, turn) ? takeStep(deps, turn) : plan;
}

async function peek(deps: Deps, turn: Turn): Promise<Plan> {
  const [account] = await loadAccounts(deps.db, [turn.customerNo], turn.period, turn.asOf);
  return (await decide(deps, turn, account ?? null)).plan;
}

type Decided = Readonly<{ account: Account; rules: Rules; plan: Plan }>;

async function decide({ book }: Deps, turn: Turn, account: Account | null): Promise<Decided> {
  const { customerNo, period } = turn;
  if (account === null) throw permanent('UnknownCustomer', { customerNo });
  if (account.policyId === null) throw permanent('UnknownCycle', { customerNo, period });
  const rules = await book.rules(account.policyId);
  return { account, rules, plan: nextStep(account.facts, rules, turn.asOf) };
}

/** Takes the one step that is due, if one is. Returns the plan that was found under the lock. */
async function takeStep(deps: Deps, turn: Turn): Promise<Plan> {
  const { plan, messages } = await inTransaction(deps.db, async (tx) => {
    const decided = await decide(
      deps,
      turn,
      await lockAccount(tx, turn.customerNo, turn.period, turn.asOf),
    );
    const claimed = isDue(decided.plan, turn) ? await carryOut(tx, deps, turn, decided) : [];
    return { plan: decided.plan, messages: claimed };
  });
  if (!isDue(plan, turn)) return plan;
  if (plan.do === 'deliver') await deliverAgain(deps, turn, plan.messageId);
  const handed = await handOver(deps, turn.customerNo, messages, turn.asOf);
  if (handed.length > 0 && handed.every(({ outcome }) => outcome === 'failed')) {
    await fallBack(deps, turn, handed[0]?.id ?? '');
  }
  return plan;
}

async function deliverAgain(deps: Deps, turn: Turn, messageId: string): Promise<void> {
  await reconcile(deps, messageId, turn.asOf);
  await redeliver(deps, turn, messageId);
}

/** What the database does for one step; the messages returned are handed over after the commit. */
async function carryOut(
  tx: Sql,
  deps: Deps,
  turn: Turn,
  { account, rules, plan }: Decided,
): Promise<MessageRow[]> {
  const { customerNo, asOf: at } = turn;
  switch (plan.do) {
    case 'contact':
      return claimContact(tx, deps.book, account, rules, plan, at);
    case 'close': {
      const penalties =
        plan.outcome === 'carriedForward' ? [] : penaltiesOf(account.facts, rules.policy, at);
      await closeCycle(tx, {
        ...turn,
        outcome: plan.outcome,
        penalties: penalties.map((row) => ({ ...row, settledOn: row.settledOn as CivilDate })),
        at,
      });
      return [];
    }
    case 'raiseLevel': {
      const { id: policyId } = await deps.book.grading(dateOf(at));
      await raiseLevel(tx, { ...turn, ...plan, policyId, at });
      return [];
    }
    case 'proposeDevice':
      await openDeviceCase(tx, { customerNo, why: plan.why, at, offsetMs: turn.offsetMs });
      return [];
    case 'escalateTask':
      await escalateTask(tx, plan.taskId, at);
      return [];
    case 'settlePromise':
      await settlePromise(tx, { id: plan.promiseId, kept: plan.kept, at });
      return [];
    case 'deliver':
    case 'wait':
      return [];
  }
}

/** A message that a limit puts off is a row with the reason, so that silence is explained (design 1.4). */
async function explainDeferral({ db }: Deps, turn: Turn, plan: Plan): Promise<void> {
  await noteDeferrals(db, deferralRows(turn.customerNo, plan), { ...turn, at: turn.asOf });
}

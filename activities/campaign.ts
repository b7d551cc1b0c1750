import { Context } from '@temporalio/activity';
import { closeCampaign, customersAfter, noteCampaign } from '../db/campaigns';
import { inTransaction, type Sql } from '../db/client';
import { openAmong, openCycles } from '../db/cycles';
import { experimentAt, type Experiment } from '../db/experiments';
import { loadAccounts } from '../db/facts';
import { writeGrades } from '../db/grades';
import { gradeAccounts } from '../db/grading';
import { noteDeferrals } from '../db/steps';
import { deferralRows } from './contact';
import { writeNudges } from '../db/nudges';
import type { RuleBook } from '../db/rules';
import type { GradingPolicy } from '../domain/grading';
import { armOf } from '../domain/experiment';
import { nextStep, openBills } from '../domain/ladder';
import { monthOpened } from '../domain/opening';
import type { Plan, Rules } from '../domain/plan';
import { cycleId } from '../domain/run-ids';
import { dateOf, type Instant, type Period } from '../domain/time';
import type { CollectMonthInput, Page, PageResult } from '../workflows/contract';
import type { Deps } from './deps';

/** Starts one cycle's workflow; a run that is there already is a success. `delayMs`: until its first step. */
export type StartCycle = (input: CollectMonthInput, delayMs: number) => Promise<void>;

/** Starts under way at once: enough to keep the engine busy, few enough to stay polite. Source: stack.md, temporal.md 2.1. */
const STARTS_IN_FLIGHT = 50;

export const createCampaignActivities = ({ db, book }: Deps, startCycle: StartCycle) => ({
  /**
   * One page of customers: in set-based SQL brings the grade up to date, opens the cycles of those who owe something, and starts their
   * workflows with the first step. Safe to repeat, and to be killed at any point: cycles are unique, starts reject duplicates, and a
   * cycle that was opened without being started is started by the repeat.
   */
  async openPage(page: Page): Promise<PageResult> {
    const inForce = await rulesOf({ db, book }, page.asOf);
    await noteCampaign(db, { ...page, policyId: inForce.policyId });
    const customerNos = await customersAfter(db, page);
    if (customerNos.length === 0) return { last: null, seen: 0, opened: 0 };
    const starts = await inTransaction(db, (tx) => openMonths(tx, page, customerNos, inForce));
    await startAll(starts, page, startCycle);
    const last = customerNos.length < page.size ? null : (customerNos.at(-1) ?? null);
    return { last, seen: customerNos.length, opened: starts.length };
  },

  /** Marks the campaign as through. Safe to repeat. */
  finishCampaign: (campaign: { station: string; period: Period }): Promise<void> =>
    closeCampaign(db, campaign),
});

export type CampaignActivities = ReturnType<typeof createCampaignActivities>;

type Start = Readonly<{ customerNo: string; next: Plan }>;
type InForce = Readonly<{
  rules: Rules;
  grading: GradingPolicy;
  policyId: string;
  /** That runs against it: a share of the months is opened under `rules` of its own. */
  challenge: Readonly<{ experiment: Experiment; rules: Rules }> | null;
}>;

/** What a month that is opened at `asOf` goes by. */
export async function rulesOf(
  { db, book }: Readonly<{ db: Sql; book: RuleBook }>,
  asOf: Instant,
): Promise<InForce> {
  const policyId = await book.ladderInForce(dateOf(asOf));
  const experiment = await experimentAt(db, policyId, asOf);
  return {
    policyId,
    challenge:
      experiment === null ? null : { experiment, rules: await book.rules(experiment.challengerId) },
    rules: await book.rules(policyId),
    grading: await book.grading(dateOf(asOf)),
  };
}

/** Opens the month of those among the customers who owe something, and finds each one's first step. Safe to repeat. */
export async function openMonths(
  tx: Sql,
  page: Omit<Page, 'after' | 'size'>,
  customerNos: readonly string[],
  inForce: InForce,
): Promise<Start[]> {
  const { period, asOf } = page;
  const { grading, policyId, challenge } = inForce;
  const experiment = challenge?.experiment ?? null;
  await tx.$queryRaw`select from customer where customer_no = any(${[...customerNos]}) order by customer_no for update`;
  const accounts = await loadAccounts(tx, customerNos, period, asOf);
  const owing = accounts.filter(({ facts }) => openBills(facts, asOf).length > 0);
  const fresh = owing.filter(({ policyId: opened }) => opened === null);
  const grades = await gradeAccounts(tx, fresh, grading, asOf);
  const graded = new Map(grades.map(({ customerNo, level }) => [customerNo, level]));
  await writeGrades(tx, grades, { policyId: grading.id, asOf });
  const cycles = [...graded].map(([customerNo, level]) => ({
    ...{ customerNo, level },
    ...(experiment === null
      ? {}
      : { arm: armOf(experiment.id, customerNo, experiment.sharePercent) }),
  }));
  const carried = await openCycles(tx, cycles, { ...page, policyId, experiment, at: asOf });
  const challenged = new Set(
    cycles.filter(({ arm }) => arm === 'challenger').map(({ customerNo }) => customerNo),
  );
  const ended = carried.map((cycle) => cycleId(cycle.customerNo, cycle.period));
  await writeNudges(
    tx,
    ended.map((workflowId) => ({ workflowId, signal: 'changed', body: {} })),
  );
  const open = await openAmong(tx, customerNos, period);
  const starts = owing
    .filter(({ customer }) => open.has(customer.customerNo))
    .map(({ facts, customer: { customerNo }, policyId: under }) => {
      const level = graded.get(customerNo);
      const opened = level === undefined ? facts : monthOpened(facts, { period, level, at: asOf });
      // What was opened before keeps the side that it is on.
      const isChallenger =
        challenged.has(customerNo) || (under !== null && under === experiment?.challengerId);
      const rules = isChallenger && challenge !== null ? challenge.rules : inForce.rules;
      return { customerNo, next: nextStep(opened, rules, asOf) };
    });
  const deferred = starts.flatMap(({ customerNo, next }) => deferralRows(customerNo, next));
  await noteDeferrals(tx, deferred, { period, at: asOf });
  return starts;
}

async function startAll(
  starts: readonly Start[],
  { period, asOf, offsetMs }: Page,
  startCycle: StartCycle,
): Promise<void> {
  const context = Context.current();
  const queue = [...starts];
  const lane = async (): Promise<void> => {
    for (let start = queue.shift(); start !== undefined; start = queue.shift()) {
      context.cancellationSignal.throwIfAborted();
      const { at } = start.next;
      const delayMs = at === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(asOf));
      await startCycle({ ...start, period, offsetMs }, delayMs);
      context.heartbeat(starts.length - queue.length);
    }
  };
  await Promise.all(Array.from({ length: STARTS_IN_FLIGHT }, lane));
}

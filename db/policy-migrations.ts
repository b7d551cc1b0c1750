import { nextStep } from '../domain/ladder';
import type { Plan } from '../domain/plan';
import { migrationRefused } from '../domain/policy-migration';
import type { Level } from '../domain/policy';
import { dateOf, type Instant, type Period } from '../domain/time';
import { nextReached, type BulkFilter } from './bulk-reach';
import type { Sql } from './client';
import { applied, commandIn, refused, type CommandResult, type Order } from './commands';
import { openCycleOf } from './cycles';
import { loadAccounts, type Account } from './facts';
import { nudgeCustomer } from './nudges';
import type { RuleBook } from './rules';

export const noLadder = (policyId: string, kind: string): string =>
  `Policy ${policyId} is a ${kind} policy; a month is pinned to a ladder.`;

/** Why running months cannot be moved to a policy by a day, as a sentence; null when they can. Reads only. */
export async function migrationTargetRefused(
  sql: Sql,
  policyId: string,
  at: Instant,
): Promise<string | null> {
  const [row] = await sql.$queryRaw<{ kind: string; inForce: boolean }[]>`
    select kind, activated_at is not null and effective_from <= ${dateOf(at)}::date as "inForce" from policy where id = ${policyId}`;
  if (row === undefined) return `There is no policy ${policyId}.`;
  if (row.kind !== 'ladder') return noLadder(policyId, row.kind);
  return row.inForce
    ? null
    : `Policy ${policyId} is not in force by then: two people activate it first.`;
}

/**
 * Moves the open month of one customer to another version, as a part of the caller's transaction: the row, the note of what it was pinned to, and the
 * nudge to look again. Steps taken stay taken. Idempotent by the order's id; refused where a step taken could come a second time.
 */
export function migrateCycleIn(
  tx: Sql,
  book: RuleBook,
  order: Order,
  { customerNo, policyId }: Readonly<{ customerNo: string; policyId: string }>,
): Promise<CommandResult> {
  const entry = { kind: 'migrateMonth', customerNo, body: { policyId } };
  return commandIn(tx, order, entry, async () => {
    const period = await openCycleOf(tx, customerNo);
    if (period === null) return refused('No month is open.');
    const [account] = await loadAccounts(tx, [customerNo], period, order.at);
    const from = account?.policyId ?? null;
    if (account === undefined || from === null || from === policyId)
      return refused(`The month is under ${policyId} already.`);
    const no = await refusedUnder(book, account, { from, policyId });
    if (no !== null) return refused(no);
    await tx.$executeRaw`
      update cycle set policy_id = ${policyId} where customer_no = ${customerNo} and period = ${period}`;
    await tx.$executeRaw`
      insert into cycle_migration (customer_no, period, order_id, from_policy, to_policy, at, actor)
      values (${customerNo}, ${period}, ${order.id}, ${from}, ${policyId}, ${order.at}::timestamptz, ${order.actor})`;
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return applied;
  });
}

async function refusedUnder(
  book: RuleBook,
  { facts }: Account,
  { from, policyId }: Readonly<{ from: string; policyId: string }>,
): Promise<string | null> {
  const [before, after] = [await book.rules(from), await book.rules(policyId)];
  return migrationRefused(facts, before.policy, after.policy);
}

export type Move = Readonly<{
  customerNo: string;
  period: Period;
  station: string;
  level: Level;
  policyId: string;
  before: Plan;
  after: Plan;
  refusedBecause: string | null;
}>;

/** The months that a migration would move, by customer number after one, each with its next step under both versions as of now. Reads only. */
export async function migrationPreview(
  sql: Sql,
  book: RuleBook,
  {
    policyId,
    filter,
    after,
    limit,
    at,
  }: Readonly<{ policyId: string; filter: BulkFilter; after: string; limit: number; at: Instant }>,
): Promise<Move[]> {
  const wanted = { ...filter, toPolicy: policyId };
  const customerNos = await nextReached(
    sql,
    { kind: 'migrate', filter: wanted, after },
    { at, limit },
  );
  const open = await sql.$queryRaw<{ customerNo: string; period: Period }[]>`
    select customer_no as "customerNo", period from cycle where customer_no = any(${customerNos}) and outcome is null`;
  const moves: Move[] = [];
  for (const period of new Set(open.map((cycle) => cycle.period))) {
    const of = open.filter((cycle) => cycle.period === period).map(({ customerNo }) => customerNo);
    for (const account of await loadAccounts(sql, of, period, at))
      moves.push(await moveOf(book, account, { policyId, at }));
  }
  return moves.sort((a, b) => (a.customerNo < b.customerNo ? -1 : 1));
}

async function moveOf(
  book: RuleBook,
  { facts, customer, policyId: from }: Account,
  { policyId, at }: Readonly<{ policyId: string; at: Instant }>,
): Promise<Move> {
  const before = await book.rules(from ?? policyId);
  const after = await book.rules(policyId);
  const { customerNo, station } = customer;
  return {
    ...{ customerNo, station, period: facts.period, level: facts.level },
    policyId: before.policy.id,
    before: nextStep(facts, before, at),
    after: nextStep(facts, after, at),
    refusedBecause: migrationRefused(facts, before.policy, after.policy),
  };
}

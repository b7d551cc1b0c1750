import { levelLabel, type Level } from '../domain/policy';
import { dateOf, periodOf, type Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { openCycleOf } from './cycles';
import { loadAccounts, type Account } from './facts';
import { writeGrades } from './grades';
import { gradeAccounts } from './grading';
import { nudgeCustomer } from './nudges';
import type { RuleBook } from './rules';

export type WantedOverride = Readonly<{ customerNo: string; level: Level; until: Instant }>;

/** Why a level cannot be decided on as of `at`, as a sentence; null when it can. Reads only. */
export async function overrideRefused(
  tx: Sql,
  { customerNo, level, until }: WantedOverride,
  at: Instant,
): Promise<string | null> {
  if (until <= at) return `The override would end at ${until}, which is past. Name a later end.`;
  const [same] = await tx.$queryRaw<{ sameEnd: boolean }[]>`
    select until_at = ${until}::timestamptz as "sameEnd" from grade_override
    where customer_no = ${customerNo} and level = ${level} and from_at <= ${at}::timestamptz and until_at > ${at}::timestamptz and ended_at is null`;
  if (same?.sameEnd === true)
    return `An override to level ${levelLabel[level]} until ${until} is in force already.`;
  const account = await accountOf(tx, customerNo, at);
  // The same level with another end is an override that goes on longer, or less long.
  return account?.facts.level === level && same === undefined
    ? `The customer is at level ${levelLabel[level]} already; an override to it changes nothing.`
    : null;
}

/**
 * Puts an approved override in force from `at`: it takes the place of one in force, and the level is found anew at once. Part of the
 * approval's transaction; its id is the approval's, so a repeat fails on the key.
 */
export async function beginOverride(
  tx: Sql,
  book: RuleBook,
  { id, customerNo, level, until }: WantedOverride & Readonly<{ id: string }>,
  { at, actor }: Pick<Order, 'at' | 'actor'>,
): Promise<void> {
  await endInForce(tx, customerNo, { at, actor });
  await tx.$executeRaw`
    insert into grade_override (id, customer_no, level, from_at, until_at)
    values (${id}, ${customerNo}, ${level}, ${at}::timestamptz, ${until}::timestamptz)`;
  const account = await accountOf(tx, customerNo, at);
  const policy = await book.grading(dateOf(at));
  const grades = await gradeAccounts(tx, account === null ? [] : [account], policy, at);
  await writeGrades(tx, grades, { policyId: policy.id, asOf: at });
  await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
}

/**
 * Ends the override in force before its time; the next grading goes by the points again. One person may: it gives back what the rules
 * say. Idempotent by the order's id; refused when there is none.
 */
export const endOverride = (db: Db, order: Order, customerNo: string): Promise<CommandResult> =>
  command(db, order, { kind: 'endOverride', customerNo, body: {} }, async (tx) => {
    const ended = await endInForce(tx, customerNo, order);
    if (ended === 0) return refused(`Customer ${customerNo} has no override in force.`);
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return applied;
  });

const endInForce = (
  tx: Sql,
  customerNo: string,
  { at, actor }: Pick<Order, 'at' | 'actor'>,
): Promise<number> => tx.$executeRaw`
  update grade_override set ended_at = ${at}::timestamptz, ended_by = ${actor}
  where customer_no = ${customerNo} and ended_at is null and until_at > ${at}::timestamptz`;

async function accountOf(tx: Sql, customerNo: string, at: Instant): Promise<Account | null> {
  const period = (await openCycleOf(tx, customerNo)) ?? periodOf(dateOf(at));
  const [account] = await loadAccounts(tx, [customerNo], period, at);
  return account ?? null;
}

export type OverrideRow = Readonly<{
  id: string;
  customerNo: string;
  station: string;
  level: Level;
  from: Instant;
  until: Instant;
  endedAt: Instant | null;
  endedBy: string | null;
  reason: string;
  requestedBy: string;
  approvedBy: string;
}>;

export const OVERRIDE_STATES = ['inForce', 'over', 'all'] as const;

/** The levels that were decided on, the latest first, with what is in force at `at` told apart. Reads only. */
export const listOverrides = (
  sql: Sql,
  {
    stations,
    state,
    station,
    customerNo,
    after,
    limit,
  }: Readonly<{
    /** Null: all. */
    stations: readonly string[] | null;
    state: (typeof OVERRIDE_STATES)[number];
    station: string | null;
    customerNo: string | null;
    /** Key of the last row seen: from when it was in force, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
  at: Instant,
): Promise<OverrideRow[]> =>
  sql.$queryRaw`
    select o.id, o.customer_no as "customerNo", c.station, o.level, instant_text(o.from_at) as "from", instant_text(o.until_at) as until,
      instant_text(o.ended_at) as "endedAt", o.ended_by as "endedBy", a.reason, a.requested_by as "requestedBy", a.decided_by as "approvedBy"
    from grade_override o join approval a using (id) join customer c on c.customer_no = o.customer_no
    where (${stations === null} or c.station = any(${[...(stations ?? [])]})) and (${station}::text is null or c.station = ${station})
      and (${customerNo}::text is null or o.customer_no = ${customerNo})
      and (${state} = 'all' or (o.ended_at is null and o.until_at > ${at}::timestamptz) = (${state} = 'inForce'))
      and (${after?.[0] ?? null}::timestamptz is null or (o.from_at, o.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by o.from_at desc, o.id desc limit ${limit}`;

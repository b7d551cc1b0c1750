import type { Instant } from '../domain/time';
import { countReach, nextReached, type BulkFilter, type BulkKind } from './bulk-reach';
import { inTransaction, type Db, type Sql } from './client';
import { stationNow } from './clock';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { Prisma } from './generated/client';
import { holdCustomerIn, releaseCustomerIn } from './holds';
import { migrateCycleIn, migrationTargetRefused } from './policy-migrations';
import { openRuleBook, type RuleBook } from './rules';
import { freshenStandings } from './standings';

/** Half a second of locks: a payment of one of these customers waits no longer. */
const PAGE = 100;

export type Bulk = Readonly<{
  kind: BulkKind;
  filter: BulkFilter;
  until: Instant | null;
  /** It is not begun before then; null: at once. */
  beginsAt: Instant | null;
}>;

/**
 * Orders a hold, a release or a migration over all customers that fit: a row, carried out page by page (`carryOutPage`). Idempotent by the order's id.
 * Refused when nobody fits, or others than the ones the person was told of (`expected`; null: whoever fits).
 */
export const orderBulk = (
  db: Db,
  order: Order,
  given: Bulk & Readonly<{ expected: number | null }>,
): Promise<CommandResult> => {
  const { kind, filter, until, beginsAt, expected } = given;
  const entry = { kind: `bulk ${kind}`, customerNo: null, body: { filter, until, beginsAt } };
  return command(db, order, entry, async (tx) => {
    const { id, reason, actor, at } = order;
    const no = await notOrdered(tx, given, at);
    if (no !== null) return refused(no);
    const total = await countReach(tx, { kind, filter }, at);
    if (total === 0) return refused('No customer fits; nothing would be done.');
    if (expected !== null && expected !== total)
      return refused(`${total} customers fit now, not ${expected}. Look again.`);
    await tx.$executeRaw`
      insert into bulk_order (id, kind, filter, body, reason, actor, at, begins_at, total, state)
      values (${id}, ${kind}, ${JSON.stringify(filter)}::jsonb, ${JSON.stringify({ until })}::jsonb, ${reason}, ${actor},
        ${at}::timestamptz, ${beginsAt}::timestamptz, ${total}, 'running')`;
    return applied;
  });
};

/** Why an order makes no sense as of an instant, as a sentence; null when it does. */
async function notOrdered(
  tx: Sql,
  { kind, filter, until, beginsAt }: Bulk,
  at: Instant,
): Promise<string | null> {
  if (until !== null && until <= at) return 'A hold must end after it begins.';
  if (beginsAt !== null && beginsAt < at) return 'An order cannot begin in the past.';
  const { toPolicy } = filter;
  return kind === 'migrate' ? migrationTargetRefused(tx, toPolicy ?? '', beginsAt ?? at) : null;
}

/** Stops a bulk order between two pages. What was done stays. Idempotent by the order's id; refused when it has ended. */
export const stopBulk = (db: Db, order: Order, id: string): Promise<CommandResult> =>
  command(db, order, { kind: 'stop bulk', customerNo: null, body: { id } }, async (tx) => {
    // Waits for the page under way, which holds the row.
    const stopped = await tx.$executeRaw`
      update bulk_order set state = 'stopped', ended_by = ${order.actor}, ended_at = ${order.at}::timestamptz
      where id = ${id} and state = 'running'`;
    return stopped === 0 ? refused(`Bulk order ${id} does not run.`) : applied;
  });

type Running = Omit<Bulk, 'beginsAt'> &
  Readonly<{ id: string; reason: string; actor: string; at: Instant; after: string }>;

/**
 * Carries out one page of the oldest bulk order that runs, in one transaction with the note of how far it came: killed at any instant it
 * goes on from there. Two workers share the work: the row is locked, and who finds it locked passes on. False: nothing to do.
 */
export async function carryOutPage(db: Db, page = PAGE): Promise<boolean> {
  const asOf = await stationNow(db);
  const [runs] = await db.$queryRaw<
    unknown[]
  >`select from bulk_order where state = 'running' and ${hasBegun(asOf)} limit 1`;
  if (runs === undefined) return false;
  await freshenStandings(db, asOf);
  return inTransaction(db, async (tx) => {
    const [bulk] = await tx.$queryRaw<Running[]>`
      select id, kind, filter, body->>'until' as until, reason, actor, instant_text(at) as at, after from bulk_order
      where state = 'running' and ${hasBegun(asOf)} order by at, id limit 1 for update skip locked`;
    if (bulk === undefined) return false;
    // The clock of now: a hold may not begin before a step that was taken since it was ordered.
    const now = await stationNow(tx);
    const at = now > bulk.at ? now : bulk.at;
    const customers = await nextReached(tx, bulk, { at, limit: page });
    // Of this page alone: the versions of now.
    const book = openRuleBook(tx);
    let no = 0;
    for (const customerNo of customers) {
      const result = await carryOut(tx, bulk, { customerNo, at, book });
      if (result.kind === 'refused') no += 1;
    }
    const ended = customers.length < page;
    await tx.$executeRaw`
      update bulk_order set done = done + ${customers.length - no}, refused = refused + ${no}, after = ${customers.at(-1) ?? bulk.after},
        state = ${ended ? 'finished' : 'running'}, ended_by = case when ${ended} then 'system' end,
        ended_at = case when ${ended} then ${at}::timestamptz end
      where id = ${bulk.id}`;
    return true;
  });
}

const hasBegun = (asOf: Instant): Prisma.Sql =>
  Prisma.sql`(begins_at is null or begins_at <= ${asOf}::timestamptz)`;

/** The order over one customer has an id of its own, made of both: however often it is given, it is one. */
function carryOut(
  tx: Sql,
  { id, kind, until, reason, actor, filter }: Running,
  { customerNo, at, book }: Readonly<{ customerNo: string; at: Instant; book: RuleBook }>,
): Promise<CommandResult> {
  const order: Order = { id: `${id}/${customerNo}`, actor, reason, at, door: 'api' };
  if (kind === 'hold') return holdCustomerIn(tx, order, { customerNo, from: at, until });
  const { heldBy, toPolicy } = filter;
  if (kind === 'migrate')
    return migrateCycleIn(tx, book, order, { customerNo, policyId: toPolicy ?? '' });
  const holdId = heldBy === null ? null : `${heldBy}/${customerNo}`;
  return releaseCustomerIn(tx, order, { customerNo, holdId });
}

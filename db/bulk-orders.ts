import type { Instant } from '../domain/time';
import { countReach, nextReached, type BulkFilter, type BulkKind } from './bulk-reach';
import { inTransaction, type Db, type Sql } from './client';
import { stationNow } from './clock';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { freshenStandings } from './standings';
import { holdCustomerIn, releaseCustomerIn } from './holds';

/** Half a second of locks: a payment of one of these customers waits no longer. */
const PAGE = 100;

export type Bulk = Readonly<{ kind: BulkKind; filter: BulkFilter; until: Instant | null }>;

/**
 * Orders a hold or a release over all customers that fit: a row, carried out page by page (`carryOutPage`). Idempotent by the order's id.
 * Refused when nobody fits, or others than the ones the person was told of (`expected`; null: whoever fits).
 */
export const orderBulk = (
  db: Db,
  order: Order,
  { kind, filter, until, expected }: Bulk & Readonly<{ expected: number | null }>,
): Promise<CommandResult> => {
  const entry = { kind: `bulk ${kind}`, customerNo: null, body: { filter, until } };
  return command(db, order, entry, async (tx) => {
    const { id, reason, actor, at } = order;
    if (until !== null && until <= at) return refused('A hold must end after it begins.');
    const total = await countReach(tx, { kind, filter }, at);
    if (total === 0) return refused('No customer fits; nothing would be done.');
    if (expected !== null && expected !== total)
      return refused(`${total} customers fit now, not ${expected}. Look again.`);
    await tx.$executeRaw`
      insert into bulk_order (id, kind, filter, body, reason, actor, at, total, state)
      values (${id}, ${kind}, ${JSON.stringify(filter)}::jsonb, ${JSON.stringify({ until })}::jsonb, ${reason}, ${actor},
        ${at}::timestamptz, ${total}, 'running')`;
    return applied;
  });
};

/** Stops a bulk order between two pages. What was done stays. Idempotent by the order's id; refused when it has ended. */
export const stopBulk = (db: Db, order: Order, id: string): Promise<CommandResult> =>
  command(db, order, { kind: 'stop bulk', customerNo: null, body: { id } }, async (tx) => {
    // Waits for the page under way, which holds the row.
    const stopped = await tx.$executeRaw`
      update bulk_order set state = 'stopped', ended_by = ${order.actor}, ended_at = ${order.at}::timestamptz
      where id = ${id} and state = 'running'`;
    return stopped === 0 ? refused(`Bulk order ${id} does not run.`) : applied;
  });

type Running = Bulk &
  Readonly<{ id: string; reason: string; actor: string; at: Instant; after: string }>;

/**
 * Carries out one page of the oldest bulk order that runs, in one transaction with the note of how far it came: killed at any instant it
 * goes on from there. Two workers share the work: the row is locked, and who finds it locked passes on. False: nothing to do.
 */
export async function carryOutPage(db: Db, page = PAGE): Promise<boolean> {
  const [runs] = await db.$queryRaw<
    unknown[]
  >`select from bulk_order where state = 'running' limit 1`;
  if (runs === undefined) return false;
  await freshenStandings(db, await stationNow(db));
  return inTransaction(db, async (tx) => {
    const [bulk] = await tx.$queryRaw<Running[]>`
      select id, kind, filter, body->>'until' as until, reason, actor, instant_text(at) as at, after from bulk_order
      where state = 'running' order by at, id limit 1 for update skip locked`;
    if (bulk === undefined) return false;
    // The clock of now: a hold may not begin before a step that was taken since it was ordered.
    const now = await stationNow(tx);
    const at = now > bulk.at ? now : bulk.at;
    const customers = await nextReached(tx, bulk, { at, limit: page });
    let no = 0;
    for (const customerNo of customers) {
      const result = await carryOut(tx, bulk, { customerNo, at });
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

/** The order over one customer has an id of its own, made of both: however often it is given, it is one. */
function carryOut(
  tx: Sql,
  { id, kind, until, reason, actor, filter }: Running,
  { customerNo, at }: Readonly<{ customerNo: string; at: Instant }>,
): Promise<CommandResult> {
  const order: Order = { id: `${id}/${customerNo}`, actor, reason, at, door: 'api' };
  if (kind === 'hold') return holdCustomerIn(tx, order, { customerNo, from: at, until });
  const { heldBy } = filter;
  const holdId = heldBy === null ? null : `${heldBy}/${customerNo}`;
  return releaseCustomerIn(tx, order, { customerNo, holdId });
}

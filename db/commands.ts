import type { Instant } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';

/** Who orders what, why, and by which door. The id makes it idempotent: the second of the same id changes nothing. */
export type Order = Readonly<{
  id: string;
  actor: string;
  reason: string;
  /** The station's clock, or the workflow's. */
  at: Instant;
  door: 'cli' | 'signal' | 'api' | 'import' | 'callback' | 'system';
  /** Of the API's request, so that log and audit meet. */
  requestId?: string;
  /** It is carried out and taken back: only what would become of it is asked. Leaves no entry either. */
  dryRun?: boolean;
}>;
export type CommandResult = Readonly<
  { kind: 'applied' } | { kind: 'repeated' } | { kind: 'refused'; because: string }
>;

export const applied: CommandResult = { kind: 'applied' };
export const refused = (because: string): CommandResult => ({ kind: 'refused', because });

/** What an order is, and whom it is about; `customerNo` null: a station, everything, or no customer at all. */
export type Entry = Readonly<{
  kind: string;
  customerNo: string | null;
  body: Readonly<Record<string, unknown>>;
}>;
type Work = (tx: Sql) => Promise<CommandResult>;

/**
 * One order as one transaction: the fact, the entry that says who and why, and the nudge. A refused one is on record too, with the sentence; one
 * about somebody who is not on the book leaves no row.
 */
export const command = (db: Db, order: Order, entry: Entry, work: Work): Promise<CommandResult> =>
  inTransaction(db, (tx) => commandIn(tx, order, entry, work), { dryRun: order.dryRun === true });

/** The same as a part of the caller's transaction: one of many orders that stand or fall together. */
export async function commandIn(
  tx: Sql,
  order: Order,
  { kind, customerNo, body }: Entry,
  work: Work,
): Promise<CommandResult> {
  if (customerNo !== null) {
    const known = await tx.$queryRaw<
      unknown[]
    >`select from customer where customer_no = ${customerNo} for update`;
    if (known.length === 0) return refused(`There is no customer ${customerNo}.`);
  }
  const entered = await tx.$executeRaw`
    insert into command (id, kind, customer_no, body, actor, reason, door, at, station, request_id)
    values (${order.id}, ${kind}, ${customerNo}, ${JSON.stringify(body)}::jsonb, ${order.actor}, ${order.reason}, ${order.door},
      ${order.at}::timestamptz, (select station from customer where customer_no = ${customerNo}), ${order.requestId ?? null})
    on conflict (id) do nothing`;
  if (entered === 0) return again(tx, order, { kind, customerNo });
  const result = await work(tx);
  if (result.kind === 'refused')
    await tx.$executeRaw`update command set refused_because = ${result.because} where id = ${order.id}`;
  return result;
}

/** What the first of the same id came to. An id that was used for another order is a mistake, not a repeat. */
async function again(
  tx: Sql,
  { id }: Order,
  { kind, customerNo }: Pick<Entry, 'kind' | 'customerNo'>,
): Promise<CommandResult> {
  const [first] = await tx.$queryRaw<{ same: boolean; refusedBecause: string | null }[]>`
    select kind = ${kind} and customer_no is not distinct from ${customerNo} as same, refused_because as "refusedBecause"
    from command where id = ${id}`;
  if (first?.same !== true) return refused(`The id ${id} was used for another order.`);
  return first.refusedBecause === null ? { kind: 'repeated' } : refused(first.refusedBecause);
}

import type { Instant } from '../domain/time';
import type { Db, Sql } from './client';
import {
  applied,
  command,
  commandIn,
  refused,
  type CommandResult,
  type Entry,
  type Order,
} from './commands';
import { nudgeCustomer, nudgeStation } from './nudges';

export type Scope = 'customer' | 'bill' | 'station' | 'everything';
/** What a hold is over; `ref` is the customer, bill or station number, empty for everything. */
export type Over = Readonly<{ scope: Scope; ref: string }>;

type Span = Readonly<{ from: Instant; until: Instant | null }>;

/**
 * Stops policy time over a customer, a bill, a station or everything. Idempotent by the order's id. A hold may begin in the past, but
 * not before the last step that was taken. Over a station it is one row: running cycles find it when they next act.
 */
export async function placeHold(db: Db, order: Order, hold: Over & Span): Promise<CommandResult> {
  const { scope, ref } = hold;
  const customerNo = await customerOf(db, { scope, ref });
  if (customerNo === UNKNOWN) return refused(`There is no ${scope} ${ref}.`);
  return command(db, order, placing(customerNo, hold), (tx) =>
    place(tx, order, { ...hold, customerNo }),
  );
}

/** The same over one customer, as a part of the caller's transaction. */
export function holdCustomerIn(
  tx: Sql,
  order: Order,
  { customerNo, ...span }: Span & Readonly<{ customerNo: string }>,
): Promise<CommandResult> {
  const hold = { scope: 'customer', ref: customerNo, ...span } as const;
  return commandIn(tx, order, placing(customerNo, hold), () =>
    place(tx, order, { ...hold, customerNo }),
  );
}

const placing = (customerNo: string | null, { scope, ref, from, until }: Over & Span): Entry => ({
  kind: 'hold',
  customerNo,
  body: { scope, ref, from, until },
});

async function place(
  tx: Sql,
  order: Order,
  { scope, ref, from, until, customerNo }: Over & Span & Readonly<{ customerNo: string | null }>,
): Promise<CommandResult> {
  if (until !== null && until <= from) return refused('A hold must end after it begins.');
  const last = await lastStepAt(tx, { scope, ref });
  if (last !== null && from < last)
    return refused(`The last step was taken at ${last}; a hold cannot begin before it.`);
  await tx.$executeRaw`
    insert into hold (id, scope, ref, from_at, until_at, reason, placed_by, placed_at)
    values (${order.id}, ${scope}, ${ref}, ${from}::timestamptz, ${until}::timestamptz, ${order.reason}, ${order.actor}, ${order.at}::timestamptz)`;
  if (customerNo !== null)
    await nudgeCustomer(tx, customerNo, {
      signal: 'pause',
      body: payload(order, until === null ? {} : { until }),
    });
  return applied;
}

/** Ends the holds over exactly this customer, bill, station or everything. Idempotent by the order's id; refused when there is none. */
export async function releaseHold(
  db: Db,
  order: Order,
  { scope, ref }: Over,
): Promise<CommandResult> {
  const customerNo = await customerOf(db, { scope, ref });
  if (customerNo === UNKNOWN) return refused(`There is no ${scope} ${ref}.`);
  const entry = { kind: 'release', customerNo, body: { scope, ref } };
  return command(db, order, entry, (tx) =>
    release(tx, order, { scope, ref, customerNo, holdId: null }),
  );
}

/** The same over one customer, as a part of the caller's transaction; `holdId`: that hold alone, null: all of them. */
export function releaseCustomerIn(
  tx: Sql,
  order: Order,
  { customerNo, holdId }: Readonly<{ customerNo: string; holdId: string | null }>,
): Promise<CommandResult> {
  const over = { scope: 'customer', ref: customerNo } as const;
  const entry = { kind: 'release', customerNo, body: { ...over, holdId } };
  return commandIn(tx, order, entry, () => release(tx, order, { ...over, customerNo, holdId }));
}

async function release(
  tx: Sql,
  order: Order,
  {
    scope,
    ref,
    customerNo,
    holdId,
  }: Over & Readonly<{ customerNo: string | null; holdId: string | null }>,
): Promise<CommandResult> {
  const released = await tx.$executeRaw`
    update hold set released_at = ${order.at}::timestamptz, released_by = ${order.actor}
    where scope = ${scope} and ref = ${ref} and (${holdId}::text is null or id = ${holdId})
      and released_at is null and (until_at is null or until_at > ${order.at}::timestamptz)`;
  if (released === 0) return refused('There is no hold to release.');
  const nudge = { signal: 'resume' as const, body: payload(order, {}) };
  await (customerNo === null
    ? nudgeStation(tx, scope === 'station' ? ref : null, nudge)
    : nudgeCustomer(tx, customerNo, nudge));
  return applied;
}

/** What a signal of this order carries. Not the reason, which a person wrote freely (law 8): it stands in the database under the id. */
export const payload = (
  { id, actor }: Order,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({ id, actor, ...more });

/** Not the number of anybody: the customer, bill or station is not on the book. */
const UNKNOWN = Symbol('unknown');

/** The customer a hold concerns; null for a station or everything. */
export async function customerOf(
  sql: Sql,
  { scope, ref }: Over,
): Promise<string | null | typeof UNKNOWN> {
  if (scope === 'everything') return null;
  if (scope === 'customer') return ref;
  if (scope === 'station') {
    const [row] = await sql.$queryRaw<
      unknown[]
    >`select from customer where station = ${ref} limit 1`;
    return row === undefined ? UNKNOWN : null;
  }
  const [bill] = await sql.$queryRaw<
    { customerNo: string }[]
  >`select customer_no as "customerNo" from bill where bill_no = ${ref}`;
  return bill?.customerNo ?? UNKNOWN;
}

async function lastStepAt(sql: Sql, { scope, ref }: Over): Promise<Instant | null> {
  if (scope === 'station' || scope === 'everything') return null;
  const [row] = await sql.$queryRaw<{ at: Instant | null }[]>`
    select instant_text(max(at)) as at from step
    where status = 'done' and case ${scope} when 'customer' then customer_no = ${ref} else bill_no = ${ref} end`;
  return row?.at ?? null;
}

/** Customers with an open cycle that a hold over this would concern. */
export async function countOver(sql: Sql, { scope, ref }: Over): Promise<number> {
  const [row] = await sql.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from cycle where outcome is null and case ${scope}
      when 'customer' then customer_no = ${ref} when 'station' then station = ${ref} when 'everything' then true
      else customer_no = (select customer_no from bill where bill_no = ${ref}) end`;
  return row?.n ?? 0;
}

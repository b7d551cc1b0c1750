import { dateOf, type CivilDate, type Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { nudgeCustomer } from './nudges';

/** The promised day is over: what was promised is paid, or is not. Safe to repeat. */
export async function settlePromise(
  tx: Sql,
  { id, kept, at }: Readonly<{ id: string; kept: boolean; at: Instant }>,
): Promise<void> {
  await tx.$executeRaw`update promise set kept = ${kept}, settled_at = ${at}::timestamptz where id = ${id} and kept is null`;
}

/** Records what the customer promised; policy time stands still until the end of that day. Safe to repeat by id; one open promise a customer. */
export async function recordPromise(
  tx: Sql,
  {
    id,
    customerNo,
    promisedOn,
    at,
    actor,
  }: Readonly<{
    id: string;
    customerNo: string;
    promisedOn: CivilDate;
    at: Instant;
    actor: string;
  }>,
): Promise<void> {
  await tx.$executeRaw`
    insert into promise (id, customer_no, promised_on, made_at, made_to)
    values (${id}, ${customerNo}, ${promisedOn}::date, ${at}::timestamptz, ${actor}) on conflict do nothing`;
}

/** A person notes what the customer promised, without a task. Idempotent by the order's id; refused for a past day and beside an open promise. */
export function promise(
  db: Db,
  order: Order,
  { customerNo, promisedOn }: Readonly<{ customerNo: string; promisedOn: CivilDate }>,
): Promise<CommandResult> {
  const entry = { kind: 'promise', customerNo, body: { promisedOn } };
  return command(db, order, entry, async (tx) => {
    const { id, at, actor } = order;
    if (promisedOn < dateOf(at)) return refused(`The promised day ${promisedOn} is over.`);
    const [open] = await tx.$queryRaw<{ on: string }[]>`
      select promised_on::text as "on" from promise where customer_no = ${customerNo} and kept is null`;
    if (open !== undefined) return refused(`There is an open promise for ${open.on} already.`);
    await recordPromise(tx, { id, customerNo, promisedOn, at, actor });
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return applied;
  });
}

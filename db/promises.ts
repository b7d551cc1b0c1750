import type { CivilDate, Instant } from '../domain/time';
import type { Sql } from './client';

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

import { cycleId } from '../domain/run-ids';
import type { Sql } from './client';

/** A signal to send. What it says is already true in the database; a lost one is only late. */
export type Nudge = Readonly<{
  workflowId: string;
  signal: 'changed' | 'pause' | 'resume' | 'escalate';
  body: Readonly<Record<string, unknown>>;
}>;

/** For SQL's `format`, with the customer and the period. */
const CYCLE_ID = cycleId('%s', '%s');

/** Keeps nudges in the transaction of the fact they tell of. */
export async function writeNudges(tx: Sql, nudges: readonly Nudge[]): Promise<void> {
  await tx.$executeRaw`
    insert into nudge (workflow_id, signal, body)
    select "workflowId", signal, body from jsonb_to_recordset(${JSON.stringify(nudges)}::jsonb) as row
      ("workflowId" text, signal text, body jsonb)`;
}

/** Nudges the customer's open cycle, if there is one. */
export async function nudgeCustomer(
  tx: Sql,
  customerNo: string,
  { signal, body }: Omit<Nudge, 'workflowId'>,
): Promise<void> {
  await tx.$executeRaw`
    insert into nudge (workflow_id, signal, body)
    select format(${CYCLE_ID}::text, customer_no, period), ${signal}, ${JSON.stringify(body)}::jsonb
    from cycle where customer_no = ${customerNo} and outcome is null`;
}

/** Nudges every open cycle of a station, or of all: after a release they all have something to do. */
export async function nudgeStation(
  tx: Sql,
  station: string | null,
  { signal, body }: Omit<Nudge, 'workflowId'>,
): Promise<void> {
  await tx.$executeRaw`
    insert into nudge (workflow_id, signal, body)
    select format(${CYCLE_ID}::text, customer_no, period), ${signal}, ${JSON.stringify(body)}::jsonb
    from cycle where outcome is null and (${station}::text is null or station = ${station})`;
}

type DueNudge = Nudge & Readonly<{ id: bigint; attempts: number }>;

/** Waits between tries; the last is repeated for ever, because a nudge is never given up. */
const RETRY_MS = [1_000, 5_000, 30_000, 300_000] as const;
const BATCH = 200;

/**
 * Sends what is due, oldest first, and forgets what was sent. `send` answers `gone` when there is no such run any more, which is fine.
 * Two relays side by side share the work: a row being sent is locked. A relay that dies sends the row again, which harms nothing.
 */
export async function relayNudges(
  sql: Sql,
  send: (nudge: Nudge) => Promise<'sent' | 'gone'>,
): Promise<{ sent: number; failed: number }> {
  const due = await sql.$queryRaw<DueNudge[]>`
    with taken as (
      update nudge set not_before = clock_timestamp() + interval '30 seconds', attempts = attempts + 1
      where id in (select id from nudge where not_before <= clock_timestamp() order by id limit ${BATCH} for update skip locked)
      returning id, workflow_id, signal, body, attempts)
    select id, workflow_id as "workflowId", signal, body, attempts from taken order by id`;
  const results = await Promise.all(due.map((nudge) => attempt(nudge, send)));
  const done = results.filter((result) => result.error === null).map(({ id }) => id);
  if (done.length > 0) await sql.$executeRaw`delete from nudge where id = any(${done}::bigint[])`;
  for (const { id, attempts, error } of results) {
    if (error === null) continue;
    const waitMs = RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? 300_000;
    await sql.$executeRaw`
      update nudge set not_before = clock_timestamp() + ${waitMs} * interval '1 millisecond', last_error = ${error} where id = ${id}`;
  }
  return { sent: done.length, failed: due.length - done.length };
}

async function attempt(
  nudge: DueNudge,
  send: (nudge: Nudge) => Promise<unknown>,
): Promise<{ id: bigint; attempts: number; error: string | null }> {
  const { id, attempts } = nudge;
  try {
    await send(nudge);
    return { id, attempts, error: null };
  } catch (error) {
    return { id, attempts, error: error instanceof Error ? error.message : String(error) };
  }
}

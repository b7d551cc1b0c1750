import { cycleId, deviceId } from '../domain/run-ids';
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

/** Waits after the first tries. */
const RETRY_MS = [1_000, 5_000] as const;
/** After each later one, for ever, because a nudge is never given up; so long may a payment wait when an engine that was away is back. */
const RETRY_LAST_MS = 30_000;
const BATCH = 200;
/** Of proposals. On a bill day there are thousands of them, and a payment must not wait behind those. */
const PROPOSALS = 20;
/** For SQL's `like`. */
const PROPOSAL = deviceId('%');

/**
 * Sends what is due, oldest first, but not many proposals beside the months, and forgets what was sent. `send` answers `gone` when there is no
 * such run: that is fine once its month has ended, and before, when its row stands but its run is not started yet, the nudge waits for it.
 * Two relays side by side share the work: a row being sent is locked. A relay that dies sends the row again, which harms nothing.
 */
export async function relayNudges(
  sql: Sql,
  send: (nudge: Nudge) => Promise<'sent' | 'gone'>,
): Promise<{ sent: number; failed: number }> {
  const due = await sql.$queryRaw<DueNudge[]>`
    with months as (
      select id from nudge where not_before <= clock_timestamp() and workflow_id not like ${PROPOSAL}
      order by id limit ${BATCH} for update skip locked),
    proposals as (
      select id from nudge where not_before <= clock_timestamp() and workflow_id like ${PROPOSAL}
      order by id limit ${PROPOSALS} for update skip locked),
    taken as (
      update nudge set not_before = clock_timestamp() + interval '30 seconds', attempts = attempts + 1
      where id in (select id from months union all select id from proposals)
      returning id, workflow_id, signal, body, attempts)
    select id, workflow_id as "workflowId", signal, body, attempts from taken order by id`;
  const results = await Promise.all(due.map((nudge) => attempt(nudge, send)));
  const early = await runless(sql, results);
  for (const result of results) if (early.has(result.id)) result.error = 'its run is not there yet';
  const done = results.filter((result) => result.error === null).map(({ id }) => id);
  if (done.length > 0) await sql.$executeRaw`delete from nudge where id = any(${done}::bigint[])`;
  for (const { id, attempts, error } of results) {
    if (error === null) continue;
    const waitMs = RETRY_MS[attempts - 1] ?? RETRY_LAST_MS;
    await sql.$executeRaw`
      update nudge set not_before = clock_timestamp() + ${waitMs} * interval '1 millisecond', last_error = ${error} where id = ${id}`;
  }
  return { sent: done.length, failed: due.length - done.length };
}

type Attempt = Pick<DueNudge, 'id' | 'attempts'> & { error: string | null; gone: boolean };

async function attempt(
  nudge: DueNudge,
  send: (nudge: Nudge) => Promise<'sent' | 'gone'>,
): Promise<Attempt> {
  const { id, attempts } = nudge;
  try {
    return { id, attempts, error: null, gone: (await send(nudge)) === 'gone' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, attempts, error: message, gone: false };
  }
}

/** Of the nudges that found no run, those whose month is open. */
async function runless(sql: Sql, results: readonly Attempt[]): Promise<Set<bigint>> {
  const gone = results.filter((result) => result.gone).map(({ id }) => id);
  if (gone.length === 0) return new Set();
  const rows = await sql.$queryRaw<{ id: bigint }[]>`
    select n.id from nudge n join cycle c on c.customer_no = split_part(n.workflow_id, '/', 2)
      and n.workflow_id = format(${CYCLE_ID}::text, c.customer_no, c.period) and c.outcome is null
    where n.id = any(${gone}::bigint[])`;
  return new Set(rows.map(({ id }) => id));
}

import type { Sql } from '../../db/client';
import { deviceId } from '../../domain/run-ids';
import type { Instant } from '../../domain/time';
import type { Stage } from './stage';
import { forwardTo } from './time-skipping';

/** Beyond the instant of its task, so that what is done then has been done. */
const BEYOND_MS = 60_000;

/**
 * Lets a customer's proposal have its day, if that is not after `asOf`: its run has a clock of its own, which nobody else moves. Nobody does its first
 * task, so after that day the run waits for ever. Safe to repeat.
 */
export async function playProposal(
  { db, connection, namespace, prefix, worker }: Stage,
  customerNo: string,
  asOf: Instant,
): Promise<void> {
  const found = await dueProposal(db, customerNo, asOf);
  if (found === null) return;
  const workflowId = `${prefix}${deviceId(customerNo)}`;
  // It is asked for some minutes ahead, because bill day's starts come first; here nobody is in a hurry.
  await db.$executeRaw`update nudge set not_before = clock_timestamp() where workflow_id = ${deviceId(customerNo)}`;
  await worker.relay();
  await forwardTo(
    connection,
    namespace,
    workflowId,
    Date.parse(found.dueAt) - found.offsetMs + BEYOND_MS,
  );
}

type Due = Readonly<{ dueAt: Instant; offsetMs: number }>;

async function dueProposal(sql: Sql, customerNo: string, asOf: Instant): Promise<Due | null> {
  const [row] = await sql.$queryRaw<Due[]>`
    select instant_text(t.due_at) as "dueAt", dc.offset_ms::float8 as "offsetMs"
    from task t join device_case dc using (customer_no)
    where t.customer_no = ${customerNo} and t.kind = 'deviceContact' and t.outcome is null and t.escalated_at is null
      and t.due_at <= ${asOf}::timestamptz and dc.closed_at is null`;
  return row ?? null;
}

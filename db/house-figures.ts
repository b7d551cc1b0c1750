import type { Sql } from './client';

/** How the house stands, for whoever watches it: counts, and ages in seconds (-1: there is none). Reads only. */
export async function houseFigures(sql: Sql): Promise<Readonly<Record<string, number>>> {
  const [row] = await sql.$queryRaw<Record<string, number>[]>`
    select (select count(*)::int from cycle where outcome is null) as "openCycles",
      (select count(*)::int from nudge) as "nudgesWaiting",
      (select coalesce(extract(epoch from clock_timestamp() - min(not_before))::int, -1) from nudge where attempts > 0) as "oldestFailedNudgeSeconds",
      (select count(*)::int from message where status = 'sending') as "messagesSending",
      (select count(*)::int from message where status = 'waiting') as "messagesWaiting",
      (select count(*)::int from message where status = 'unknown') as "messagesUnknown",
      (select count(*)::int from task where outcome is null) as "openTasks",
      (select count(*)::int from task where outcome is null and escalated_at is not null) as "stalledTasks",
      (select count(*)::int from hold where released_at is null and scope in ('station', 'everything')) as "wideHolds",
      (select count(*)::int from payment where customer_no is null) as "unmatchedPayments",
      (select coalesce(extract(epoch from clock_timestamp() - max(imported_at))::int, -1) from import_file where kind = 'payments') as "lastPaymentFileSeconds"`;
  return row ?? {};
}

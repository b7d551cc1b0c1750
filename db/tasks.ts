import type { Instant } from '../domain/time';
import type { Sql } from './client';

/** Passes a stalled task to the station's supervisor. Safe to repeat. */
export async function escalateTask(tx: Sql, taskId: string, at: Instant): Promise<void> {
  await tx.$executeRaw`
    update task set escalated_at = ${at}::timestamptz, assignee = 'supervisor:' || station
    where id = ${taskId}::uuid and outcome is null and escalated_at is null`;
}

export type Task = Readonly<{
  id: string;
  kind: string;
  customerNo: string;
  station: string;
  period: string | null;
  assignee: string;
  why: string;
  dueAt: Instant;
  escalated: boolean;
  outcome: string | null;
  note: string;
}>;

export type TaskFilter = Readonly<{
  station: string | null;
  assignee: string | null;
  customerNo: string | null;
  open: boolean;
  limit: number;
}>;

/** Tasks by due instant. */
export const listTasks = (
  sql: Sql,
  { station, assignee, customerNo, open, limit }: TaskFilter,
): Promise<Task[]> =>
  sql.$queryRaw`
    select id::text, kind, customer_no as "customerNo", station, period, assignee, why, instant_text(due_at) as "dueAt",
      escalated_at is not null as escalated, outcome, note
    from task
    where (${station}::text is null or station = ${station}) and (${assignee}::text is null or assignee = ${assignee})
      and (${customerNo}::text is null or customer_no = ${customerNo}) and (not ${open} or outcome is null)
    order by due_at, id limit ${limit}`;

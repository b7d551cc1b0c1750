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
  /** Null: all. */
  stations: readonly string[] | null;
  assignee: string | null;
  customerNo: string | null;
  open: boolean;
  /** Key of the last row seen: its due instant and id. */
  after: readonly [string, string] | null;
  limit: number;
}>;

/** Tasks by due instant. */
export const listTasks = (
  sql: Sql,
  { stations, assignee, customerNo, open, after, limit }: TaskFilter,
): Promise<Task[]> =>
  sql.$queryRaw`
    select id::text, kind, customer_no as "customerNo", station, period, assignee, why, instant_text(due_at) as "dueAt",
      escalated_at is not null as escalated, outcome, note
    from task
    where (${stations === null} or station = any(${[...(stations ?? [])]})) and (${assignee}::text is null or assignee = ${assignee})
      and (${customerNo}::text is null or customer_no = ${customerNo}) and (not ${open} or outcome is null)
      and (${after?.[0] ?? null}::timestamptz is null
        or (due_at, id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by due_at, id limit ${limit}`;

/** Of which station and kind a task is; null when there is none. */
export async function findTask(
  sql: Sql,
  id: string,
): Promise<{ station: string; kind: string } | null> {
  const [row] = await sql.$queryRaw<{ station: string; kind: string }[]>`
    select station, kind from task where id = ${id}::uuid`;
  return row ?? null;
}

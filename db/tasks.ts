import { randomUUID } from 'node:crypto';
import type { LadderPolicy } from '../domain/policy';
import type { Instant } from '../domain/time';
import { dueAfter } from '../domain/window';
import type { Sql } from './client';
import type { CustomerRow } from './facts';
import { Prisma } from './generated/client';
import type { TaskRow } from './steps';

/** One task of the ladder: who it goes to, and by when it has to be done. */
export const taskRow = (
  { collector, station }: Pick<CustomerRow, 'collector' | 'station'>,
  { taskDays, limits }: LadderPolicy,
  task: Pick<TaskRow, 'billNo' | 'stepKey' | 'kind' | 'why'>,
  asOf: Instant,
): TaskRow => ({
  ...task,
  id: randomUUID(),
  assignee:
    task.kind === 'review' ? `supervisor:${station}` : (collector ?? `collector:${station}`),
  dueAt: dueAfter(asOf, taskDays[task.kind], limits),
});

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
  name: string;
  station: string;
  period: string | null;
  assignee: string;
  why: string;
  dueAt: Instant;
  escalated: boolean;
  outcome: string | null;
  note: string;
}>;

export const TASK_STATES = ['open', 'escalated', 'done', 'all'] as const;
/** Which tasks are meant; what is null does not matter. */
export type TaskFilter = Readonly<{
  station: string | null;
  assignee: string | null;
  customerNo: string | null;
  kind: string | null;
  state: (typeof TASK_STATES)[number];
  dueBefore: Instant | null;
  /** Still open though due. */
  overdue: boolean;
}>;

export const NO_TASK_FILTER: TaskFilter = {
  station: null,
  assignee: null,
  customerNo: null,
  kind: null,
  state: 'open',
  dueBefore: null,
  overdue: false,
};

const columns = Prisma.sql`t.id::text, t.kind, t.customer_no as "customerNo", c.name, t.station, t.period, t.assignee, t.why,
  instant_text(t.due_at) as "dueAt", t.escalated_at is not null as escalated, t.outcome, t.note`;

const STATES: Readonly<Record<TaskFilter['state'], Prisma.Sql | null>> = {
  open: Prisma.sql`t.outcome is null`,
  escalated: Prisma.sql`t.outcome is null and t.escalated_at is not null`,
  done: Prisma.sql`t.outcome is not null`,
  all: null,
};

/** Tasks by due instant. */
export function listTasks(
  sql: Sql,
  {
    stations,
    filter,
    asOf,
    after,
    limit,
  }: Readonly<{
    /** Null: all. */
    stations: readonly string[] | null;
    filter: TaskFilter;
    asOf: Instant;
    /** Key of the last row seen: its due instant and id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<Task[]> {
  const { station, assignee, customerNo, kind, state, dueBefore, overdue } = filter;
  const wanted = [
    STATES[state],
    stations && Prisma.sql`t.station = any(${[...stations]})`,
    station && Prisma.sql`t.station = ${station}`,
    assignee && Prisma.sql`t.assignee = ${assignee}`,
    customerNo && Prisma.sql`t.customer_no = ${customerNo}`,
    kind && Prisma.sql`t.kind = ${kind}`,
    dueBefore && Prisma.sql`t.due_at < ${dueBefore}::timestamptz`,
    overdue ? Prisma.sql`t.outcome is null and t.due_at < ${asOf}::timestamptz` : null,
    after && Prisma.sql`(t.due_at, t.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
  ].filter((one) => one !== null && one !== '');
  const where = wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, ' and ');
  return sql.$queryRaw`
    select ${columns} from task t join customer c using (customer_no) where ${where} order by t.due_at, t.id limit ${limit}`;
}

/** One task as on file; null when there is none. */
export async function readTask(sql: Sql, id: string): Promise<Task | null> {
  const [row] = await sql.$queryRaw<Task[]>`
    select ${columns} from task t join customer c using (customer_no) where t.id = ${id}::uuid`;
  return row ?? null;
}

/** Of which station and kind a task is; null when there is none. */
export async function findTask(
  sql: Sql,
  id: string,
): Promise<{ station: string; kind: string } | null> {
  const [row] = await sql.$queryRaw<{ station: string; kind: string }[]>`
    select station, kind from task where id = ${id}::uuid`;
  return row ?? null;
}

import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';

type Given = Readonly<{ taskId: string; assignee: string }>;
type Open = Readonly<{
  customerNo: string;
  station: string;
  assignee: string;
  outcome: string | null;
}>;

/**
 * Gives an open task to somebody else; its due instant stays. Idempotent by the order's id; refused when the task is done, is his
 * already, or nobody goes by that name.
 */
export async function assignTask(
  db: Db,
  order: Order,
  { taskId, assignee }: Given,
): Promise<CommandResult> {
  const known = await openTask(db, taskId);
  if (known === null) return refused(`There is no task ${taskId}.`);
  const { customerNo } = known;
  const entry = { kind: 'assignTask', customerNo, body: { taskId, assignee } };
  return command(db, order, entry, async (tx) => {
    const task = (await openTask(tx, taskId)) ?? known;
    if (task.outcome !== null) return refused(`Task ${taskId} is done already: ${task.outcome}.`);
    if (task.assignee === assignee) return refused(`Task ${taskId} is ${assignee}'s already.`);
    if (!(await goesBy(tx, assignee, task)))
      return refused(`Nobody of station ${task.station} goes by the name ${assignee}.`);
    await tx.$executeRaw`update task set assignee = ${assignee} where id = ${taskId}::uuid and outcome is null`;
    return applied;
  });
}

async function openTask(sql: Sql, taskId: string): Promise<Open | null> {
  const [row] = await sql.$queryRaw<Open[]>`
    select customer_no as "customerNo", station, assignee, outcome from task where id = ${taskId}::uuid`;
  return row ?? null;
}

/** The station's own names, a person's who works there and may sign in, or one that its customers are on file under. */
async function goesBy(tx: Sql, assignee: string, { station }: Open): Promise<boolean> {
  if (assignee === `collector:${station}` || assignee === `supervisor:${station}`) return true;
  const [found] = await tx.$queryRaw<unknown[]>`
    select from staff where assignee = ${assignee} and disabled_at is null and (all_stations or ${station} = any(stations))
    union all select from customer where collector = ${assignee} and station = ${station} limit 1`;
  return found !== undefined;
}

import type { Config } from '../config';
import { finishTask } from '../db/task-outcomes';
import { listTasks } from '../db/tasks';
import { parseDate } from '../domain/time';
import { Exit, EXIT } from './exit';
import { finish, orderOf, type OrderOptions } from './order-customer';
import { printJson, printRows, wallClock } from './output';
import { withSession } from './session';

export type ListOptions = Readonly<{
  station?: string;
  assignee?: string;
  customer?: string;
  all?: boolean;
  limit: string;
  json?: boolean;
}>;
export type DoneOptions = Omit<OrderOptions, 'reason'> &
  Readonly<{ note: string; promisedOn?: string }>;

export const list = (config: Config, options: ListOptions): Promise<void> =>
  withSession(config, async ({ db }) => {
    const { station = null, assignee = null, customer = null } = options;
    const limit = Number(options.limit);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new Exit(EXIT.usage, `${options.limit} is not a number of tasks.`);
    const tasks = await listTasks(db, {
      stations: station === null ? null : [station],
      assignee,
      customerNo: customer,
      open: options.all !== true,
      after: null,
      limit,
    });
    if (options.json === true) printJson(tasks);
    else
      printRows(
        tasks.map((task) => ({ ...task, dueAt: wallClock(task.dueAt) })),
        options,
      );
  });

export const done = (
  config: Config,
  taskId: string,
  outcome: string,
  options: DoneOptions,
): Promise<void> =>
  withSession(config, async (session) => {
    const promisedOn = options.promisedOn === undefined ? null : parseDate(options.promisedOn);
    if (promisedOn === null && options.promisedOn !== undefined)
      throw new Exit(EXIT.usage, `${options.promisedOn} is not a day (2026-03-31).`);
    const order = await orderOf(session, { ...options, reason: options.note || outcome });
    await finish(
      session,
      await finishTask(session.db, order, { taskId, outcome, note: options.note, promisedOn }),
      'Done',
    );
  });

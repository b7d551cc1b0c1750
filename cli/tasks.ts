import type { z } from 'zod';
import { Done } from '../api/schema/answers';
import { Task } from '../api/schema/tasks';
import { sayEnding, sayTask, sayWhy } from '../domain/words';
import { countOption, dayOption, optional } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, keyOf, order, sayDone } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { taskQuery, type TaskOptions } from './task-filter';

export type ListOptions = Listed & TaskOptions;
export type DoneOptions = Omit<Ordered, 'reason'> &
  Readonly<{ note?: string; promisedOn?: string }>;

/** Prints tasks, the most urgent first. */
export async function list(cli: Cli, options: ListOptions): Promise<void> {
  const { t, lang } = cli;
  const limit = countOption(cli, options.limit);
  const query = taskQuery(cli, options);
  const columns: Column<z.output<typeof Task>>[] = [
    { head: t('head.task'), of: ({ id }) => id },
    { head: t('head.kind'), of: (task) => sayTask(lang, task.kind) },
    { head: t('head.customer'), of: ({ customerNo: no }) => no },
    { head: t('head.name'), of: ({ name }) => name },
    { head: t('head.assignee'), of: (task) => task.assignee },
    { head: t('head.dueAt'), of: ({ dueAt }) => wallClock(dueAt) },
    { head: t('head.why'), grows: true, of: ({ why }) => sayWhy(lang, why) },
    {
      head: t('head.outcome'),
      of: (task) => task.outcome && sayEnding(lang, task.kind, task.outcome).label,
    },
  ];
  const rows = await (await openApi(cli)).list('/tasks', { query, answer: Task, limit });
  await printRows(cli, Task, rows, columns, options);
}

export async function done(
  cli: Cli,
  taskId: string,
  outcome: string,
  options: DoneOptions,
): Promise<void> {
  const { note, dryRun } = options;
  const body = { outcome, note, promisedOn: optional(cli, options.promisedOn, dayOption) };
  const api = await openApi(cli);
  const path = `/tasks/${inUrl(taskId)}/outcome`;
  const answer = await api.send(path, { body, answer: Done, key: keyOf(options), dryRun });
  sayDone(cli, answer, options, 'task.done.done');
}

export const assign = (
  cli: Cli,
  taskId: string,
  assignee: string,
  options: Ordered,
): Promise<void> =>
  order(cli, options, {
    path: `/tasks/${inUrl(taskId)}/assignment`,
    body: { assignee },
    done: 'task.assign.done',
  });

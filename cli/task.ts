import type { Command } from 'commander';
import {
  below,
  listing,
  ordering,
  showing,
  trying,
  type Cli,
  type Ordered,
  type Printed,
} from './cli';
import { filteringTasks } from './task-filter';
import type { DoneOptions, ListOptions } from './tasks';

/** `tarim task list|show|assign|done`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const task = below(program, cli, 'task', 'task');
  listing(filteringTasks(below(task, cli, 'list', 'task.list'), cli), cli).action(
    async (options: ListOptions) => {
      const { list } = await import('./tasks.js');
      await list(cli, options);
    },
  );
  showing(below(task, cli, 'show <task>', 'task.show'), cli).action(
    async (taskId: string, options: Printed) => {
      const { show } = await import('./show-task.js');
      await show(cli, taskId, options);
    },
  );
  ordering(below(task, cli, 'assign <task> <assignee>', 'task.assign'), cli).action(
    async (taskId: string, assignee: string, options: Ordered) => {
      const { assign } = await import('./tasks.js');
      await assign(cli, taskId, assignee, options);
    },
  );
  showing(trying(below(task, cli, 'done <task> <outcome>', 'task.done').alias('finish'), cli), cli)
    .option('--note <text>', t('task.done.note'))
    .option('--promised-on <day>', t('task.done.promisedOn'))
    .option('--id <key>', t('opt.id'))
    .action(async (taskId: string, outcome: string, options: DoneOptions) => {
      const { done } = await import('./tasks.js');
      await done(cli, taskId, outcome, options);
    });
}

import type { Command } from 'commander';
import { below, listing, ordering, showing, trying, type Cli, type Ordered } from './cli';
import type { DoneOptions, ListOptions } from './tasks';

/** `tarim task list|assign|done`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const task = below(program, cli, 'task', 'task');
  listing(below(task, cli, 'list', 'task.list'), cli)
    .option('--assignee <who>', t('task.list.assignee'))
    .option('--customer <no>', t('opt.customer'))
    .option('--all', t('task.list.all'))
    .action(async (options: ListOptions) => {
      const { list } = await import('./tasks.js');
      await list(cli, options);
    });
  ordering(below(task, cli, 'assign <task> <assignee>', 'task.assign'), cli).action(
    async (taskId: string, assignee: string, options: Ordered) => {
      const { assign } = await import('./tasks.js');
      await assign(cli, taskId, assignee, options);
    },
  );
  showing(trying(below(task, cli, 'done <task> <outcome>', 'task.done'), cli), cli)
    .option('--note <text>', t('task.done.note'))
    .option('--promised-on <day>', t('task.done.promisedOn'))
    .option('--id <key>', t('opt.id'))
    .action(async (taskId: string, outcome: string, options: DoneOptions) => {
      const { done } = await import('./tasks.js');
      await done(cli, taskId, outcome, options);
    });
}

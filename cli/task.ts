import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Config } from '../config';
import type { DoneOptions, ListOptions } from './tasks';

/** `tarim task list|done`. */
export function register(program: Command, config: () => Config): void {
  const task = program.command('task').description('what people have to do');
  task
    .command('list')
    .description('open tasks, most urgent first')
    .option('--station <code>', 'of one station')
    .option('--assignee <who>', 'such as collector:TB01')
    .option('--customer <no>', 'of one customer')
    .option('--all', 'finished ones too')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'for programs')
    .action(async (options: ListOptions) => {
      const { list } = await import('./tasks.js');
      await list(config(), options);
    });
  task
    .command('done <task> <outcome>')
    .description('record what became of a task; the ladder follows')
    .option('--note <text>', 'what was said', '')
    .option('--promised-on <day>', 'for the outcome promise')
    .option('--at <day>', 'a day or an instant; now when absent')
    .option('--actor <id>', 'who did it', userInfo().username)
    .option('--id <id>', 'makes a repeat safe')
    .action(async (taskId: string, outcome: string, options: DoneOptions) => {
      const { done } = await import('./tasks.js');
      await done(config(), taskId, outcome, options);
    });
}

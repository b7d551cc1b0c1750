import type { Command } from 'commander';
import { TASK_KINDS } from '../domain/tasks';
import { instantAt } from '../domain/time';
import { dayOption, optional } from './arguments';
import type { Cli } from './cli';

export type TaskOptions = Readonly<{
  mine?: boolean;
  assignee?: string;
  station?: string;
  customer?: string;
  kind?: string;
  state: string;
  dueBefore?: string;
  overdue?: boolean;
}>;

/** Which tasks are meant: all that the API's list can be asked for. */
export const filteringTasks = (command: Command, { t }: Cli): Command =>
  command
    .option('--mine', t('task.list.mine'))
    .option('--assignee <who>', t('task.list.assignee'))
    .option('--station <id>', t('opt.station'))
    .option('--customer <no>', t('opt.customer'))
    .option('--kind <kind>', t('task.list.kind', { kinds: TASK_KINDS.join(', ') }))
    .option('--state <state>', t('task.list.state'), 'open')
    .option('--due-before <day>', t('task.list.dueBefore'))
    .option('--overdue', t('task.list.overdue'));

/** The same as the API is asked. @throws Exit 2 */
export function taskQuery(cli: Cli, options: TaskOptions) {
  const { mine, assignee, station, customer: customerNo, kind, state, overdue } = options;
  const day = optional(cli, options.dueBefore, dayOption);
  return {
    ...{ assignee, station, customerNo, kind, state },
    mine: mine === true ? 'true' : undefined,
    overdue: overdue === true ? 'true' : undefined,
    dueBefore: day === undefined ? undefined : instantAt(day),
  };
}

import type { Command } from 'commander';
import { FLAGS, STAGES } from '../domain/standing';
import { yuanOption, optional } from './arguments';
import type { Cli } from './cli';

export type CustomerOptions = Readonly<{
  station?: string;
  search?: string;
  category?: string;
  collector?: string;
  supplyArea?: string;
  level?: string;
  stage?: string;
  minOverdue?: string;
  maxOverdue?: string;
  minOwed?: string;
  maxOwed?: string;
  flags?: string;
}>;

/** Which customers are meant: all that the API's list can be asked for. */
export const filteringCustomers = (command: Command, { t }: Cli): Command =>
  command
    .option('--station <code>', t('opt.station'))
    .option('--search <text>', t('customer.list.search'))
    .option('--category <category>', t('customer.list.category'))
    .option('--collector <name>', t('customer.list.collector'))
    .option('--supply-area <area>', t('customer.list.supplyArea'))
    .option('--level <n>', t('customer.list.level'))
    .option('--stage <stage>', t('customer.list.stage', { stages: STAGES.join(', ') }))
    .option('--min-overdue <days>', t('customer.list.minOverdue'))
    .option('--max-overdue <days>', t('customer.list.maxOverdue'))
    .option('--min-owed <yuan>', t('customer.list.minOwed'))
    .option('--max-owed <yuan>', t('customer.list.maxOwed'))
    .option('--flags <flags>', t('customer.list.flags', { flags: FLAGS.join(', ') }));

/** The same as the API is asked. @throws Exit 2 for an amount that is none. */
export function customerQuery(
  cli: Cli,
  {
    station,
    search,
    category,
    collector,
    supplyArea,
    level,
    stage,
    flags,
    ...given
  }: CustomerOptions,
) {
  return {
    ...{ station, search, category, collector, supplyArea, level, stage, flags },
    ...{ minOverdueDays: given.minOverdue, maxOverdueDays: given.maxOverdue },
    minOwedFen: optional(cli, given.minOwed, yuanOption),
    maxOwedFen: optional(cli, given.maxOwed, yuanOption),
  };
}

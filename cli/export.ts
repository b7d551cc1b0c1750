import type { Command } from 'commander';
import { below, type Cli } from './cli';
import { filteringCustomers } from './customer-filter';
import type { ExportOptions } from './export-file';
import { filteringTasks } from './task-filter';

/** `tarim export WHAT`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const exports = below(program, cli, 'export', 'export');
  const station = ['--station <code>', t('opt.station')] as const;
  const customer = ['--customer <no>', t('opt.customer')] as const;
  const period = ['--period <yyyy-mm>', t('opt.period')] as const;
  saving(filteringCustomers(below(exports, cli, 'customers', 'export.customers'), cli), cli);
  saving(filteringTasks(below(exports, cli, 'tasks', 'export.tasks'), cli), cli);
  saving(
    below(exports, cli, 'bills', 'export.bills')
      .option(...station)
      .option(...customer)
      .option(...period)
      .option('--state <state>', t('export.bills.state')),
    cli,
  );
  saving(
    below(exports, cli, 'payments', 'export.payments')
      .option(...station)
      .option(...customer)
      .option('--unmatched', t('export.payments.unmatched')),
    cli,
  );
  saving(
    below(exports, cli, 'messages', 'export.messages')
      .option(...station)
      .option(...customer)
      .option(...period)
      .option('--channel <channel>', t('export.messages.channel'))
      .option('--status <status>', t('export.messages.status')),
    cli,
  );
  saving(
    below(exports, cli, 'audit', 'export.audit')
      .option('--actor <who>', t('audit.list.actor'))
      .option('--kind <kind>', t('audit.list.kind'))
      .option(...customer),
    cli,
  );
  saving(
    below(exports, cli, 'balances', 'export.balances').option('--as-of <date>', t('balances.asOf')),
    cli,
  );
}

const saving = (command: Command, cli: Cli): Command =>
  command.option('--out <file>', cli.t('export.out')).action(async (options: ExportOptions) => {
    const { exportFile } = await import('./export-file.js');
    await exportFile(cli, command.name(), options);
  });

import type { Command } from 'commander';
import { below, listing, type Cli } from './cli';
import type { AuditOptions } from './list-audit';

/** `tarim audit list`. */
export function register(program: Command, cli: Cli): void {
  const audit = below(program, cli, 'audit', 'audit');
  listing(below(audit, cli, 'list', 'audit.list'), cli)
    .option('--actor <who>', cli.t('audit.list.actor'))
    .option('--kind <kind>', cli.t('audit.list.kind'))
    .option('--customer <no>', cli.t('opt.customer'))
    .action(async (options: AuditOptions) => {
      const { listAudit } = await import('./list-audit.js');
      await listAudit(cli, options);
    });
}

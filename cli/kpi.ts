import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';

/** `tarim kpi`. */
export function register(program: Command, cli: Cli): void {
  showing(below(program, cli, 'kpi', 'kpi'), cli)
    .option('--as-of <day>', cli.t('kpi.asOf'))
    .action(async (options: { asOf?: string; json?: boolean }) => {
      const { showRecovery } = await import('./recovery.js');
      await showRecovery(cli, options);
    });
}

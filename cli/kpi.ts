import type { Command } from 'commander';
import type { Config } from '../config';

/** `tarim kpi`. */
export function register(program: Command, config: () => Config): void {
  program
    .command('kpi')
    .description('recovery rate by station: cumulative, of the year, of prior years')
    .option('--as-of <day>', 'a day or an instant; now when absent')
    .option('--json', 'for programs')
    .action(async (options: { asOf?: string; json?: boolean }) => {
      const { showRecovery } = await import('./recovery.js');
      await showRecovery(config(), options);
    });
}

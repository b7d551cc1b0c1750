import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';

/** `tarim balances`. */
export function register(program: Command, cli: Cli): void {
  showing(below(program, cli, 'balances', 'balances'), cli)
    .option('--csv', cli.t('balances.csv'))
    .option('--as-of <date>', cli.t('balances.asOf'))
    .action(async (options: { json?: boolean; asOf?: string }) => {
      const { printBalances } = await import('./print-balances.js');
      await printBalances(cli, options);
    });
}

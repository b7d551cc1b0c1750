import type { Command } from 'commander';
import type { Config } from '../config';

/** `tarim balances`. */
export function register(program: Command, config: () => Config): void {
  program
    .command('balances')
    .description('what every customer owes: bills less payments, a credit is negative')
    .option('--csv', 'customer_no,balance in yuan, the default')
    .option('--json', 'an array, in fen')
    .option('--as-of <date>', 'at the end of that day, YYYY-MM-DD; else the whole book')
    .action(async (options: { json?: boolean; asOf?: string }) => {
      const { printBalances } = await import('./print-balances.js');
      await printBalances(config(), options);
    });
}

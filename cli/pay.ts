import type { Command } from 'commander';
import type { Config } from '../config';
import type { PayOptions } from './record-payment';

/** `tarim pay`. */
export function register(program: Command, config: () => Config): void {
  program
    .command('pay <customer> <amount>')
    .description('record a payment, in yuan')
    .option('--ref <ref>', "the payment's own number, which makes a repeat safe")
    .option('--channel <channel>', 'how it was paid', 'counter')
    .option('--received-at <instant>', 'when, with the offset: 2026-03-31T09:30:00+08:00 (now)')
    .option('--dry-run', 'say what would be recorded and write nothing')
    .option('--json', 'for programs')
    .action(async (customerNo: string, amount: string, options: PayOptions) => {
      const { pay } = await import('./record-payment.js');
      process.exitCode = await pay(config(), { customerNo, amount, ...options });
    });
}

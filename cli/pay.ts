import type { Command } from 'commander';
import { below, showing, trying, type Cli } from './cli';
import type { PayOptions } from './record-payment';

/** `tarim pay`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  showing(trying(below(program, cli, 'pay <customer> <amount>', 'pay'), cli), cli)
    .option('--ref <ref>', t('pay.ref'))
    .option('--channel <channel>', t('pay.channel'), 'counter')
    .option('--received-at <instant>', t('pay.receivedAt'))
    .action(async (customerNo: string, amount: string, options: PayOptions) => {
      const { pay } = await import('./record-payment.js');
      await pay(cli, customerNo, amount, options);
    });
}

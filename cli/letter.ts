import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';
import type { PrintOptions } from './print-letters';

/** `tarim letter print`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const letter = below(program, cli, 'letter', 'letter');
  showing(below(letter, cli, 'print', 'letter.print'), cli)
    .option('--task <tasks>', t('letter.print.task'))
    .option('--station <id>', t('letter.print.station'))
    .requiredOption('--out <file>', t('letter.print.out'))
    .option('--per-file <n>', t('letter.print.perFile'), '100')
    .option('--id <key>', t('opt.id'))
    .action(async (options: PrintOptions) => {
      const { printLetters } = await import('./print-letters.js');
      await printLetters(cli, options);
    });
}

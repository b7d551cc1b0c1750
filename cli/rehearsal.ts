import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';
import type { RehearseOptions } from './rehearse';

/** `tarim rehearse`. It needs the engine, not the API. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  showing(below(program, cli, 'rehearse', 'rehearse'), cli)
    .requiredOption('--from <day>', t('rehearse.from'))
    .requiredOption('--to <day>', t('rehearse.to'))
    .option('--book <folder>', t('rehearse.book'))
    .option('--from-database', t('rehearse.fromDatabase'))
    .option('--customers <n>', t('rehearse.customers'), '100')
    .option('--policy <id>', t('rehearse.policy'))
    .action(async (options: RehearseOptions) => {
      const { rehearseBook } = await import('./rehearse.js');
      await rehearseBook(cli, options);
    });
}

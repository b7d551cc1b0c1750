import type { Command } from 'commander';
import { below, showing, type Cli } from './cli';
import type { BacktestOptions } from './run-backtest';

/** `tarim backtest`: needs a book as files, and neither a database nor the API. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  showing(below(program, cli, 'backtest', 'backtest'), cli)
    .requiredOption('--book <folder>', t('backtest.book'))
    .option('--policy <policy>', t('backtest.policy'), 'tabei-grade-v1')
    .option('--against <policy>', t('backtest.against'))
    .option('--test-from <period>', t('backtest.testFrom'))
    .option('--out <folder>', t('backtest.out'))
    .action(async (options: BacktestOptions) => {
      const { runBacktest } = await import('./run-backtest.js');
      await runBacktest(cli, options);
    });
}

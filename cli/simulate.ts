import { Option, type Command } from 'commander';
import { below, showing, type Cli } from './cli';
import type { SimulateOptions } from './run-simulation';

/** `tarim simulate`: needs a book, as files or in a database, and not the API. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  showing(below(program, cli, 'simulate', 'simulate'), cli)
    .option('--book <folder>', t('backtest.book'))
    .option('--from-database', t('simulate.fromDatabase'))
    .requiredOption('--from <day>', t('simulate.from'))
    .requiredOption('--to <day>', t('simulate.to'))
    .option('--policy <policy>', t('simulate.policy'))
    .option('--against <policy>', t('simulate.against'))
    .option('--grading <policy>', t('simulate.grading'))
    .addOption(
      new Option('--graded <how-often>', t('simulate.graded'))
        .choices(['month', 'day'])
        .default('month'),
    )
    .option('--payments <how>', t('simulate.payments'), 'recorded')
    .option('--capacities <file>', t('simulate.capacities'))
    .option('--out <folder>', t('simulate.out'))
    .action(async (options: SimulateOptions) => {
      const { runSimulation } = await import('./run-simulation.js');
      await runSimulation(cli, options);
    });
}

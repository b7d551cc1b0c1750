import type { Command } from 'commander';
import { below, ordering, showing, type Cli, type Ordered, type Printed } from './cli';
import type { StartOptions } from './experiments';

/** `tarim experiment list|start|end|figures`. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const experiment = below(program, cli, 'experiment', 'experiment');
  showing(below(experiment, cli, 'list', 'experiment.list'), cli)
    .option('--csv', t('opt.csv'))
    .action(async (options: Printed) => {
      const { listExperiments } = await import('./experiments.js');
      await listExperiments(cli, options);
    });
  ordering(below(experiment, cli, 'start <policy>', 'experiment.start'), cli)
    .requiredOption('--share <percent>', t('experiment.share'))
    .option('--report <simulation>', t('policy.activate.report'))
    .option('--without-report <text>', t('policy.activate.without'))
    .action(async (id: string, options: StartOptions) => {
      const { startExperiment } = await import('./experiments.js');
      await startExperiment(cli, id, options);
    });
  ordering(below(experiment, cli, 'end <experiment>', 'experiment.end'), cli).action(
    async (id: string, options: Ordered) => {
      const { endExperiment } = await import('./experiments.js');
      await endExperiment(cli, id, options);
    },
  );
  showing(below(experiment, cli, 'figures <experiment>', 'experiment.figures'), cli).action(
    async (id: string, options: Printed) => {
      const { showFigures } = await import('./experiments.js');
      await showFigures(cli, id, options);
    },
  );
}

import type { Command } from 'commander';
import { below, showing, trying, type Cli } from './cli';

type DoctorOptions = { repair?: boolean; dryRun?: boolean; json?: boolean };
type UpOptions = { detach?: boolean; sample?: boolean; worker: boolean };

/** What runs on this machine: `tarim up|down|doctor|worker|api`. None of them asks the API. */
export function register(program: Command, cli: Cli): void {
  registerUp(program, cli);
  below(program, cli, 'down', 'down')
    .option('--purge', cli.t('down.purge'))
    .action(async (options: { purge?: boolean }) => {
      const { down } = await import('./down.js');
      await down(await cli.config(), options);
    });
  trying(showing(below(program, cli, 'doctor', 'doctor'), cli), cli)
    .option('--repair', cli.t('doctor.repair'))
    .action(async (options: DoctorOptions) => {
      if (options.repair === true) {
        const { repair } = await import('./repair.js');
        cli.endWith(await repair(cli, options));
      } else {
        const { doctor } = await import('./doctor.js');
        cli.endWith(await doctor(cli, options));
      }
    });
  below(program, cli, 'worker', 'worker').action(async () => {
    const { worker } = await import('./worker.js');
    await worker(await cli.config());
  });
  below(program, cli, 'api', 'api').action(async () => {
    const { api } = await import('./api.js');
    await api(await cli.config());
  });
}

function registerUp(program: Command, cli: Cli): void {
  below(program, cli, 'up', 'up')
    .option('--detach', cli.t('up.detach'))
    .option('--sample', cli.t('up.sample'))
    .option('--no-worker', cli.t('up.noWorker'))
    .action(async (options: UpOptions) => {
      if (options.detach === true) {
        const { upDetached } = await import('./up-detached.js');
        await upDetached(cli, options);
      } else {
        const { up } = await import('./up.js');
        await up(cli, options);
      }
    });
}

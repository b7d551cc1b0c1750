import { Command, CommanderError } from 'commander';
import { loadConfig } from '../config';
import { register as registerBalances } from './balances';
import { Exit, EXIT, exitCodeOf } from './exit';
import { register as registerCampaign } from './campaign';
import { register as registerCustomer } from './customer';
import { register as registerDatabase } from './db';
import { register as registerGrade } from './grade';
import { register as registerImport } from './import';
import { register as registerKpi } from './kpi';
import { register as registerPay } from './pay';
import { register as registerPolicy } from './policy';
import { register as registerTask } from './task';

const config = () => loadConfig(process.env);

const program = new Command('tarim')
  .description('Runs electricity-fee collection for a supply station, durably, on Temporal.')
  .exitOverride()
  .showHelpAfterError('(tarim --help lists the commands)');

program
  .command('up')
  .description(
    'start Postgres, Temporal, the worker and the API, and keep them running until Ctrl-C',
  )
  .option('--detach', 'return when everything is ready, and leave it running')
  .option('--sample', 'load the sample book if the database is empty, and open its campaign')
  .option('--no-worker', 'the engine only')
  .action(async (options: { detach?: boolean; sample?: boolean; worker: boolean }) => {
    if (options.detach) {
      const { upDetached } = await import('./up-detached.js');
      await upDetached(config(), options);
    } else {
      const { up } = await import('./up.js');
      await up(config(), options);
    }
  });

program
  .command('down')
  .description('stop what `up` started')
  .option('--purge', 'and delete its database and everything else in TARIM_HOME')
  .action(async (options: { purge?: boolean }) => {
    const { down } = await import('./down.js');
    await down(config(), options);
  });

program
  .command('doctor')
  .description('check this machine and what runs on it')
  .option('--json', 'for programs')
  .action(async (options: { json?: boolean }) => {
    const { doctor } = await import('./doctor.js');
    process.exitCode = await doctor(config(), options);
  });

program
  .command('worker')
  .description('run a worker in the foreground; `up` does this for you')
  .action(async () => {
    const { worker } = await import('./worker.js');
    await worker(config());
  });

program
  .command('api')
  .description('serve the HTTP API in the foreground; `up` does this for you')
  .action(async () => {
    const { api } = await import('./api.js');
    await api(config());
  });

const subjects = [
  registerDatabase,
  registerImport,
  registerGrade,
  registerCampaign,
  registerCustomer,
  registerTask,
  registerPay,
  registerBalances,
  registerKpi,
  registerPolicy,
];
for (const register of subjects) register(program, config);

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Commander has said it already; asking for help is no mistake.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return;
  }
  const known = error instanceof Exit || exitCodeOf(error) !== EXIT.failure;
  const text = error instanceof Error ? (known ? error.message : causes(error)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCodeOf(error);
});

/** The sentence, and what lies behind it; the stack only for whoever asks. */
function causes(error: Error): string {
  if (process.env['LOG_LEVEL'] === 'debug') return error.stack ?? error.message;
  const inner = error.cause instanceof Error ? `\n  because: ${causes(error.cause)}` : '';
  return `${error.message || error.name}${inner}`;
}

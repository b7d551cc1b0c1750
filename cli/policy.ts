import type { Command } from 'commander';
import { below, ordering, showing, type Cli, type Ordered, type Printed } from './cli';
import { filteringCustomers } from './customer-filter';
import type { ActivateOptions, DraftOptions, PreviewOptions } from './policies';
import type { MigrateOptions } from './policy-migration';
import type { ReportOptions, SimulateVersionOptions } from './policy-simulation';

/** `tarim policy list|show|diff|preview|draft|withdraw|activate|simulate|simulations|stop|report|migrate`. */
export function register(program: Command, cli: Cli): void {
  const policy = below(program, cli, 'policy', 'policy');
  registerReading(policy, cli);
  registerWriting(policy, cli);
  registerSimulating(policy, cli);
  registerMigrating(policy, cli);
}

function registerReading(policy: Command, cli: Cli): void {
  const { t } = cli;
  showing(below(policy, cli, 'list', 'policy.list'), cli)
    .option('--csv', t('opt.csv'))
    .action(async (options: Printed) => {
      const { listPolicies } = await import('./policies.js');
      await listPolicies(cli, options);
    });
  showing(below(policy, cli, 'show <policy>', 'policy.show'), cli).action(
    async (id: string, options: Printed) => {
      const { showPolicy } = await import('./policies.js');
      await showPolicy(cli, id, options);
    },
  );
  showing(below(policy, cli, 'diff <policy> [against]', 'policy.diff'), cli).action(
    async (id: string, against: string | undefined, options: Printed) => {
      const { diffPolicy } = await import('./policies.js');
      await diffPolicy(cli, id, against, options);
    },
  );
  showing(below(policy, cli, 'preview <policy> <customer> <step>', 'policy.preview'), cli)
    .option('--channel <channel>', t('policy.preview.channel'), 'sms')
    .action(async (id: string, customer: string, step: string, options: PreviewOptions) => {
      const { previewPolicy } = await import('./policies.js');
      await previewPolicy(cli, { id, customer, step }, options);
    });
}

function registerWriting(policy: Command, cli: Cli): void {
  ordering(below(policy, cli, 'draft <policy> [file]', 'policy.draft'), cli)
    .option('--from <day>', cli.t('policy.draft.from'))
    .option('--replace', cli.t('policy.draft.replace'))
    .action(async (id: string, file: string | undefined, options: DraftOptions) => {
      const { draftPolicy } = await import('./policies.js');
      await draftPolicy(cli, id, file, options);
    });
  ordering(below(policy, cli, 'withdraw <policy>', 'policy.withdraw'), cli).action(
    async (id: string, options: Ordered) => {
      const { withdrawPolicy } = await import('./policies.js');
      await withdrawPolicy(cli, id, options);
    },
  );
  ordering(below(policy, cli, 'activate <policy>', 'policy.activate'), cli)
    .option('--report <simulation>', cli.t('policy.activate.report'))
    .option('--without-report <text>', cli.t('policy.activate.without'))
    .action(async (id: string, options: ActivateOptions) => {
      const { activatePolicy } = await import('./policies.js');
      await activatePolicy(cli, id, options);
    });
}

function registerSimulating(policy: Command, cli: Cli): void {
  const { t } = cli;
  ordering(below(policy, cli, 'simulate <policy>', 'policy.simulate'), cli)
    .option('--against <policy>', t('policy.simulate.against'))
    .option('--from <day>', t('policy.simulate.from'))
    .option('--to <day>', t('policy.simulate.to'))
    .option('--payments <how>', t('simulate.payments'), 'recorded')
    .option('--capacities <file>', t('simulate.capacities'))
    .option('--wait', t('policy.simulate.wait'))
    .action(async (id: string, options: SimulateVersionOptions) => {
      const { simulateVersion } = await import('./policy-simulation.js');
      await simulateVersion(cli, id, options);
    });
  showing(below(policy, cli, 'simulations <policy>', 'policy.simulations'), cli)
    .option('--csv', t('opt.csv'))
    .action(async (id: string, options: Printed) => {
      const { listSimulations } = await import('./policy-simulation.js');
      await listSimulations(cli, id, options);
    });
  ordering(below(policy, cli, 'stop <simulation>', 'policy.stop'), cli).action(
    async (id: string, options: Ordered) => {
      const { stopSimulation } = await import('./policy-simulation.js');
      await stopSimulation(cli, id, options);
    },
  );
  showing(below(policy, cli, 'report <simulation>', 'policy.report'), cli)
    .option('--out <file>', t('policy.report.out'))
    .action(async (id: string, options: ReportOptions) => {
      const { printReport } = await import('./policy-simulation.js');
      await printReport(cli, id, options);
    });
}

function registerMigrating(policy: Command, cli: Cli): void {
  const { t } = cli;
  filteringCustomers(ordering(below(policy, cli, 'migrate', 'policy.migrate'), cli), cli)
    .requiredOption('--to <policy>', t('policy.migrate.to'))
    .option('--begins <day>', t('policy.migrate.begins'))
    .option('--expected <n>', t('bulk.expected'))
    .option('--limit <n>', t('opt.limit'), '50')
    .action(async (options: MigrateOptions) => {
      const { migratePolicy } = await import('./policy-migration.js');
      await migratePolicy(cli, options);
    });
}

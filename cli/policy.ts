import type { Command } from 'commander';
import { below, ordering, showing, type Cli, type Ordered, type Printed } from './cli';
import { filteringCustomers } from './customer-filter';
import type { DraftOptions, PreviewOptions } from './policies';
import type { MigrateOptions } from './policy-migration';

/** `tarim policy list|show|diff|preview|draft|withdraw|activate|migrate`. */
export function register(program: Command, cli: Cli): void {
  const policy = below(program, cli, 'policy', 'policy');
  registerReading(policy, cli);
  registerWriting(policy, cli);
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
  ordering(below(policy, cli, 'activate <policy>', 'policy.activate'), cli).action(
    async (id: string, options: Ordered) => {
      const { activatePolicy } = await import('./policies.js');
      await activatePolicy(cli, id, options);
    },
  );
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

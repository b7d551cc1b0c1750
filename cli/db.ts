import type { Command } from 'commander';
import { below, trying, type Cli } from './cli';

/** `tarim db migrate`. */
export function register(program: Command, cli: Cli): void {
  const db = below(program, cli, 'db', 'db');
  trying(below(db, cli, 'migrate', 'db.migrate'), cli)
    .option('--grant-to <role>', cli.t('db.grantTo'))
    .action(async (options: { dryRun?: boolean; grantTo?: string }) => {
      const { migrateDatabase } = await import('./migrate-database.js');
      await migrateDatabase(cli, options);
    });
}

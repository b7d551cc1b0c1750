import type { Command } from 'commander';
import type { Config } from '../config';

/** `tarim db migrate`. */
export function register(program: Command, config: () => Config): void {
  const db = program.command('db').description('the database');
  db.command('migrate')
    .description('apply the migrations that are missing, and the rules that Tarim ships with')
    .option('--dry-run', 'name what is missing')
    .action(async (options: { dryRun?: boolean }) => {
      const { databaseUrlOf, plainly } = await import('./database.js');
      const { migrate, missing } = await import('../db/migrate.js');
      const { print } = await import('./output.js');
      const url = databaseUrlOf(config());
      const names = await plainly(async () =>
        options.dryRun === true ? missing(url) : (await migrate(url)).applied,
      );
      print(
        names.length === 0
          ? 'Nothing is missing.'
          : `${options.dryRun === true ? 'Missing' : 'Applied'}: ${names.join(', ')}`,
      );
    });
}

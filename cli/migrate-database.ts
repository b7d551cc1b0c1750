import { migrate, missing } from '../db/migrate';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { plainly } from './plainly';

/** Applies the migrations that are missing, or names them. */
export async function migrateDatabase(
  cli: Cli,
  { dryRun }: Readonly<{ dryRun?: boolean }>,
): Promise<void> {
  const { t, screen } = cli;
  const url = databaseUrlOf(await cli.config());
  const names = await plainly(cli, async () =>
    dryRun === true ? missing(url) : (await migrate(url)).applied,
  );
  const word = dryRun === true ? 'db.missing' : 'db.applied';
  screen.line(names.length === 0 ? t('db.complete') : t(word, { names: names.join(', ') }));
}

import { grantTo } from '../db/grants';
import { migrate, missing } from '../db/migrate';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';

/** Applies the migrations that are missing and lets a role work with the tables, or names the migrations only. */
export async function migrateDatabase(
  cli: Cli,
  { dryRun, grantTo: role }: Readonly<{ dryRun?: boolean; grantTo?: string }>,
): Promise<void> {
  const { t, screen } = cli;
  const url = databaseUrlOf(await cli.config());
  const names = await plainly(cli, async () =>
    dryRun === true ? missing(url) : (await migrate(url)).applied,
  );
  const word = dryRun === true ? 'db.missing' : 'db.applied';
  screen.line(names.length === 0 ? t('db.complete') : t(word, { names: names.join(', ') }));
  if (role === undefined || dryRun === true) return;
  if (!(await plainly(cli, () => grantTo(url, role))))
    throw new Exit(EXIT.refused, t('db.noRole', { role }));
  screen.line(t('db.granted', { role }));
}

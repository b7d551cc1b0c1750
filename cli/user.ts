import { Option, type Command } from 'commander';
import { roles } from '../domain/permissions';
import { below, type Cli } from './cli';
import type { NewUser, Told } from './users';

/** `tarim user create|password`: at the database itself, because the first administrator has nobody to ask. */
export function register(program: Command, cli: Cli): void {
  const { t } = cli;
  const user = below(program, cli, 'user', 'user');
  below(user, cli, 'create <username>', 'user.create')
    .option('--admin', t('user.create.admin'))
    .addOption(new Option('--role <role>', t('user.create.role')).choices([...roles]))
    .option('--name <text>', t('user.create.name'))
    .option('--station <code...>', t('user.create.station'))
    .option('--reason <text>', t('opt.reason'), 'tarim user create')
    .action(async (username: string, options: NewUser) => {
      const { createUser } = await import('./users.js');
      await createUser(cli, username, options);
    });
  below(user, cli, 'password <username>', 'user.password')
    .option('--reason <text>', t('opt.reason'), 'tarim user password')
    .action(async (username: string, options: Told) => {
      const { resetPassword } = await import('./users.js');
      await resetPassword(cli, username, options);
    });
}

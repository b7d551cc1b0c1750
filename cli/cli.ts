import type { Command } from 'commander';
import type { Config } from '../config';
import type { ExitCode } from './exit';
import type { Screen } from './screen';
import type { Lang, Tell, Word } from './words';

/** What every command works with. */
export type Cli = Readonly<{
  lang: Lang;
  t: Tell;
  screen: Screen;
  /** Read when first asked for, since help needs none. @throws ConfigError */
  config: () => Promise<Config>;
  /** `--api`, where it was given. */
  apiUrl: () => string | undefined;
  /** Told by a command that ends well enough to print, and not well enough for 0. */
  endWith: (code: ExitCode) => void;
}>;

/** A command below another, described in the person's language. */
export const below = (parent: Command, { t }: Cli, usage: string, about: Word): Command =>
  parent.command(usage).description(t(about));

export type Printed = Readonly<{ json?: boolean; csv?: boolean }>;
export type Listed = Printed & Readonly<{ limit: string }>;
export type Ordered = Readonly<{ reason: string; id?: string; dryRun?: boolean; json?: boolean }>;

/** What every command that shows one thing can do. */
export const showing = (command: Command, { t }: Cli): Command =>
  command.option('--json', t('opt.json'));

/** What every command that shows a list can do. */
export const listing = (command: Command, cli: Cli): Command =>
  showing(command, cli)
    .option('--csv', cli.t('opt.csv'))
    .option('--limit <n>', cli.t('opt.limit'), '50');

/** What every order can do. */
export const ordering = (command: Command, cli: Cli): Command =>
  showing(trying(command, cli), cli)
    .requiredOption('--reason <text>', cli.t('opt.reason'))
    .option('--id <key>', cli.t('opt.id'));

export const trying = (command: Command, { t }: Cli): Command =>
  command.option('--dry-run', t('opt.dryRun'));

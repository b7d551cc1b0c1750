import type { Command } from 'commander';
import { below, listing, ordering, type Cli, type Listed } from './cli';
import type { HoldOptions, Over } from './customer-orders';

/** `tarim hold bill|station|all|list` and `tarim release bill|station|all`: what a customer's own hold is not. */
export function register(program: Command, cli: Cli): void {
  const hold = below(program, cli, 'hold', 'hold');
  const release = below(program, cli, 'release', 'release');
  registerOver(hold, release, cli, 'bill');
  registerOver(hold, release, cli, 'station');
  registerOverAll(hold, release, cli);
  listing(below(hold, cli, 'list', 'hold.list'), cli)
    .option('--all', cli.t('hold.list.all'))
    .action(async (options: Listed & { all?: boolean }) => {
      const { listHolds } = await import('./list-holds.js');
      await listHolds(cli, options);
    });
}

const spanned = (command: Command, cli: Cli): Command =>
  ordering(command, cli)
    .option('--from <day>', cli.t('hold.from'))
    .option('--until <day>', cli.t('hold.until'));

async function carryOut(
  cli: Cli,
  verb: 'hold' | 'release',
  over: Over,
  options: HoldOptions,
): Promise<void> {
  const orders = await import('./customer-orders.js');
  await orders[verb](cli, over, options);
}

function registerOver(hold: Command, release: Command, cli: Cli, scope: 'bill' | 'station'): void {
  const usage = `${scope} <${scope}>`;
  spanned(below(hold, cli, usage, `hold.${scope}`), cli).action(
    (ref: string, options: HoldOptions) => carryOut(cli, 'hold', { scope, ref }, options),
  );
  ordering(below(release, cli, usage, `release.${scope}`), cli).action(
    (ref: string, options: HoldOptions) => carryOut(cli, 'release', { scope, ref }, options),
  );
}

function registerOverAll(hold: Command, release: Command, cli: Cli): void {
  const over: Over = { scope: 'everything' };
  spanned(below(hold, cli, 'all', 'hold.all'), cli).action((options: HoldOptions) =>
    carryOut(cli, 'hold', over, options),
  );
  ordering(below(release, cli, 'all', 'release.all'), cli).action((options: HoldOptions) =>
    carryOut(cli, 'release', over, options),
  );
}

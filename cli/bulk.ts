import type { Command } from 'commander';
import type * as Bulk from './bulk-orders';
import { below, listing, ordering, showing, type Cli, type Listed, type Ordered } from './cli';

/** `tarim bulk hold|release|list|show|stop`: one order over every customer who fits. */
export function register(program: Command, cli: Cli): void {
  const bulk = below(program, cli, 'bulk', 'bulk');
  filtered(ordering(below(bulk, cli, 'hold', 'bulk.hold'), cli), cli)
    .option('--until <day>', cli.t('hold.until'))
    .action((options: Bulk.BulkOptions) => give(cli, 'hold', options));
  filtered(ordering(below(bulk, cli, 'release', 'bulk.release'), cli), cli)
    .option('--held-by <bulk>', cli.t('bulk.heldBy'))
    .action((options: Bulk.BulkOptions) => give(cli, 'release', options));
  listing(below(bulk, cli, 'list', 'bulk.list'), cli).action(async (options: Listed) => {
    const { listBulk } = await import('./bulk-orders.js');
    await listBulk(cli, options);
  });
  showing(below(bulk, cli, 'show <bulk>', 'bulk.show'), cli).action(async (id: string) => {
    const { showBulk } = await import('./bulk-orders.js');
    await showBulk(cli, id);
  });
  ordering(below(bulk, cli, 'stop <bulk>', 'bulk.stop'), cli).action(
    async (id: string, options: Ordered) => {
      const { stopBulk } = await import('./bulk-orders.js');
      await stopBulk(cli, id, options);
    },
  );
}

const filtered = (command: Command, { t }: Cli): Command =>
  command
    .option('--station <code>', t('opt.station'))
    .option('--level <n>', t('customer.escalate.level'))
    .option('--category <category>', t('bulk.category'))
    .option('--collector <who>', t('bulk.collector'))
    .option('--supply-area <area>', t('bulk.supplyArea'))
    .option('--expected <n>', t('bulk.expected'));

async function give(cli: Cli, kind: 'hold' | 'release', options: Bulk.BulkOptions): Promise<void> {
  const { orderBulk } = await import('./bulk-orders.js');
  await orderBulk(cli, kind, options);
}

import type { z } from 'zod';
import { BulkDone, BulkOrder } from '../api/schema/bulk-orders';
import { asOfOption, countOption, optional, wordOption } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, keyOf, order, sayDone } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { termOf } from './terms';

export type BulkOptions = Ordered &
  Readonly<{
    station?: string;
    level?: string;
    category?: string;
    collector?: string;
    supplyArea?: string;
    heldBy?: string;
    expected?: string;
    until?: string;
  }>;

/** Gives the order; the worker carries it out page by page. A trial tells how many it would be over. */
export async function orderBulk(
  cli: Cli,
  kind: 'hold' | 'release',
  options: BulkOptions,
): Promise<void> {
  const { station, category, collector, supplyArea, heldBy, reason, dryRun, json } = options;
  const level = optional(cli, options.level, (_, text) =>
    Number(wordOption(cli, text, ['1', '2', '3'])),
  );
  const filter = { station, level, category, collector, supplyArea, heldBy };
  const until = optional(cli, options.until, asOfOption);
  const expected = optional(cli, options.expected, countOption);
  const body = { kind, filter, until, expected, reason };
  const api = await openApi(cli);
  const key = keyOf(options);
  const answer = await api.send('/bulk-orders', { body, answer: BulkDone, key, dryRun });
  sayDone(cli, answer, options, kind === 'hold' ? 'bulk.hold.done' : 'bulk.release.done');
  if (json !== true) cli.screen.line(cli.t('bulk.total', { total: answer.total, id: answer.id }));
}

/** Prints the bulk orders and how far each came, the latest first. */
export async function listBulk(cli: Cli, options: Listed): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const columns: Column<z.output<typeof BulkOrder>>[] = [
    { head: t('head.bulk'), of: ({ id }) => id },
    { head: t('head.order'), of: ({ kind }) => termOf(cli, kind) },
    { head: t('head.status'), of: ({ state }) => termOf(cli, state) },
    { head: t('head.customers'), right: true, of: ({ total }) => total },
    { head: t('head.done'), right: true, of: ({ done }) => done },
    { head: t('head.rejected'), right: true, of: ({ refused }) => refused },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.by'), of: ({ actor }) => actor },
    { head: t('head.when'), of: ({ at }) => wallClock(at) },
  ];
  const rows = await (await openApi(cli)).list('/bulk-orders', { answer: BulkOrder, limit });
  await printRows(cli, BulkOrder, rows, columns, options);
}

/** Prints one as JSON, with its filter and how far it came. */
export async function showBulk(cli: Cli, id: string): Promise<void> {
  const api = await openApi(cli);
  cli.screen.json(await api.get(`/bulk-orders/${inUrl(id)}`, { answer: BulkOrder }));
}

export const stopBulk = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, { path: `/bulk-orders/${inUrl(id)}/stop`, done: 'bulk.stop.done' });

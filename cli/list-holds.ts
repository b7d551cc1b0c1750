import type { z } from 'zod';
import { Hold } from '../api/schema/holds';
import { countOption } from './arguments';
import type { Cli, Listed } from './cli';
import { openApi } from './client';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { termOf } from './terms';

/** Prints the holds in force, or all there ever were. */
export async function listHolds(
  cli: Cli,
  options: Listed & Readonly<{ all?: boolean }>,
): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const query = { state: options.all === true ? 'all' : 'inForce' };
  const columns: Column<z.output<typeof Hold>>[] = [
    { head: t('head.over'), of: ({ scope }) => termOf(cli, scope) },
    { head: t('head.ref'), of: ({ ref }) => ref },
    { head: t('head.from'), of: ({ from }) => wallClock(from) },
    { head: t('head.until'), of: ({ until }) => until && wallClock(until) },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.by'), of: ({ placedBy }) => placedBy },
    { head: t('head.released'), of: ({ releasedAt }) => releasedAt && wallClock(releasedAt) },
  ];
  const rows = await (await openApi(cli)).list('/holds', { query, answer: Hold, limit });
  await printRows(cli, Hold, rows, columns, options);
}

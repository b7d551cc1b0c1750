import type { z } from 'zod';
import { Erasable } from '../api/schema/customers';
import { countOption } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';

export const erase = (cli: Cli, customerNo: string, options: Ordered): Promise<void> =>
  order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/erasure`,
    done: 'customer.erase.done',
  });

/** Prints who may be erased. */
export async function listErasable(cli: Cli, options: Listed): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const columns: Column<z.output<typeof Erasable>>[] = [
    { head: t('head.customer'), of: ({ customerNo }) => customerNo },
    { head: t('head.station'), of: ({ station }) => station },
    { head: t('head.when'), of: ({ lastOn }) => lastOn },
  ];
  const rows = await (await openApi(cli)).list('/erasable-customers', { answer: Erasable, limit });
  await printRows(cli, Erasable, rows, columns, options);
}

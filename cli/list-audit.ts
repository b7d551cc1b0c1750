import type { z } from 'zod';
import { Entry } from '../api/schema/audit';
import { countOption } from './arguments';
import type { Cli, Listed } from './cli';
import { openApi } from './client';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { termOf } from './terms';

export type AuditOptions = Listed & Readonly<{ actor?: string; kind?: string; customer?: string }>;

/** Prints who ordered what, the latest first. */
export async function listAudit(cli: Cli, options: AuditOptions): Promise<void> {
  const { t } = cli;
  const { actor, kind, customer: customerNo } = options;
  const limit = countOption(cli, options.limit);
  const columns: Column<z.output<typeof Entry>>[] = [
    { head: t('head.when'), of: ({ recordedAt }) => wallClock(recordedAt) },
    { head: t('head.by'), of: (entry) => entry.actor },
    { head: t('head.order'), of: (entry) => termOf(cli, entry.kind) },
    { head: t('head.customer'), of: (entry) => entry.customerNo },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.door'), of: ({ door }) => door },
    { head: t('head.refused'), grows: true, of: ({ refusedBecause }) => refusedBecause },
  ];
  const query = { actor, kind, customerNo };
  const rows = await (await openApi(cli)).list('/audit', { query, answer: Entry, limit });
  await printRows(cli, Entry, rows, columns, options);
}

import type { z } from 'zod';
import { Override, Waiver } from '../api/schema/approvals';
import { levelLabel } from '../domain/policy';
import type { ApprovalListOptions } from './approvals';
import { amountOption, asOfOption, countOption, wordOption } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';
import { money, wallClock } from './screen';

/** Prints the levels that two people decided on against the points. */
export async function listOverrides(cli: Cli, options: ApprovalListOptions): Promise<void> {
  const { t } = cli;
  const { all, customer: customerNo } = options;
  const limit = countOption(cli, options.limit);
  const query = { customerNo, state: all === true ? 'all' : 'inForce' };
  const columns: Column<z.output<typeof Override>>[] = [
    { head: t('head.customer'), of: (row) => row.customerNo },
    { head: t('head.level'), of: ({ level }) => levelLabel[level] },
    { head: t('head.from'), of: ({ from }) => wallClock(from) },
    { head: t('head.until'), of: ({ until, endedAt }) => wallClock(endedAt ?? until) },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.by'), of: (row) => `${row.requestedBy}, ${row.approvedBy}` },
  ];
  const api = await openApi(cli);
  const rows = await api.list('/grade-overrides', { query, answer: Override, limit });
  await printRows(cli, Override, rows, columns, options);
}

export async function askOverride(
  cli: Cli,
  customerNo: string,
  level: string,
  options: Ordered & Readonly<{ until: string }>,
): Promise<void> {
  const body = {
    level: Number(wordOption(cli, level, ['1', '2', '3'])),
    until: asOfOption(cli, options.until),
  };
  const path = `/customers/${inUrl(customerNo)}/grade-overrides`;
  await order(cli, options, { path, body, done: 'approval.asked' });
}

export const endOverride = (cli: Cli, customerNo: string, options: Ordered): Promise<void> =>
  order(cli, options, {
    path: `/customers/${inUrl(customerNo)}/grade-overrides/end`,
    done: 'override.end.done',
  });

/** Prints the penalty that is not asked for. */
export async function listWaivers(
  cli: Cli,
  options: Listed & Readonly<{ customer?: string }>,
): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const columns: Column<z.output<typeof Waiver>>[] = [
    { head: t('head.customer'), of: ({ customerNo }) => customerNo },
    { head: t('head.bill'), of: ({ billNo }) => billNo },
    { head: t('head.amount'), right: true, of: ({ amountFen }) => money(amountFen) },
    { head: t('head.when'), of: ({ at }) => wallClock(at) },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.by'), of: (row) => `${row.requestedBy}, ${row.approvedBy}` },
  ];
  const query = { customerNo: options.customer };
  const rows = await (await openApi(cli)).list('/waivers', { query, answer: Waiver, limit });
  await printRows(cli, Waiver, rows, columns, options);
}

export async function askWaiver(
  cli: Cli,
  billNo: string,
  amount: string,
  options: Ordered,
): Promise<void> {
  const body = { amountFen: amountOption(cli, amount) };
  const path = `/bills/${inUrl(billNo)}/waivers`;
  await order(cli, options, { path, body, done: 'approval.asked' });
}

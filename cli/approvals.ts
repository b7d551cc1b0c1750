import type { z } from 'zod';
import { Approval } from '../api/schema/approvals';
import { countOption, wordOption } from './arguments';
import type { Cli, Listed, Ordered } from './cli';
import { openApi } from './client';
import { inUrl, order } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';
import { termOf } from './terms';

export type ApprovalListOptions = Listed & Readonly<{ all?: boolean; customer?: string }>;

/** Prints what waits for a second person, or all that ever did. */
export async function listApprovals(cli: Cli, options: ApprovalListOptions): Promise<void> {
  const { t } = cli;
  const { all, customer: customerNo } = options;
  const limit = countOption(cli, options.limit);
  const query = { customerNo, state: all === true ? 'all' : 'open' };
  const columns: Column<z.output<typeof Approval>>[] = [
    { head: t('head.approval'), of: ({ id }) => id },
    { head: t('head.kind'), of: ({ kind }) => termOf(cli, kind) },
    { head: t('head.customer'), of: (row) => row.customerNo },
    { head: t('head.what'), grows: true, of: ({ body }) => JSON.stringify(body) },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
    { head: t('head.by'), of: ({ requestedBy }) => requestedBy },
    { head: t('head.when'), of: ({ requestedAt }) => wallClock(requestedAt) },
    { head: t('head.decision'), of: ({ decision }) => decision && termOf(cli, decision) },
  ];
  const rows = await (await openApi(cli)).list('/approvals', { query, answer: Approval, limit });
  await printRows(cli, Approval, rows, columns, options);
}

/** Prints one, as JSON: what will be done is of another shape for each kind. */
export async function showApproval(cli: Cli, id: string): Promise<void> {
  const api = await openApi(cli);
  cli.screen.json(await api.get(`/approvals/${inUrl(id)}`, { answer: Approval }));
}

export async function decide(cli: Cli, id: string, text: string, options: Ordered): Promise<void> {
  const decision = wordOption(cli, text, ['approve', 'reject', 'withdraw']);
  const path = `/approvals/${inUrl(id)}`;
  await order(
    cli,
    options,
    decision === 'withdraw'
      ? { path: `${path}/withdrawal`, done: 'approval.withdraw.done' }
      : { path: `${path}/decision`, body: { decision }, done: `approval.${decision}.done` },
  );
}

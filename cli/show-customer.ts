import type { z } from 'zod';
import { itemsOf } from '../api/schema/answers';
import { Customer, Happened, Next, Standing } from '../api/schema/customers';
import { levelLabel } from '../domain/policy';
import { countOption } from './arguments';
import type { Cli, Listed, Printed } from './cli';
import { openApi, type Api } from './client';
import { customerQuery, type CustomerOptions } from './customer-filter';
import { inUrl } from './order';
import { printRows, type Column } from './print-rows';
import { money, wallClock } from './screen';

type Row<S extends z.ZodType> = z.output<S>;

export type ListOptions = Listed & CustomerOptions & Readonly<{ sort: string }>;

export async function listCustomers(cli: Cli, options: ListOptions): Promise<void> {
  const { t } = cli;
  const limit = countOption(cli, options.limit);
  const api = await openApi(cli);
  const query = { ...customerQuery(cli, options), sort: options.sort };
  const columns: Column<Row<typeof Customer>>[] = [
    { head: t('head.customer'), of: (row) => row.customerNo },
    { head: t('head.name'), grows: true, of: (row) => row.name },
    { head: t('head.station'), of: (row) => row.station },
    { head: t('head.category'), of: (row) => row.category },
    { head: t('head.level'), of: (row) => row.level && levelLabel[row.level] },
    { head: t('head.outstanding'), right: true, of: (row) => money(row.owedFen) },
    { head: t('head.phone'), of: (row) => row.phone },
    { head: t('head.email'), grows: true, of: (row) => row.email },
  ];
  const rows = await api.list('/customers', { query, answer: Customer, limit });
  await printRows(cli, Customer, rows, columns, options);
}

/** Where the customer stands, and below it all that happened. */
export async function showCustomer(cli: Cli, customerNo: string, { json }: Printed): Promise<void> {
  const api = await openApi(cli);
  const found = await api.get(`/customers/${inUrl(customerNo)}`, { answer: Standing });
  const timeline = await happened(api, customerNo);
  if (json === true) {
    cli.screen.json({ ...found, timeline });
    return;
  }
  await printStanding(cli, found);
  cli.screen.line('');
  await printRows(cli, Happened, timeline, happenedColumns(cli), {});
}

async function printStanding(cli: Cli, found: Row<typeof Standing>): Promise<void> {
  const { t, screen } = cli;
  const { customerNo, name, station, category, level, next } = found;
  screen.line(t('customer.is', { customerNo, name, station, category }));
  screen.line(
    t('customer.owes', {
      level: level === null ? '–' : levelLabel[level],
      owed: money(found.owedFen),
      penalty: money(found.penaltyFen),
    }),
  );
  screen.line(
    found.openCycle === null
      ? t('customer.noMonth')
      : t('customer.month', { period: found.openCycle, next: next ? when(cli, next) : '–' }),
  );
  if (found.bills.length === 0) return;
  screen.line('');
  await screen.table(
    [
      { head: t('head.bill') },
      { head: t('head.period') },
      { head: t('head.due') },
      { head: t('head.outstanding'), right: true },
      { head: t('head.ladder') },
    ],
    found.bills.map((bill) => [
      ...[bill.billNo, bill.period, bill.dueOn],
      ...[money(bill.outstandingFen), levelLabel[bill.level]],
    ]),
  );
}

export async function showNext(cli: Cli, customerNo: string, options: Printed): Promise<void> {
  const { t } = cli;
  const api = await openApi(cli);
  const path = `/customers/${inUrl(customerNo)}/next`;
  const { items } = await api.get(path, { answer: itemsOf(Next) });
  const columns: Column<Row<typeof Next>>[] = [
    { head: t('head.when'), of: ({ at }) => (at === null ? t('next.someday') : wallClock(at)) },
    { head: t('head.step'), grows: true, of: ({ text }) => text },
  ];
  await printRows(cli, Next, items, columns, options);
}

export async function showTimeline(cli: Cli, customerNo: string, options: Printed): Promise<void> {
  const rows = await happened(await openApi(cli), customerNo);
  await printRows(cli, Happened, rows, happenedColumns(cli), options);
}

async function happened(api: Api, customerNo: string): Promise<Row<typeof Happened>[]> {
  const path = `/customers/${inUrl(customerNo)}/timeline`;
  return (await api.get(path, { answer: itemsOf(Happened) })).items;
}

const happenedColumns = ({ t }: Cli): Column<Row<typeof Happened>>[] => [
  { head: t('head.when'), of: ({ at }) => wallClock(at) },
  { head: t('head.what'), grows: true, of: ({ text }) => text },
];

/** A step in a sentence, with its instant. */
const when = ({ t }: Cli, { at, do: what, text }: Row<typeof Next>): string =>
  at === null || what === 'close' ? text : t('next.at', { step: text, at: wallClock(at) });

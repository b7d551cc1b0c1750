import type { z } from 'zod';
import { BulkDone } from '../api/schema/bulk-orders';
import { MonthMove } from '../api/schema/policies';
import { asOfOption, countOption, optional } from './arguments';
import type { Cli, Ordered } from './cli';
import { openApi, type Api } from './client';
import { customerQuery, type CustomerOptions } from './customer-filter';
import { inUrl, keyOf, sayDone } from './order';
import { wallClock } from './screen';

export type MigrateOptions = Ordered &
  CustomerOptions &
  Readonly<{ to: string; begins?: string; expected?: string; limit: string }>;

/** Gives the order; the worker carries it out page by page. A trial lists the months and what changes for each. */
export async function migratePolicy(cli: Cli, options: MigrateOptions): Promise<void> {
  const { to, reason, dryRun, json } = options;
  const path = `/policies/${inUrl(to)}/migration`;
  const filter = bodyOf(customerQuery(cli, options));
  const beginsAt = optional(cli, options.begins, asOfOption);
  const expected = optional(cli, options.expected, countOption);
  const body = { filter, beginsAt, expected, reason };
  const api = await openApi(cli);
  const answer = await api.send(path, { body, answer: BulkDone, key: keyOf(options), dryRun });
  if (dryRun !== true) {
    sayDone(cli, answer, options, 'policy.migrate.done');
    if (json !== true) cli.screen.line(cli.t('bulk.total', { total: answer.total, id: answer.id }));
    return;
  }
  const moves = await movesOf(cli, api, path, options);
  if (json === true) cli.screen.json({ ...answer, moves });
  else await print(cli, answer.total, moves);
}

const movesOf = (cli: Cli, api: Api, path: string, options: MigrateOptions) =>
  api.list(path, {
    query: customerQuery(cli, options),
    answer: MonthMove,
    limit: countOption(cli, options.limit),
  });

/** What a query says in words is a number in a body. */
const bodyOf = ({
  level,
  minOverdueDays,
  maxOverdueDays,
  ...rest
}: ReturnType<typeof customerQuery>) => ({
  ...rest,
  ...{ level: numberOf(level), minOverdueDays: numberOf(minOverdueDays) },
  maxOverdueDays: numberOf(maxOverdueDays),
});
const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

async function print(
  { t, screen }: Cli,
  total: number,
  moves: readonly z.output<typeof MonthMove>[],
): Promise<void> {
  screen.line(t('policy.migrate.would', { total }));
  if (moves.length === 0) return;
  const said = ({ at, text }: z.output<typeof MonthMove>['before']): string =>
    at === null ? text : `${wallClock(at)} ${text}`;
  await screen.table(
    [
      ...[{ head: t('head.customer') }, { head: t('head.period') }, { head: t('head.policy') }],
      ...[
        { head: t('head.nextNow'), grows: true },
        { head: t('head.nextThen'), grows: true },
      ],
      { head: t('head.staysBecause'), grows: true },
    ],
    moves.map((move) => [
      ...[move.customerNo, move.period, move.policyId, said(move.before)],
      ...[move.changes ? said(move.after) : '=', move.refusedBecause ?? ''],
    ]),
  );
}

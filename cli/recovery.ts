import type { z } from 'zod';
import { Recovery } from '../api/schema/recovery';
import { dayOption, optional } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';
import { money } from './screen';

type Row = z.output<typeof Recovery>['rows'][number];

/** Prints how much of what was billed has come in, by station; `*` is all of them. */
export async function showRecovery(
  cli: Cli,
  { asOf, json }: Readonly<{ asOf?: string; json?: boolean }>,
): Promise<void> {
  const day = optional(cli, asOf, dayOption);
  const api = await openApi(cli);
  const path = day === undefined ? '/recovery' : `/recovery/days/${day}`;
  const { rows, total } = await api.get(path, { answer: Recovery });
  const all = [...rows, { key: '*', ...total }];
  if (json === true) cli.screen.json(all.map(({ key, ...row }) => ({ station: key, ...row })));
  else await printRecovery(cli, all);
}

async function printRecovery({ t, screen }: Cli, rows: readonly Row[]): Promise<void> {
  const numbers = [t('head.receivable'), t('head.received')];
  const rates = [t('head.cumulative'), t('head.currentYear'), t('head.priorYear')];
  await screen.table(
    [{ head: t('head.station') }, ...[...numbers, ...rates].map((head) => ({ head, right: true }))],
    rows.map((row) => [
      ...[row.key ?? '–', money(row.receivableFen), money(row.receivedFen)],
      ...[row.cumulative, row.currentYear, row.priorYear].map((rate) => rate ?? '–'),
    ]),
  );
}

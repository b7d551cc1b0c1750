import type { z } from 'zod';
import { Recovery } from '../api/schema/recovery';
import { asOfOption } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';
import { money } from './screen';

type Row = z.output<typeof Recovery>['stations'][number];

/**
 * Prints how much of what was billed has come in, by station; `*` is all of them. For another day than today the machine's own database is read,
 * since the API tells how it stands now.
 */
export async function showRecovery(
  cli: Cli,
  { asOf, json }: Readonly<{ asOf?: string; json?: boolean }>,
): Promise<void> {
  const rows = asOf === undefined ? await now(cli) : await then(cli, asOf);
  if (json === true) cli.screen.json(rows);
  else await printRecovery(cli, rows);
}

async function now(cli: Cli): Promise<Row[]> {
  const { stations, total } = await (await openApi(cli)).get('/recovery', { answer: Recovery });
  return [...stations, { station: '*', ...total }];
}

async function then(cli: Cli, asOf: string): Promise<readonly Row[]> {
  const at = asOfOption(cli, asOf);
  const [{ withSession }, { recoveryByStation }] = await Promise.all([
    import('./session.js'),
    import('../db/recovery.js'),
  ]);
  return withSession(cli, ({ db }) => recoveryByStation(db, at));
}

async function printRecovery({ t, screen }: Cli, rows: readonly Row[]): Promise<void> {
  const numbers = [t('head.receivable'), t('head.received')];
  const rates = [t('head.cumulative'), t('head.currentYear'), t('head.priorYear')];
  await screen.table(
    [{ head: t('head.station') }, ...[...numbers, ...rates].map((head) => ({ head, right: true }))],
    rows.map((row) => [
      ...[row.station, money(row.receivableFen), money(row.receivedFen)],
      ...[row.cumulative, row.currentYear, row.priorYear].map((rate) => rate ?? '–'),
    ]),
  );
}

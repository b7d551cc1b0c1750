import { stationNow } from '../db/clock';
import { recoveryByStation } from '../db/recovery';
import { asOfOption, optional } from './arguments';
import type { Cli } from './cli';
import { money } from './screen';
import { withSession } from './session';

/** Prints how much of what was billed has come in, by station. */
export const showRecovery = (
  cli: Cli,
  { asOf, json }: Readonly<{ asOf?: string; json?: boolean }>,
): Promise<void> =>
  withSession(cli, async ({ db }) => {
    const at = optional(cli, asOf, asOfOption) ?? (await stationNow(db));
    const rows = await recoveryByStation(db, at);
    const { t, screen } = cli;
    if (json === true) {
      screen.json(rows);
      return;
    }
    const numbers = [t('head.receivable'), t('head.received')];
    const rates = [t('head.cumulative'), t('head.currentYear'), t('head.priorYear')];
    await screen.table(
      [
        { head: t('head.station') },
        ...[...numbers, ...rates].map((head) => ({ head, right: true })),
      ],
      rows.map((row) => [
        ...[row.station, money(row.receivableFen), money(row.receivedFen)],
        ...[row.cumulative, row.currentYear, row.priorYear].map((rate) => rate ?? '–'),
      ]),
    );
  });

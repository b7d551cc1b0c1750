import type { CampaignStatus as Status } from '../db/campaign-status';
import { CampaignStatus } from '../api/schema/campaigns';
import { optional, periodOption } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';
import { money } from './screen';
import { termOf } from './terms';

export async function campaignShow(
  cli: Cli,
  { period, json }: { period?: string; json?: boolean },
): Promise<void> {
  const query = { period: optional(cli, period, periodOption) };
  const api = await openApi(cli);
  const found = await api.get('/campaign-status', { query, answer: CampaignStatus });
  if (json === true) cli.screen.json(found);
  else await printStatus(cli, found);
}

type Shown = Omit<Status, 'period'> & Readonly<{ period: string }>;

/** The month on one screen. */
export async function printStatus(cli: Cli, found: Shown): Promise<void> {
  const { t, screen } = cli;
  const { period, stations, stationsThrough, cycles, messages, tasks, recovery } = found;
  const { total, open } = cycles;
  screen.line(t('campaign.is', { period, stations, stationsThrough, total, open }));
  await screen.table(
    [{ head: t('head.level') }, { head: t('head.customers'), right: true }],
    found.levels.map(({ label, customers }) => [label, customers]),
  );
  screen.line('');
  await screen.table(
    [
      ...[{ head: t('head.step') }, { head: t('head.channel') }, { head: t('head.status') }],
      { head: t('head.messages'), right: true },
    ],
    messages.map((row) => [
      ...[termOf(cli, row.step), termOf(cli, row.channel), termOf(cli, row.status)],
      row.count,
    ]),
  );
  screen.line('');
  await screen.table(
    [
      { head: t('head.task') },
      ...[t('head.open'), t('head.done')].map((head) => ({ head, right: true })),
    ],
    tasks.map((row) => [termOf(cli, row.kind), row.open, row.done]),
  );
  screen.line(
    t('campaign.recovery', {
      billed: money(recovery.billedFen),
      received: money(recovery.receivedFen),
      rate: recovery.rate ?? '–',
    }),
  );
}

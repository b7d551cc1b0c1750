import type { z } from 'zod';
import { Campaign, Month } from '../api/schema/campaigns';
import { countOption, periodOption } from './arguments';
import type { Cli, Listed, Printed } from './cli';
import { openApi } from './client';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';

const columnsOf = ({ t }: Cli): Column<z.output<typeof Campaign>>[] => [
  { head: t('head.period'), of: ({ period }) => period },
  { head: t('head.station'), of: ({ station }) => station },
  { head: t('head.policy'), of: ({ policyId }) => policyId },
  { head: t('head.by'), of: ({ openedBy }) => openedBy },
  { head: t('head.from'), of: ({ startedAt }) => wallClock(startedAt) },
  { head: t('head.until'), of: ({ finishedAt }) => finishedAt && wallClock(finishedAt) },
];

/** Prints which months were opened where, the latest first. */
export async function listCampaigns(cli: Cli, options: Listed): Promise<void> {
  const limit = countOption(cli, options.limit);
  const rows = await (await openApi(cli)).list('/campaigns', { answer: Campaign, limit });
  await printRows(cli, Campaign, rows, columnsOf(cli), options);
}

/** Prints a month, and below it how its cycles stand by station. */
export async function showCampaign(cli: Cli, text: string, { json }: Printed): Promise<void> {
  const { t, screen } = cli;
  const period = periodOption(cli, text);
  const month = await (await openApi(cli)).get(`/campaigns/${period}`, { answer: Month });
  if (json === true) {
    screen.json(month);
    return;
  }
  await printRows(cli, Campaign, month.campaigns, columnsOf(cli), {});
  screen.line('');
  const counts = ['paid', 'carriedForward', 'handedOver', 'writtenOff'] as const;
  const heads = [
    ...[t('head.customers'), t('head.open')],
    ...counts.map((count) => t(`term.${count}`)),
  ];
  await screen.table(
    [{ head: t('head.station') }, ...heads.map((head) => ({ head, right: true }))],
    month.cycles.map((row) => [
      ...[row.station, row.total, row.open],
      ...counts.map((count) => row[count]),
    ]),
  );
}

import { Opened } from '../api/schema/campaigns';
import { asOfOption, countOption, optional, periodOption } from './arguments';
import type { Cli } from './cli';
import { openApi } from './client';
import { keyOf } from './order';

export type OpenOptions = Readonly<{
  period?: string;
  asOf?: string;
  station?: string;
  limit?: string;
  reason?: string;
  id?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

/** Orders that a month is opened. It is opened by the worker, at once or when it runs. */
export async function openCampaign(cli: Cli, options: OpenOptions): Promise<void> {
  const { t, screen } = cli;
  const { station, reason = 'campaign open', json, dryRun = false } = options;
  const body = {
    ...{ reason, station },
    period: optional(cli, options.period, periodOption),
    asOf: optional(cli, options.asOf, asOfOption),
    limit: optional(cli, options.limit, countOption),
  };
  const api = await openApi(cli);
  const sent = { body, answer: Opened, key: keyOf(options), dryRun };
  const { period, stations, result } = await api.send('/campaigns', sent);
  if (json === true) screen.json({ period, stations, dryRun });
  else if (result === 'repeated') screen.line(t('order.repeated'));
  else
    screen.line(
      t(dryRun ? 'campaign.open.would' : 'campaign.open.done', {
        ...{ period, stations: stations.join(', ') },
      }),
    );
}

import type { z } from 'zod';
import { Done, itemsOf } from '../api/schema/answers';
import { Schedule } from '../api/schema/campaigns';
import type { Cli } from './cli';
import { openApi } from './client';
import { Exit, EXIT } from './exit';
import { keyOf, sayDone } from './order';
import { printRows, type Column } from './print-rows';
import { wallClock } from './screen';

export type ScheduleOptions = Readonly<{
  day: string;
  hour: string;
  station?: string;
  pause?: boolean;
  resume?: boolean;
  remove?: boolean;
  list?: boolean;
  reason?: string;
  id?: string;
  dryRun?: boolean;
  json?: boolean;
}>;

/** Makes, pauses, resumes or removes the Schedules by which months open by themselves, or lists them. */
export async function scheduleCampaigns(cli: Cli, options: ScheduleOptions): Promise<void> {
  const { t } = cli;
  const { station, reason = 'campaign schedule', dryRun } = options;
  const hows = (['pause', 'resume', 'remove', 'list'] as const).filter((how) => options[how]);
  const [how] = hows;
  if (hows.length > 1) throw new Exit(EXIT.usage, t('campaign.schedule.one'));
  if (how === 'list') {
    await list(cli, options);
    return;
  }
  const order = { answer: Done, key: keyOf(options), dryRun };
  if (how !== undefined) {
    const body = { reason, station };
    const answer = await (
      await openApi(cli)
    ).send(`/campaign-schedules/${how}`, { ...order, body });
    sayDone(cli, answer, options, `campaign.schedule.${how}d`);
    return;
  }
  const day = whole(cli, options.day, 1, 28);
  const hour = whole(cli, options.hour, 0, 23);
  const body = { reason, station, day, hour };
  const sent = { ...order, method: 'PUT', body } as const;
  const answer = await (await openApi(cli)).send('/campaign-schedules', sent);
  sayDone(cli, answer, options, 'campaign.schedule.done');
  if (options.json !== true && dryRun !== true)
    cli.screen.line(t('campaign.schedule.when', { day, hour }));
}

async function list(cli: Cli, { station, json }: ScheduleOptions): Promise<void> {
  const { t } = cli;
  const api = await openApi(cli);
  const query = { station };
  const { items } = await api.get('/campaign-schedules', { query, answer: itemsOf(Schedule) });
  const columns: Column<z.output<typeof Schedule>>[] = [
    { head: t('head.station'), of: (row) => row.station },
    { head: t('head.day'), right: true, of: ({ day }) => day },
    { head: t('head.hour'), right: true, of: ({ hour }) => hour },
    { head: t('head.status'), of: ({ paused }) => t(paused ? 'term.paused' : 'term.running') },
    {
      head: t('head.next'),
      of: ({ nextAt, paused }) => (paused ? null : nextAt && wallClock(nextAt)),
    },
  ];
  await printRows(cli, Schedule, items, columns, { json: json === true });
}

/** Every month has a 28th. @throws Exit 2 */
function whole({ t }: Cli, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Exit(EXIT.usage, t('bad.range', { text, least, most }));
}

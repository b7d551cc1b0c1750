import { stations } from '../db/campaigns';
import { scheduleId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { withSession, type Session } from './session';

type Options = Readonly<{ day: string; hour: string; remove?: boolean }>;

export const scheduleCampaigns = (cli: Cli, options: Options): Promise<void> =>
  withSession(cli, (session) => schedule(session, cli, options));

async function schedule(
  { db, temporal, taskQueue }: Session,
  cli: Cli,
  { day, hour, remove }: Options,
): Promise<void> {
  const { ScheduleAlreadyRunning, ScheduleNotFoundError } = await import('@temporalio/client');
  const unlessMissing = (error: unknown): void => {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  };
  const client = await temporal();
  const calendar = {
    dayOfMonth: whole(cli, day, 1, 28),
    hour: whole(cli, hour, 0, 23),
    minute: 0,
  };
  for (const station of await stations(db)) {
    const handle = client.schedule.getHandle(scheduleId(station));
    if (remove === true) {
      await handle.delete().catch(unlessMissing);
      continue;
    }
    const args: [RunCampaignInput] = [{ station, openedBy: 'schedule', offsetMs: 0 }];
    const spec = { calendars: [calendar], timezone: 'Asia/Shanghai' };
    const action = {
      type: 'startWorkflow',
      workflowType: 'runCampaign',
      workflowId: scheduleId(station),
      taskQueue,
      args,
    } as const;
    await client.schedule
      .create({ scheduleId: scheduleId(station), spec, action })
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        return handle.update((previous) => ({ ...previous, spec, action }));
      });
  }
  const { t, screen } = cli;
  screen.line(
    remove === true ? t('campaign.schedule.removed') : t('campaign.schedule.done', { day, hour }),
  );
}

/** Every month has a 28th. @throws Exit 2 */
function whole({ t }: Cli, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Exit(EXIT.usage, t('bad.range', { text, least, most }));
}

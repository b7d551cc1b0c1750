import type { Config } from '../config';
import { stations } from '../db/campaigns';
import { scheduleId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import { Exit, EXIT } from './exit';
import { print } from './output';
import { withSession, type Session } from './session';

type Options = Readonly<{ day: string; hour: string; remove?: boolean }>;

export const scheduleCampaigns = (config: Config, options: Options): Promise<void> =>
  withSession(config, (session) => schedule(session, options));

async function schedule(
  { db, temporal, taskQueue }: Session,
  { day, hour, remove }: Options,
): Promise<void> {
  const { ScheduleAlreadyRunning, ScheduleNotFoundError } = await import('@temporalio/client');
  const unlessMissing = (error: unknown): void => {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  };
  const client = await temporal();
  const calendar = {
    dayOfMonth: whole(day, 'day', 1, 28),
    hour: whole(hour, 'hour', 0, 23),
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
  print(
    remove === true
      ? 'The months open by hand from now on.'
      : `Each month opens on day ${day} at ${hour}:00, Asia/Shanghai.`,
  );
}

/** Every month has a 28th. @throws Exit 2 */
function whole(text: string, what: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Exit(EXIT.usage, `${text} is not a ${what} from ${least} to ${most}.`);
}

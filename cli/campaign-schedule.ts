import type { Config } from '../config';
import { stations } from '../db/campaigns';
import { scheduleId, type RunCampaignInput } from '../workflows/contract';
import { print } from './output';
import { withSession, type Session } from './session';

type Options = Readonly<{ day: string; hour: string; remove?: boolean }>;

export const scheduleCampaigns = (config: Config, options: Options): Promise<void> =>
  withSession(config, (session) => schedule(session, options));

async function schedule(
  { db, temporal, taskQueue }: Session,
  { day, hour, remove }: Options,
): Promise<void> {
  const { ScheduleAlreadyRunning } = await import('@temporalio/client');
  const client = await temporal();
  const calendar = { dayOfMonth: Number(day), hour: Number(hour), minute: 0 };
  for (const station of await stations(db)) {
    const handle = client.schedule.getHandle(scheduleId(station));
    if (remove === true) {
      await handle.delete().catch(() => undefined);
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

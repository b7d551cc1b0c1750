import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client } from '@temporalio/client';
import type { z } from 'zod';
import { scheduleId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import type { Schedule } from './schema/campaigns';

type Monthly = Readonly<{ day: number; hour: number }>;

/** Makes or changes the Schedule by which a station's months open. Safe to repeat. */
export async function schedule(
  client: Client,
  { station, taskQueue, day, hour }: Monthly & Readonly<{ station: string; taskQueue: string }>,
): Promise<void> {
  const id = scheduleId(station);
  const args: [RunCampaignInput] = [{ station, openedBy: 'schedule', offsetMs: 0 }];
  const calendar = { dayOfMonth: day, hour, minute: 0 };
  const spec = { calendars: [calendar], timezone: 'Asia/Shanghai' };
  const run = { workflowType: 'runCampaign', workflowId: id, taskQueue, args };
  const action = { type: 'startWorkflow' as const, ...run };
  try {
    await client.schedule.create({ scheduleId: id, spec, action });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(id).update((before) => ({ ...before, spec, action }));
  }
}

/** Each is safe to repeat, and does nothing where there is no Schedule. */
export const changes = {
  pause: (client: Client, station: string) =>
    unlessMissing(client.schedule.getHandle(scheduleId(station)).pause()),
  resume: (client: Client, station: string) =>
    unlessMissing(client.schedule.getHandle(scheduleId(station)).unpause()),
  remove: (client: Client, station: string) =>
    unlessMissing(client.schedule.getHandle(scheduleId(station)).delete()),
} as const;

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** A station's Schedule as it stands; null: none. */
export async function scheduleOf(
  client: Client,
  station: string,
): Promise<z.output<typeof Schedule> | null> {
  const found = await unlessMissing(client.schedule.getHandle(scheduleId(station)).describe());
  if (found === null) return null;
  const { calendars: [calendar] = [] } = found.spec;
  const [next] = found.info.nextActionTimes;
  return {
    station,
    day: first(calendar?.dayOfMonth),
    hour: first(calendar?.hour),
    paused: found.state.paused,
    nextAt: next?.toISOString() ?? null,
  };
}

const first = (ranges: readonly Readonly<{ start: number }>[] | undefined): number | null =>
  ranges?.[0]?.start ?? null;

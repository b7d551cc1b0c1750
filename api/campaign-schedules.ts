import type { Client } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { applied, command, refused, type Order } from '../db/commands';
import type { Deps } from './deps';
import { stationsToOpen } from './open-campaigns';
import { done, Done, orderOf, Reason, route } from './route';
import { itemsOf } from './schema/answers';
import { Schedule } from './schema/campaigns';
import { Station } from './schema/common';
import { changes, schedule, scheduleOf } from './station-schedules';

const about = { permission: 'campaign.open', tag: 'campaigns', dryRun: true } as const;
const station = Station.optional().describe("all of the caller's when absent");

/** The Schedules by which months open by themselves, one for each station. */
export function registerCampaignSchedules(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  set(app, deps);
  for (const how of ['pause', 'resume', 'remove'] as const) change(app, deps, how);
}

function list(app: FastifyInstance, { db, temporal }: Deps): void {
  const spec = {
    permission: 'campaign.read',
    tag: 'campaigns',
    summary: 'By which Schedule the months of each station open by themselves',
    query: z.strictObject({ station: Station.optional() }),
    response: { 200: itemsOf(Schedule) },
  } as const;
  route(app, 'GET', '/campaign-schedules', spec, async ({ query, principal }) => {
    const client = await temporal();
    const stations = await stationsToOpen(db, principal, query.station);
    const found = await Promise.all(stations.map((one) => scheduleOf(client, one)));
    return { items: found.filter((one) => one !== null) };
  });
}

function set(app: FastifyInstance, deps: Deps): void {
  const body = z.strictObject({
    reason: Reason,
    // Every month has a 28th.
    day: z.int().min(1).max(28),
    hour: z.int().min(0).max(23).describe('in Asia/Shanghai'),
    station,
  });
  const spec = {
    ...about,
    summary: 'Open the month of each station by itself, on a day at an hour',
    body,
    response: { 200: Done },
  } as const;
  route(app, 'PUT', '/campaign-schedules', spec, async (call) => {
    const { reason, day, hour } = call.body;
    const stations = await stationsToOpen(deps.db, call.principal, call.body.station);
    const order = await orderOf(deps.db, call, reason);
    const taskQueue = deps.config.TEMPORAL_TASK_QUEUE;
    const entry = { kind: 'scheduleCampaigns', body: { stations, day, hour } };
    return carryOut(deps, order, { ...entry, stations }, (client, one) =>
      schedule(client, { station: one, taskQueue, day, hour }),
    );
  });
}

const SUMMARIES = {
  pause: 'No month opens by itself until resumed',
  resume: 'Months open by themselves again',
  remove: 'Months are opened by hand from now on',
} as const;

function change(app: FastifyInstance, deps: Deps, how: keyof typeof changes): void {
  const body = z.strictObject({ reason: Reason, station });
  const spec = { ...about, summary: SUMMARIES[how], body, response: { 200: Done } };
  route(app, 'POST', `/campaign-schedules/${how}`, spec, async (call) => {
    const { reason } = call.body;
    const stations = await stationsToOpen(deps.db, call.principal, call.body.station);
    const order = await orderOf(deps.db, call, reason);
    const entry = { kind: `${how}CampaignSchedules`, body: { stations } };
    return carryOut(deps, order, { ...entry, stations }, async (client, one) => {
      await changes[how](client, one);
    });
  });
}

/** Some dozens of stations, some milliseconds each; beyond it the engine is away. */
const ENGINE_MS = 10_000;

type Wanted = Readonly<{
  kind: string;
  body: Readonly<Record<string, unknown>>;
  stations: readonly string[];
}>;

/**
 * The engine keeps the Schedules: it is told inside the order's transaction. When it does not answer, there is no entry; when the entry is lost,
 * the same order does the same once more.
 */
async function carryOut(
  { db, temporal }: Deps,
  order: Order,
  { kind, body, stations }: Wanted,
  work: (client: Client, station: string) => Promise<void>,
): Promise<z.output<typeof Done>> {
  // Before the transaction: to wait for an engine that is not there would hold a connection.
  const client = await temporal();
  const result = await command(db, order, { kind, customerNo: null, body }, async () => {
    if (stations.length === 0) return refused('There are no customers. Import some first.');
    if (order.dryRun === true) return applied;
    await client.withDeadline(Date.now() + ENGINE_MS, async () => {
      for (const one of stations) await work(client, one);
    });
    return applied;
  });
  return done(order, result);
}

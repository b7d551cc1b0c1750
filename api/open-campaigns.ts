import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { campaignStatus } from '../db/campaign-status';
import { stations as allOf } from '../db/campaigns';
import { stationNow } from '../db/clock';
import type { Sql } from '../db/client';
import { countToOpen, openMonth } from '../db/open-month';
import type { Principal } from '../domain/permissions';
import { dateOf, periodOf, toInstant, toPeriod } from '../domain/time';
import { allStations, gradingOn, stationsOf } from './access';
import type { Deps } from './deps';
import { notFound, ProblemError } from './problem';
import { done, orderOf, Reason, route } from './route';
import { CampaignStatus, Opened } from './schema/campaigns';
import { InstantIn, Period, Station } from './schema/common';

/** Opening a month, and how it stands. */
export function registerOpenCampaigns(app: FastifyInstance, deps: Deps): void {
  open(app, deps);
  status(app, deps);
}

const body = z.strictObject({
  reason: Reason,
  period: Period.optional().describe('that of the day when absent'),
  station: Station.optional().describe("all of the caller's when absent"),
  limit: z.int().min(1).optional().describe('at most so many customers of each station'),
  asOf: InstantIn.optional().describe(
    "moves the station's clock there; for who has all stations, and never where delivery is live",
  ),
});

function open(app: FastifyInstance, { db, book, config }: Deps): void {
  const spec = {
    permission: 'campaign.open',
    tag: 'campaigns',
    summary:
      'Open a month: its customers are graded, and their cycles begin. A repeat opens nothing twice',
    body,
    dryRun: true,
    response: { 200: Opened },
  } as const;
  route(app, 'POST', '/campaigns', spec, async (call) => {
    const { reason, station, limit = null } = call.body;
    const asOf =
      call.body.asOf === undefined ? null : toInstant(new Date(call.body.asOf).toISOString());
    if (asOf !== null) allStations(call.principal, "The station's clock");
    if (asOf !== null && config.DELIVERY === 'live')
      throw new ProblemError(
        'refused',
        "asOf moves the station's clock, which is refused while DELIVERY=live.",
      );
    const stations = await stationsToOpen(db, call.principal, station);
    const day = dateOf(asOf ?? (await stationNow(db)));
    await gradingOn(book, day);
    const period = call.body.period === undefined ? periodOf(day) : toPeriod(call.body.period);
    const order = await orderOf(db, call, reason);
    const customers = await countToOpen(db, { stations, period, limit }, order.at);
    const result = await openMonth(db, order, { stations, period, limit, asOf });
    return { ...done(order, result), period, stations, customers };
  });
}

/** The one named, or all of the caller's that have customers. */
export async function stationsToOpen(
  sql: Sql,
  principal: Principal,
  station: string | undefined,
): Promise<string[]> {
  const wanted = await stationsOf(sql, principal, station);
  const known = await allOf(sql);
  return wanted === null ? known : known.filter((one) => wanted.includes(one));
}

function status(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'campaign.read',
    tag: 'campaigns',
    summary: 'A month at a glance: levels, messages, tasks and what came in',
    query: z.strictObject({
      period: Period.optional().describe('the latest opened when absent'),
      station: Station.optional(),
    }),
    response: { 200: CampaignStatus },
  } as const;
  route(app, 'GET', '/campaign-status', spec, async ({ query, principal }) => {
    const stations = await stationsOf(db, principal, query.station);
    const wanted = query.period === undefined ? null : toPeriod(query.period);
    const found = await campaignStatus(db, wanted, stations);
    if (found === null)
      throw notFound(
        wanted === null ? 'campaign yet. Open one: npx tarim campaign open' : `campaign ${wanted}`,
      );
    return found;
  });
}

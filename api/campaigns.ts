import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { campaignProgress, listCampaigns } from '../db/list-campaigns';
import { toPeriod } from '../domain/time';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { Campaign, Month } from './schema/campaigns';
import { Period } from './schema/common';

/** A page's worth and more: a utility has some dozens of stations. */
const STATIONS_MAX = 1000;

/** Which months were opened where, and how far they are. */
export function registerCampaigns(app: FastifyInstance, { db }: Deps): void {
  const list = {
    permission: 'campaign.read',
    tag: 'campaigns',
    summary: "Each station's campaigns, the latest month first",
    query: z.strictObject(pageQuery),
    response: { 200: pageOf(Campaign) },
  } as const;
  route(
    app,
    'GET',
    '/campaigns',
    list,
    async ({ query: { limit, cursor }, principal: { stations } }) => {
      const after = readCursor(z.tuple([Period, z.string()]), cursor);
      const rows = await listCampaigns(db, { stations, period: null, after, limit: limit + 1 });
      return paged(rows, limit, ({ period, station }) => [period, station]);
    },
  );
  const one = {
    permission: 'campaign.read',
    tag: 'campaigns',
    summary: 'A month: its campaigns, and how its cycles stand by station',
    params: z.strictObject({ period: Period }),
    response: { 200: Month },
  } as const;
  route(app, 'GET', '/campaigns/:period', one, async ({ params, principal: { stations } }) => {
    const period = toPeriod(params.period);
    const page = { stations, period, after: null, limit: STATIONS_MAX };
    const campaigns = await listCampaigns(db, page);
    if (campaigns.length === 0) throw notFound(`campaign ${period}`);
    return { period, campaigns, cycles: await campaignProgress(db, { stations, period }) };
  });
}

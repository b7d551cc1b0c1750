import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { gradeMonth } from '../db/grade-month';
import { gradePage } from '../db/grading';
import { dateOf, toInstant } from '../domain/time';
import { gradingOn, stationsOf } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { done, orderOf, Reason, route } from './route';
import { InstantIn, Station } from './schema/common';
import { Graded, GradedNow } from './schema/gradings';

/** The whole book under the grading in force: what it would come to, and to bring it up to date. */
export function registerGradings(app: FastifyInstance, { db, book }: Deps): void {
  const list = {
    permission: 'grade.read',
    tag: 'grades',
    summary: 'What every customer would be graded as of an instant, by number; nothing is written',
    query: z.strictObject({
      ...pageQuery,
      station: Station.optional(),
      asOf: InstantIn.optional().describe('now when absent'),
    }),
    response: { 200: pageOf(Graded) },
  } as const;
  route(app, 'GET', '/gradings', list, async ({ query, principal }) => {
    const { limit, cursor, station, asOf } = query;
    const after = readCursor(z.string(), cursor) ?? '';
    const at = asOf === undefined ? await stationNow(db) : toInstant(new Date(asOf).toISOString());
    const stations = await stationsOf(db, principal, station);
    const policy = await gradingOn(book, dateOf(at));
    const rows = await gradePage(db, policy, { asOf: at, stations, after, limit: limit + 1 });
    return paged(rows, limit, ({ customerNo }) => customerNo);
  });
  const now = {
    permission: 'campaign.open',
    tag: 'grades',
    summary:
      'Bring the grades of this month up to date, of all who have no month open and were not graded in it yet',
    body: z.strictObject({ reason: Reason, station: Station.optional() }),
    dryRun: true,
    response: { 200: GradedNow },
  } as const;
  route(app, 'POST', '/gradings', now, async (call) => {
    const stations = await stationsOf(db, call.principal, call.body.station);
    const order = await orderOf(db, call, call.body.reason);
    const policy = await gradingOn(book, dateOf(order.at));
    const { result, levels } = await gradeMonth(db, order, { policy, stations });
    return { ...done(order, result), levels };
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requestApproval } from '../db/approvals';
import { stationNow } from '../db/clock';
import { endOverride, listOverrides, OVERRIDE_STATES } from '../db/overrides';
import { parseInstant } from '../domain/time';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { Override } from './schema/approvals';
import { CustomerNo, InstantIn, Level, Station } from './schema/common';

const tag = 'grades';
const params = z.strictObject({ customerNo: CustomerNo });

/** Levels that two people decided on against the points. */
export function registerOverrides(app: FastifyInstance, deps: Deps): void {
  list(app, deps);
  order(app, deps);
}

function list(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/grade-overrides',
    {
      permission: 'grade.read',
      tag,
      summary: 'Levels decided on against the points, the latest first',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(OVERRIDE_STATES).default('inForce'),
        station: Station.optional(),
        customerNo: CustomerNo.optional(),
      }),
      response: { 200: pageOf(Override) },
    },
    async ({
      query: { limit, cursor, state, station = null, customerNo = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const filter = { stations, state, station, customerNo, after, limit: limit + 1 };
      const rows = await listOverrides(db, filter, await stationNow(db));
      return paged(rows, limit, ({ from, id }) => [from, id]);
    },
  );
}

function order(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/customers/:customerNo/grade-overrides',
    {
      permission: 'grade.override',
      tag,
      dryRun: true,
      summary: 'Ask for a level against the points, until an instant; another person decides',
      params,
      body: z.strictObject({ level: Level, until: InstantIn, reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const {
        params: { customerNo },
        body: { level, until: text, reason },
      } = call;
      await ownCustomer(db, call.principal, customerNo);
      const until = parseInstant(text);
      if (until === null) throw new ProblemError('badRequest', 'body/until: not an instant');
      const given = await orderOf(db, call, reason);
      const wanted = { kind: 'override', customerNo, level, until } as const;
      return done(given, await requestApproval(db, book, given, wanted));
    },
  );
  route(
    app,
    'POST',
    '/customers/:customerNo/grade-overrides/end',
    {
      permission: 'grade.override',
      tag,
      dryRun: true,
      summary: 'End the one in force before its time; the points count again',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      await ownCustomer(db, call.principal, call.params.customerNo);
      const given = await orderOf(db, call, call.body.reason);
      return done(given, await endOverride(db, given, call.params.customerNo));
    },
  );
}

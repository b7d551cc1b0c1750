import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findCycle, listCycles, stepsOf } from '../db/list-cycles';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { CustomerNo, Level, Period, Station } from './schema/common';
import { Cycle, CycleSteps, OUTCOMES } from './schema/cycles';

const about = { permission: 'customer.read', tag: 'cycles' } as const;

/** Customers' months, and each rung that was taken or not. */
export function registerCycles(app: FastifyInstance, { db }: Deps): void {
  const list = {
    ...about,
    summary: "Customers' months, those opened last first",
    query: z.strictObject({
      ...pageQuery,
      station: Station.optional(),
      customerNo: CustomerNo.optional(),
      period: Period.optional(),
      level: z.coerce.number().pipe(Level).optional(),
      outcome: z.enum(['open', ...OUTCOMES]).optional(),
    }),
    response: { 200: pageOf(Cycle) },
  } as const;
  route(app, 'GET', '/cycles', list, async ({ query, principal: { stations } }) => {
    const { limit, cursor, ...given } = query;
    const { station = null, customerNo = null, period = null } = given;
    const { level = null, outcome = null } = given;
    const after = readCursor(z.tuple([z.iso.datetime(), z.string(), z.string()]), cursor);
    const filter = { stations, station, customerNo, period, level, outcome };
    const rows = await listCycles(db, { ...filter, after, limit: limit + 1 });
    return paged(rows, limit, ({ openedAt, customerNo, period }) => [openedAt, customerNo, period]);
  });
  const one = {
    ...about,
    summary: "A customer's month with its steps: taken, or not and why",
    params: z.strictObject({ customerNo: CustomerNo, period: Period }),
    response: { 200: CycleSteps },
  } as const;
  route(app, 'GET', '/customers/:customerNo/cycles/:period', one, async (call) => {
    const { customerNo, period } = call.params;
    await ownCustomer(db, call.principal, customerNo);
    const cycle = await findCycle(db, customerNo, period);
    if (cycle === null) throw notFound(`month ${period} of customer ${customerNo}`);
    return { ...cycle, steps: await stepsOf(db, customerNo, period) };
  });
}

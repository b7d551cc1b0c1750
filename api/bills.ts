import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { findBill, listBills } from '../db/list-bills';
import { ownBill } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { Bill } from './schema/bills';
import { BillNo, CustomerNo, Period, Station } from './schema/common';

const about = { permission: 'money.read', tag: 'bills' } as const;

/** Bills and how far they are paid. */
export function registerBills(app: FastifyInstance, { db }: Deps): void {
  const list = {
    ...about,
    summary: 'Bills, those due last first',
    query: z.strictObject({
      ...pageQuery,
      station: Station.optional(),
      customerNo: CustomerNo.optional(),
      period: Period.optional(),
      state: z.enum(['open', 'overdue', 'all']).default('all'),
    }),
    response: { 200: pageOf(Bill) },
  } as const;
  route(app, 'GET', '/bills', list, async ({ query, principal: { stations } }) => {
    const { limit, cursor, station = null, customerNo = null, period = null, state } = query;
    const after = readCursor(z.tuple([z.iso.date(), z.string()]), cursor);
    const asOf = await stationNow(db);
    const [open, overdue] = [state === 'open', state === 'overdue'];
    const filter = { stations, asOf, station, customerNo, period, open, overdue };
    const rows = await listBills(db, { ...filter, after, limit: limit + 1 });
    return paged(rows, limit, ({ dueOn, billNo }) => [dueOn, billNo]);
  });
  const one = {
    ...about,
    summary: 'One bill',
    params: z.strictObject({ billNo: BillNo }),
    response: { 200: Bill },
  } as const;
  route(app, 'GET', '/bills/:billNo', one, async ({ params: { billNo }, principal }) => {
    await ownBill(db, principal, billNo);
    const bill = await findBill(db, billNo, await stationNow(db));
    if (bill === null) throw notFound(`bill ${billNo}`);
    return bill;
  });
}

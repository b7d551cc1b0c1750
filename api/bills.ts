import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { findBill, listBills } from '../db/list-bills';
import { ownBill } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { route } from './route';
import { Bill, billFilter } from './schema/bills';
import { BillNo } from './schema/common';

/** A filter as it came; what was left out does not matter. */
export function billsOf(given: z.output<z.ZodObject<typeof billFilter>>) {
  const { station = null, customerNo = null, period = null, state } = given;
  return { station, customerNo, period, open: state === 'open', overdue: state === 'overdue' };
}

const about = { permission: 'money.read', tag: 'bills' } as const;

/** Bills and how far they are paid. */
export function registerBills(app: FastifyInstance, { db }: Deps): void {
  const list = {
    ...about,
    summary: 'Bills, those due last first',
    query: z.strictObject({ ...pageQuery, ...billFilter }),
    response: { 200: pageOf(Bill) },
  } as const;
  route(app, 'GET', '/bills', list, async ({ query, principal: { stations } }) => {
    const { limit, cursor, ...given } = query;
    const after = readCursor(z.tuple([z.iso.date(), z.string()]), cursor);
    const asOf = await stationNow(db);
    const rows = await listBills(db, {
      ...billsOf(given),
      stations,
      asOf,
      after,
      limit: limit + 1,
    });
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

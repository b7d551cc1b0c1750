import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requestApproval } from '../db/approvals';
import { stationNow } from '../db/clock';
import { listWaivers, penaltiesOfCustomer } from '../db/waivers';
import { toFen } from '../domain/fen';
import { ownBill, ownCustomer } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { done, Done, orderOf, Reason, route } from './route';
import { itemsOf } from './schema/answers';
import { BillPenalty, Waiver } from './schema/approvals';
import { BillNo, CustomerNo, Fen, Station } from './schema/common';

const tag = 'penalties';

/** The statutory penalty, and what two people waived of it. The debt itself cannot be waived. */
export function registerWaivers(app: FastifyInstance, deps: Deps): void {
  read(app, deps);
  ask(app, deps);
}

function read(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'GET',
    '/waivers',
    {
      permission: 'money.read',
      tag,
      summary: 'Penalty that is not asked for, the latest first',
      query: z.strictObject({
        ...pageQuery,
        station: Station.optional(),
        customerNo: CustomerNo.optional(),
        billNo: BillNo.optional(),
      }),
      response: { 200: pageOf(Waiver) },
    },
    async ({
      query: { limit, cursor, station = null, customerNo = null, billNo = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const filter = { stations, station, customerNo, billNo, after, limit: limit + 1 };
      return paged(await listWaivers(db, filter), limit, ({ at, id }) => [at, id]);
    },
  );
  route(
    app,
    'GET',
    '/customers/:customerNo/penalties',
    {
      permission: 'money.read',
      tag,
      summary: 'The penalty of each bill: charged, waived, left',
      params: z.strictObject({ customerNo: CustomerNo }),
      response: { 200: itemsOf(BillPenalty) },
    },
    async ({ params: { customerNo }, principal }) => {
      await ownCustomer(db, principal, customerNo);
      const items = await penaltiesOfCustomer(db, book, customerNo, await stationNow(db));
      return { items: items ?? [] };
    },
  );
}

function ask(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/bills/:billNo/waivers',
    {
      permission: 'penalty.waive',
      tag,
      dryRun: true,
      summary: 'Ask to waive penalty of a bill; another person decides',
      params: z.strictObject({ billNo: BillNo }),
      body: z.strictObject({ amountFen: Fen.min(1), reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const {
        params: { billNo },
        body: { amountFen, reason },
      } = call;
      const customerNo = await ownBill(db, call.principal, billNo);
      const order = await orderOf(db, call, reason);
      const wanted = { kind: 'waiver', customerNo, billNo, amountFen: toFen(amountFen) } as const;
      return done(order, await requestApproval(db, book, order, wanted));
    },
  );
}

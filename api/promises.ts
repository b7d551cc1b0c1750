import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DISPUTE_STATES, listDisputes } from '../db/list-disputes';
import { listPromises, PROMISE_STATES } from '../db/list-promises';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { route } from './route';
import { CustomerNo, Station } from './schema/common';
import { Dispute, PromiseToPay } from './schema/promises';

const of = { ...pageQuery, station: Station.optional(), customerNo: CustomerNo.optional() };

/** What customers said: that they will pay, and that they need not. */
export function registerPromises(app: FastifyInstance, { db }: Deps): void {
  const promises = {
    permission: 'customer.read',
    tag: 'promises',
    summary: 'Promises to pay, those for the earliest day first',
    query: z.strictObject({ ...of, state: z.enum(PROMISE_STATES).default('open') }),
    response: { 200: pageOf(PromiseToPay) },
  } as const;
  route(app, 'GET', '/promises', promises, async ({ query, principal: { stations } }) => {
    const { limit, cursor, station = null, customerNo = null, state } = query;
    const after = readCursor(z.tuple([z.iso.date(), z.string()]), cursor);
    const filter = { stations, station, customerNo, state, after, limit: limit + 1 };
    const rows = await listPromises(db, filter);
    return paged(rows, limit, ({ promisedOn, id }) => [promisedOn, id]);
  });
  const disputes = {
    permission: 'customer.read',
    tag: 'disputes',
    summary: 'Disputed bills, the latest dispute first',
    query: z.strictObject({ ...of, state: z.enum(DISPUTE_STATES).default('open') }),
    response: { 200: pageOf(Dispute) },
  } as const;
  route(app, 'GET', '/disputes', disputes, async ({ query, principal: { stations } }) => {
    const { limit, cursor, station = null, customerNo = null, state } = query;
    const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
    const filter = { stations, station, customerNo, state, after, limit: limit + 1 };
    const rows = await listDisputes(db, filter);
    return paged(rows, limit, ({ openedAt, id }) => [openedAt, id]);
  });
}

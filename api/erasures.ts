import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import { eraseCustomer, listErasable } from '../db/erasure';
import { ownCustomer, stationsOf } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { done, Done, orderOf, Reason, route } from './route';
import { CustomerNo, Station } from './schema/common';
import { Erasable } from './schema/customers';

const tag = 'customers';

/** What is personal, taken away when it need not be kept any more. */
export function registerErasures(app: FastifyInstance, { db }: Deps): void {
  const list = {
    permission: 'customer.erase',
    tag,
    summary:
      'Customers of whom nothing personal needs to be kept, as far as can be told at a glance',
    query: z.strictObject({ ...pageQuery, station: Station.optional() }),
    response: { 200: pageOf(Erasable) },
  } as const;
  route(app, 'GET', '/erasable-customers', list, async ({ query, principal }) => {
    const after = readCursor(CustomerNo, query.cursor) ?? '';
    const stations = await stationsOf(db, principal, query.station);
    const asked = { stations, asOf: await stationNow(db), after, limit: query.limit + 1 };
    return paged(await listErasable(db, asked), query.limit, ({ customerNo }) => customerNo);
  });
  const erase = {
    permission: 'customer.erase',
    tag,
    summary: 'Take away what is personal; the number, the money and what was done stay',
    params: z.strictObject({ customerNo: CustomerNo }),
    body: z.strictObject({ reason: Reason }),
    dryRun: true,
    response: { 200: Done },
  } as const;
  route(app, 'POST', '/customers/:customerNo/erasure', erase, async (call) => {
    const { customerNo } = call.params;
    await ownCustomer(db, call.principal, customerNo);
    const order = await orderOf(db, call, call.body.reason);
    return done(order, await eraseCustomer(db, order, customerNo));
  });
}

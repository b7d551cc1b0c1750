import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { orderBulk, stopBulk } from '../db/bulk-orders';
import { countReach, type BulkFilter as Filter, type BulkKind } from '../db/bulk-reach';
import { bulkOrderOf, bulkOutcomes, listBulkOrders, type BulkRow } from '../db/list-bulk-orders';
import { freshenStandings } from '../db/standings';
import type { Principal } from '../domain/permissions';
import { parseInstant, type Instant } from '../domain/time';
import { ownStation } from './access';
import { filterOf } from './customers';
import type { Deps } from './deps';
import { readBy } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { BulkDone, BulkFilter, BulkOrder, BulkOutcome } from './schema/bulk-orders';
import { InstantIn, OrderId } from './schema/common';

const tag = 'bulk';
const permission = 'bulk.order';
const params = z.strictObject({ id: OrderId });

/** One order over many: counted first by a dry run, carried out by the worker page by page, stopped at will. */
export function registerBulkOrders(app: FastifyInstance, deps: Deps): void {
  order(app, deps);
  stop(app, deps);
  read(app, deps);
}

function order(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/bulk-orders',
    {
      permission,
      tag,
      dryRun: true,
      summary: 'Hold or release every customer who fits; a dry run tells how many',
      body: z.strictObject({
        kind: z.enum(['hold', 'release']),
        filter: BulkFilter,
        until: InstantIn.optional().describe('of a hold; until further notice when absent'),
        expected: z.int().min(1).optional().describe('the count you saw; another is refused'),
        reason: Reason,
      }),
      response: { 200: BulkDone },
    },
    async (call) => {
      const { kind, until: text, expected = null, reason } = call.body;
      const filter = await reachOf(db, call.principal, call.body.filter);
      const until = text === undefined ? null : parseInstant(text);
      if (kind === 'release' && text !== undefined)
        throw new ProblemError('badRequest', 'body/until: a release has no end');
      const given = await orderOf(db, call, reason);
      await freshenStandings(db, given.at);
      const total = await countReach(db, { kind, filter }, given.at);
      const answer = done(
        given,
        await orderBulk(db, given, { kind, filter, until, beginsAt: null, expected }),
      );
      const would = given.dryRun === true ? sentence(kind, { total, until }) : null;
      return { ...answer, total, would };
    },
  );
}

const sentence = (
  kind: Exclude<BulkKind, 'migrate'>,
  { total, until }: Readonly<{ total: number; until: Instant | null }>,
): string =>
  kind === 'hold'
    ? `Policy time would stop over ${total} customers ${until === null ? 'until further notice' : `until ${until}`}.`
    : `The holds over ${total} customers would end; their ladders resume where they stood.`;

/** As it is kept: within the person's stations, for good. @throws ProblemError 404 for another station or bulk order. */
async function reachOf(
  db: Deps['db'],
  principal: Principal,
  given: z.output<typeof BulkFilter>,
): Promise<Filter> {
  const { heldBy = null, customerNos = null, ...filter } = given;
  if (filter.station !== undefined) await ownStation(db, principal, filter.station);
  if (heldBy !== null) await known(db, principal, heldBy);
  return {
    ...filterOf(filter),
    ...{ customerNos, heldBy, stations: principal.stations, toPolicy: null },
  };
}

function stop(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/bulk-orders/:id/stop',
    {
      permission,
      tag,
      dryRun: true,
      summary: 'Stop one that runs; what was done stays, and is listed',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const { id } = await known(db, call.principal, call.params.id);
      const given = await orderOf(db, call, call.body.reason);
      return done(given, await stopBulk(db, given, id));
    },
  );
}

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/bulk-orders',
    {
      permission,
      tag,
      summary: 'Bulk orders, the latest first',
      query: z.strictObject(pageQuery),
      response: { 200: pageOf(BulkOrder) },
    },
    async ({ query: { limit, cursor }, principal: { stations } }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const rows = await listBulkOrders(db, { stations, after, limit: limit + 1 });
      return paged(rows, limit, ({ at, id }) => [at, id]);
    },
  );
  route(
    app,
    'GET',
    '/bulk-orders/:id',
    { permission, tag, summary: 'How far one came', params, response: { 200: BulkOrder } },
    (call) => known(db, call.principal, call.params.id),
  );
  route(
    app,
    'GET',
    '/bulk-orders/:id/customers',
    {
      permission,
      tag,
      summary: 'What one did so far, by customer number',
      params,
      query: z.strictObject(pageQuery),
      response: { 200: pageOf(BulkOutcome) },
    },
    async ({ params: { id }, query: { limit, cursor }, principal, request }) => {
      await known(db, principal, id);
      const after = readCursor(z.string(), cursor) ?? '';
      const rows = await bulkOutcomes(db, { id, after, limit: limit + 1 });
      return paged(rows.map(readBy(request)), limit, ({ customerNo }) => customerNo);
    },
  );
}

/** @throws ProblemError 404 when there is none, or it reaches beyond the person's stations. */
async function known(db: Deps['db'], { stations }: Principal, id: string): Promise<BulkRow> {
  const bulk = await bulkOrderOf(db, id, { stations });
  if (bulk === null) throw notFound(`bulk order ${id}`);
  return bulk;
}

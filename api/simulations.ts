import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  differingCustomers,
  documentOf,
  listSimulations,
  pageOfReport,
  simulationOf,
  simulationsOf,
  type AfterDiffering,
  type SimulationRow,
} from '../db/list-simulations';
import { orderSimulation, stopSimulation } from '../db/simulations';
import { dateOf, periodOf, plusDays, plusMonths, toDate, type CivilDate } from '../domain/time';
import { allStations } from './access';
import type { Deps } from './deps';
import { byKey, exporting, fieldsOf, PAGE } from './exporting';
import { languageOf } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { known as knownPolicy } from './policies';
import { notFound } from './problem';
import { done, Done, orderOf, Reason, refuseHead, route } from './route';
import { itemsOf } from './schema/answers';
import { OrderId } from './schema/common';
import { PolicyId } from './schema/policies';
import {
  SimulatedDifference,
  Simulation,
  SimulationIn,
  SimulationReport,
} from './schema/simulations';

const tag = 'simulations';
const params = z.strictObject({ id: OrderId });
const MONTHS = 6;

/** What a version would have done with the station's book: ordered, carried out by a worker, stopped, and read. */
export function registerSimulations(app: FastifyInstance, deps: Deps): void {
  order(app, deps);
  list(app, deps);
  report(app, deps);
  differences(app, deps);
}

function order(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/policies/:id/simulations',
    {
      permission: 'policy.simulate',
      tag,
      dryRun: true,
      summary: 'Simulate the book under this version and under another; a worker carries it out',
      params: z.strictObject({ id: PolicyId }),
      body: z.strictObject({ ...SimulationIn, reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      allStations(call.principal, 'A simulation');
      const { id: policyId } = await knownPolicy(db, call.params.id);
      const { against = null, from, to, model = null, capacities = null, reason } = call.body;
      const given = await orderOf(db, call, reason);
      const usual = lastMonths(dateOf(given.at));
      const wish = {
        ...{ policyId, againstId: against },
        from: from === undefined ? usual.from : toDate(from),
        to: to === undefined ? usual.to : toDate(to),
        ...{ model, capacities },
      };
      return done(given, await orderSimulation(db, given, wish));
    },
  );
  route(
    app,
    'POST',
    '/simulations/:id/stop',
    {
      permission: 'policy.simulate',
      tag,
      dryRun: true,
      summary: 'Stop one that waits or runs; nothing of it is kept',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      allStations(call.principal, 'A simulation');
      const { id } = await known(db, call.params.id);
      const given = await orderOf(db, call, call.body.reason);
      return done(given, await stopSimulation(db, given, id));
    },
  );
}

/** The whole months before a day's. */
function lastMonths(today: CivilDate): Readonly<{ from: CivilDate; to: CivilDate }> {
  const period = periodOf(today);
  const first = toDate(`${plusMonths(period, -MONTHS)}-01`);
  return { from: first, to: plusDays(toDate(`${period}-01`), -1) };
}

function list(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/policies/:id/simulations',
    {
      permission: 'policy.read',
      tag,
      summary: 'The simulations of a version, the latest first',
      params: z.strictObject({ id: PolicyId }),
      response: { 200: itemsOf(Simulation) },
    },
    async (call) => ({ items: await simulationsOf(db, call.params.id) }),
  );
  route(
    app,
    'GET',
    '/simulations',
    {
      permission: 'policy.read',
      tag,
      summary: 'The simulations of all versions, the latest first',
      query: z.strictObject(pageQuery),
      response: { 200: pageOf(Simulation) },
    },
    async ({ query: { limit, cursor } }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const rows = await listSimulations(db, { after, limit: limit + 1 });
      return paged(rows, limit, ({ at, id }) => [at, id]);
    },
  );
  route(
    app,
    'GET',
    '/simulations/:id',
    {
      permission: 'policy.read',
      tag,
      summary: 'How far one came',
      params,
      response: { 200: Simulation },
    },
    (call) => known(db, call.params.id),
  );
}

const FILES = {
  description: 'To the letter what `sha256` is of; as HTML a page that stands by itself',
  content: {
    'application/json': { schema: SimulationReport },
    'text/html': { schema: z.string() },
  },
};

function report(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/simulations/:id/report',
    {
      permission: 'policy.read',
      tag,
      summary: 'The report of one that is finished',
      params,
      query: z.strictObject({ as: z.enum(['json', 'html']).default('json') }),
      response: { 200: FILES },
    },
    async (call) => {
      const { params: of, query, request, reply } = call;
      refuseHead(request);
      const { id, policyId } = await known(db, of.id);
      const found = await documentOf(db, id);
      if (found === null) throw notFound(`report of simulation ${id}`);
      const named = (end: string) =>
        reply.header('content-disposition', `attachment; filename="${policyId}-simulation.${end}"`);
      if (query.as === 'json')
        return named('json').type('application/json').send(Buffer.from(found.document));
      const page = await pageOfReport(db, id, languageOf(request) === 'en' ? 'en' : 'zh-CN');
      return named('html')
        .type('text/html; charset=utf-8')
        .send(Buffer.from(page ?? ''));
    },
  );
}

function differences(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  route(
    app,
    'GET',
    '/simulations/:id/differences',
    {
      permission: 'policy.read',
      tag,
      summary:
        'Whom it would treat otherwise than the other, the greatest difference in cost first',
      params,
      query: z.strictObject(pageQuery),
      response: { 200: pageOf(SimulatedDifference) },
    },
    async ({ params: of, query: { limit, cursor }, principal: { stations } }) => {
      const { id } = await known(db, of.id);
      const after = readCursor(z.tuple([z.int(), z.string()]), cursor);
      const rows = await differingCustomers(db, { id, stations, after, limit: limit + 1 });
      return paged(rows, limit, keyOf);
    },
  );
  exporting(app, deps, {
    ...{ what: 'simulated-differences', permission: 'policy.read' },
    filter: { simulation: OrderId },
    fields: fieldsOf(SimulatedDifference),
    pages: ({ given: { simulation: id }, principal: { stations } }) =>
      byKey(
        (after: AfterDiffering | null) =>
          differingCustomers(db, { id, stations, after, limit: PAGE }),
        keyOf,
      ),
  });
}

const keyOf = (row: z.output<typeof SimulatedDifference>): AfterDiffering => [
  Math.abs(row.costFen),
  row.customerNo,
];

/** @throws ProblemError 404 when there is none. */
async function known(db: Deps['db'], id: string): Promise<SimulationRow> {
  const row = await simulationOf(db, id);
  if (row === null) throw notFound(`simulation ${id}`);
  return row;
}

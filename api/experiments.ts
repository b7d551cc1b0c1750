import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requestApproval } from '../db/approvals';
import { stationNow } from '../db/clock';
import { experimentFigures } from '../db/experiment-figures';
import { experimentOf, listExperiments, type Experiment as Row } from '../db/experiments';
import { allStations } from './access';
import type { Deps } from './deps';
import { EvidenceIn, given } from './policies';
import { notFound } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { itemsOf } from './schema/answers';
import { OrderId } from './schema/common';
import { Experiment, ExperimentFigures } from './schema/experiments';
import { PolicyId } from './schema/policies';

const tag = 'experiments';
const params = z.strictObject({ id: OrderId });

/** A challenger beside the version in force, for a share of the customers: begun and ended by two people, and both sides' figures. */
export function registerExperiments(app: FastifyInstance, deps: Deps): void {
  ask(app, deps);
  read(app, deps);
}

function ask(app: FastifyInstance, { db, book }: Deps): void {
  const about = { permission: 'policy.activate', tag, dryRun: true } as const;
  route(
    app,
    'POST',
    '/experiments',
    {
      ...about,
      summary: 'Ask to open a share of the months under another version; another person decides',
      body: z.strictObject({
        challengerId: PolicyId,
        sharePercent: z.int().min(1).max(50),
        ...EvidenceIn,
        reason: Reason,
      }),
      response: { 200: Done },
    },
    async (call) => {
      allStations(call.principal, 'An experiment');
      const { reason, challengerId, sharePercent, ...evidence } = call.body;
      const order = await orderOf(db, call, reason);
      const wanted = { kind: 'experimentStart', challengerId, sharePercent } as const;
      return done(order, await requestApproval(db, book, order, { ...wanted, ...given(evidence) }));
    },
  );
  route(
    app,
    'POST',
    '/experiments/:id/end',
    {
      ...about,
      summary: 'Ask to end one; another person decides. Months that run go on as they began',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      allStations(call.principal, 'An experiment');
      const { id: experimentId } = await known(db, call.params.id);
      const order = await orderOf(db, call, call.body.reason);
      const wanted = { kind: 'experimentEnd', experimentId } as const;
      return done(order, await requestApproval(db, book, order, wanted));
    },
  );
}

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/experiments',
    {
      permission: 'policy.read',
      tag,
      summary: 'Experiments, the latest first',
      response: { 200: itemsOf(Experiment) },
    },
    async () => ({ items: await listExperiments(db) }),
  );
  route(
    app,
    'GET',
    '/experiments/:id/figures',
    {
      permission: 'recovery.read',
      tag,
      summary: 'Both sides beside each other, of your stations: recovery, payment, messages, cost',
      params,
      response: { 200: ExperimentFigures },
    },
    async ({ params: { id }, principal: { stations } }) => {
      const experiment = await known(db, id);
      const asOf = await stationNow(db);
      return { experiment, asOf, arms: await experimentFigures(db, { id, stations, asOf }) };
    },
  );
}

/** @throws ProblemError 404 when there is none. */
async function known(db: Deps['db'], id: string): Promise<Row> {
  const row = await experimentOf(db, id);
  if (row === null) throw notFound(`experiment ${id}`);
  return row;
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { stationNow } from '../db/clock';
import {
  decideProposal,
  listProposals,
  PROPOSAL_STATES,
  proposalHistory,
  proposalOf,
  withdrawProposal,
  type ProposalRow,
} from '../db/proposals';
import { sees, type Principal } from '../domain/permissions';
import { dateOf, monthsLater } from '../domain/time';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { CustomerNo, Station } from './schema/common';
import { Proposal, ProposalHistory, Stage } from './schema/proposals';

const tag = 'proposals';
const params = z.strictObject({ id: z.uuid() });

/** Proposals of the prepaid device: each stage is a task with a person's outcome, and the run leads on. */
export function registerProposals(app: FastifyInstance, deps: Deps): void {
  read(app, deps);
  decide(app, deps);
}

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/proposals',
    {
      permission: 'proposal.read',
      tag,
      summary: 'Proposals of the prepaid device, the latest first',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(PROPOSAL_STATES).default('open'),
        stage: Stage.optional(),
        station: Station.optional(),
        customerNo: CustomerNo.optional(),
      }),
      response: { 200: pageOf(Proposal) },
    },
    async ({
      query: { limit, cursor, state, stage = null, station = null, customerNo = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor);
      const filter = { stations, station, stage, state, customerNo, after, limit: limit + 1 };
      return paged(await listProposals(db, filter), limit, ({ openedAt, id }) => [openedAt, id]);
    },
  );
  route(
    app,
    'GET',
    '/proposals/:id',
    {
      permission: 'proposal.read',
      tag,
      summary: 'One proposal, with what was done for it',
      params,
      response: { 200: ProposalHistory },
    },
    async (call) => {
      const proposal = await known(db, call.principal, call.params.id);
      return { ...proposal, history: await proposalHistory(db, proposal) };
    },
  );
}

function decide(app: FastifyInstance, { db, book }: Deps): void {
  const spec = { permission: 'proposal.decide', tag, dryRun: true, params } as const;
  route(
    app,
    'POST',
    '/proposals/:id/outcome',
    {
      ...spec,
      summary: 'What became of the stage; the proposal goes on, or rests when he refuses',
      body: z.strictObject({
        stage: Stage.describe('the stage that you saw'),
        outcome: z.enum(['done', 'agrees', 'refuses']).describe('agrees: from visited'),
        reason: Reason,
      }),
      response: { 200: Done },
    },
    async (call) => {
      const proposal = await known(db, call.principal, call.params.id);
      const { stage, outcome, reason } = call.body;
      const order = await orderOf(db, call, reason);
      return done(order, await decideProposal(db, book, order, { proposal, stage, outcome }));
    },
  );
  route(
    app,
    'POST',
    '/proposals/:id/withdrawal',
    {
      ...spec,
      summary: 'Take the proposal back; the customer rests from proposals as after a refusal',
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const proposal = await known(db, call.principal, call.params.id);
      const today = dateOf(await stationNow(db));
      const { policy } = await book.rules(await book.ladderInForce(today));
      const restUntil = monthsLater(today, policy.device.restMonths);
      const order = await orderOf(db, call, call.body.reason);
      return done(order, await withdrawProposal(db, order, { proposal, restUntil }));
    },
  );
}

/** @throws ProblemError 404 when there is none, or it is another station's customer's. */
async function known(db: Deps['db'], principal: Principal, id: string): Promise<ProposalRow> {
  const proposal = await proposalOf(db, id);
  if (proposal === null || !sees(principal, proposal.station)) throw notFound(`proposal ${id}`);
  return proposal;
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openDispute, resolveDispute } from '../db/disputes';
import { escalateCustomer } from '../db/escalations';
import { promise } from '../db/promises';
import { skipStep } from '../db/skips';
import { toDate } from '../domain/time';
import { ownBill, ownCustomer } from './access';
import type { Deps } from './deps';
import { done, Done, orderOf, Reason, route } from './route';
import { BillNo, CustomerNo, DateIn, Level, StepKey } from './schema/common';

const ofCustomer = z.strictObject({ customerNo: CustomerNo });
const ofBill = z.strictObject({ billNo: BillNo });
const response = { 200: Done };

/** Orders over one customer or bill. Each is one transaction: the fact, the entry that says who and why, and the nudge. */
export function registerOrders(app: FastifyInstance, deps: Deps): void {
  overCustomer(app, deps);
  skip(app, deps);
  overBill(app, deps);
}

function overCustomer(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/customers/:customerNo/escalations',
    {
      permission: 'cycle.escalate',
      tag: 'orders',
      summary: 'To a graver level from now on, or to a step now',
      params: ofCustomer,
      body: z.strictObject({
        reason: Reason,
        toLevel: Level.optional(),
        toStep: StepKey.optional(),
      }),
      dryRun: true,
      response,
    },
    async (call) => {
      const {
        params: { customerNo },
        body: { reason, toLevel = null, toStep = null },
      } = call;
      await ownCustomer(db, call.principal, customerNo);
      const order = await orderOf(db, call, reason);
      return done(order, await escalateCustomer(db, book, order, { customerNo, toLevel, toStep }));
    },
  );
  route(
    app,
    'POST',
    '/customers/:customerNo/promises',
    {
      permission: 'promise.record',
      tag: 'orders',
      summary: 'The customer promised to pay by a day; the ladder waits until it is over',
      params: ofCustomer,
      body: z.strictObject({ reason: Reason, promisedOn: DateIn }),
      dryRun: true,
      response,
    },
    async (call) => {
      const {
        params: { customerNo },
        body: { reason, promisedOn },
      } = call;
      await ownCustomer(db, call.principal, customerNo);
      const order = await orderOf(db, call, reason);
      return done(order, await promise(db, order, { customerNo, promisedOn: toDate(promisedOn) }));
    },
  );
}

function skip(app: FastifyInstance, { db, book }: Deps): void {
  route(
    app,
    'POST',
    '/customers/:customerNo/skips',
    {
      permission: 'step.skip',
      tag: 'orders',
      dryRun: true,
      summary: 'Pass over a step that is still to come; never a mandatory notice',
      params: ofCustomer,
      body: z.strictObject({
        reason: Reason,
        stepKey: StepKey,
        billNo: BillNo.optional().describe('of every open bill when absent'),
      }),
      response,
    },
    async (call) => {
      const {
        params: { customerNo },
        body: { reason, stepKey, billNo = null },
      } = call;
      await ownCustomer(db, call.principal, customerNo);
      const order = await orderOf(db, call, reason);
      return done(order, await skipStep(db, book, order, { customerNo, billNo, stepKey }));
    },
  );
}

function overBill(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/bills/:billNo/disputes',
    {
      permission: 'dispute.open',
      tag: 'orders',
      summary: 'The customer disputes a bill: it waits, the others go on',
      params: ofBill,
      body: z.strictObject({ reason: Reason }),
      dryRun: true,
      response,
    },
    async (call) => {
      await ownBill(db, call.principal, call.params.billNo);
      const order = await orderOf(db, call, call.body.reason);
      return done(order, await openDispute(db, order, call.params.billNo));
    },
  );
  route(
    app,
    'POST',
    '/bills/:billNo/disputes/resolution',
    {
      permission: 'dispute.resolve',
      tag: 'orders',
      summary: 'The dispute ends; the ladder of the bill resumes where it stood',
      params: ofBill,
      body: z.strictObject({ reason: Reason, resolution: z.enum(['upheld', 'rejected']) }),
      dryRun: true,
      response,
    },
    async (call) => {
      await ownBill(db, call.principal, call.params.billNo);
      const { reason, resolution } = call.body;
      const order = await orderOf(db, call, reason);
      return done(order, await resolveDispute(db, order, call.params.billNo, resolution));
    },
  );
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  APPROVAL_STATES,
  approvalOf,
  decideApproval,
  listApprovals,
  type ApprovalRow,
  type Decision,
} from '../db/approvals';
import type { Principal } from '../domain/permissions';
import { mayReach } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { notFound } from './problem';
import { done, Done, orderOf, Reason, route, type Call } from './route';
import { Approval, ApprovalKind } from './schema/approvals';
import { CustomerNo, OrderId } from './schema/common';

const tag = 'approvals';
const params = z.strictObject({ id: OrderId });

/** What waits for a second person, and what became of it. It is asked for where it belongs: at the customer, the bill, the policy. */
export function registerApprovals(app: FastifyInstance, deps: Deps): void {
  read(app, deps);
  decide(app, deps);
}

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/approvals',
    {
      permission: 'approval.read',
      tag,
      summary: 'What was asked for, the latest first',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(APPROVAL_STATES).default('open'),
        kind: ApprovalKind.optional(),
        customerNo: CustomerNo.optional(),
      }),
      response: { 200: pageOf(Approval) },
    },
    async ({
      query: { limit, cursor, state, kind = null, customerNo = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const filter = { stations, state, kind, customerNo, after, limit: limit + 1 };
      return paged(await listApprovals(db, filter), limit, ({ requestedAt, id }) => [
        requestedAt,
        id,
      ]);
    },
  );
  route(
    app,
    'GET',
    '/approvals/:id',
    {
      permission: 'approval.read',
      tag,
      summary: 'One approval',
      params,
      response: { 200: Approval },
    },
    (call) => known(db, call.principal, call.params.id),
  );
}

function decide(app: FastifyInstance, deps: Deps): void {
  route(
    app,
    'POST',
    '/approvals/:id/decision',
    {
      permission: 'approval.decide',
      tag,
      dryRun: true,
      summary: 'Approve, which does it at once, or reject; for another person than who asked',
      params,
      body: z.strictObject({ decision: z.enum(['approve', 'reject']), reason: Reason }),
      response: { 200: Done },
    },
    (call) => give(deps, call, call.body),
  );
  route(
    app,
    'POST',
    '/approvals/:id/withdrawal',
    {
      permission: 'approval.decide',
      tag,
      dryRun: true,
      summary: 'Ask no longer; for who asked alone',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    (call) => give(deps, call, { decision: 'withdraw', reason: call.body.reason }),
  );
}

async function give(
  { db, book }: Deps,
  call: Pick<Call<typeof params, z.ZodType, z.ZodType>, 'params' | 'principal' | 'request'>,
  { decision, reason }: Readonly<{ decision: Decision; reason: string }>,
): Promise<unknown> {
  const { id } = await known(db, call.principal, call.params.id);
  const order = await orderOf(db, call, reason);
  return done(order, await decideApproval(db, book, order, { id, decision }));
}

/** @throws ProblemError 404 when there is none, or it is about another station's customer. */
async function known(db: Deps['db'], principal: Principal, id: string): Promise<ApprovalRow> {
  const approval = await approvalOf(db, id);
  if (approval === null || !(await mayReach(db, principal, approval.customerNo)))
    throw notFound(`approval ${id}`);
  return approval;
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { countOver, placeHold, releaseHold, type Over } from '../db/holds';
import { HOLD_STATES, listHolds } from '../db/list-holds';
import type { Principal } from '../domain/permissions';
import { may } from '../domain/permissions';
import { parseInstant } from '../domain/time';
import { allStations, ownBill, ownCustomer, ownStation } from './access';
import type { Deps } from './deps';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { BillNo, CustomerNo, InstantIn, Station } from './schema/common';
import { Hold, Reach, Scope } from './schema/holds';

const Ref = z
  .union([CustomerNo, BillNo, Station, z.literal('')])
  .describe("the customer's, bill's or station's number; empty for everything");
const Body = z.strictObject({
  scope: Scope,
  ref: Ref.default(''),
  reason: Reason,
  from: InstantIn.optional().describe('now when absent; not before the last step that was taken'),
  until: InstantIn.optional().describe('until further notice when absent'),
});
const Release = z.strictObject({ scope: Scope, ref: Ref.default(''), reason: Reason });
/** Holds: policy time stands still over a customer, a bill, a station or everything. */
export function registerHolds(app: FastifyInstance, deps: Deps): void {
  read(app, deps);
  order(app, deps);
}

const tag = 'holds';

function read(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/holds',
    {
      permission: 'customer.read',
      tag,
      summary: 'Holds, the latest first',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(HOLD_STATES).default('inForce'),
        scope: Scope.optional(),
        customerNo: CustomerNo.optional(),
      }),
      response: { 200: pageOf(Hold) },
    },
    async ({
      query: { limit, cursor, state, scope, customerNo = null },
      principal: { stations },
    }) => {
      const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
      const scopes = scope === undefined ? null : [scope];
      const rows = await listHolds(db, {
        stations,
        state,
        scopes,
        customerNo,
        after,
        limit: limit + 1,
      });
      return paged(rows, limit, ({ placedAt, id }) => [placedAt, id]);
    },
  );
  route(
    app,
    'POST',
    '/holds/reach',
    {
      permission: 'customer.read',
      tag,
      summary: 'How many customers a hold or a release would concern; changes nothing',
      body: z.strictObject({ scope: Scope, ref: Ref.default('') }),
      response: { 200: Reach },
    },
    async ({ body, principal }) => {
      await mayOver(db, principal, body, false);
      return { customers: await countOver(db, body) };
    },
  );
}

function order(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/holds',
    {
      permission: 'hold.place',
      tag,
      summary: 'Stop policy time',
      body: Body,
      dryRun: true,
      response: { 200: Done },
    },
    async (call) => {
      const { reason, from, until, ...over } = call.body;
      await mayOver(db, call.principal, over);
      const given = await orderOf(db, call, reason);
      const span = { from: instant(from) ?? given.at, until: instant(until) };
      return done(given, await placeHold(db, given, { ...over, ...span }));
    },
  );
  route(
    app,
    'POST',
    '/holds/release',
    {
      permission: 'hold.release',
      tag,
      summary: 'End a hold; every ladder resumes where it stood',
      body: Release,
      dryRun: true,
      response: { 200: Done },
    },
    async (call) => {
      const { reason, ...over } = call.body;
      await mayOver(db, call.principal, over);
      const given = await orderOf(db, call, reason);
      return done(given, await releaseHold(db, given, over));
    },
  );
}

const instant = (text: string | undefined) => (text === undefined ? null : parseInstant(text));

/** @throws ProblemError 404 for what is not of the person's stations, 403 for a scope that wants a higher role. */
async function mayOver(
  db: Deps['db'],
  principal: Principal,
  { scope, ref }: Over,
  writing = true,
): Promise<void> {
  nameFits({ scope, ref });
  if (scope === 'customer') return ownCustomer(db, principal, ref);
  if (scope === 'bill') {
    await ownBill(db, principal, ref);
    return;
  }
  if (scope === 'everything') allStations(principal, 'A hold over everything');
  if (scope === 'station') await ownStation(db, principal, ref);
  const wanted = scope === 'station' ? 'hold.station' : 'hold.everything';
  if (writing && !may(principal, wanted))
    throw new ProblemError(
      'forbidden',
      `A ${principal.role} with this sign-in may not: ${wanted}.`,
    );
}

/** @throws ProblemError 400 for a name where there is none, or none where there is one. */
function nameFits({ scope, ref }: Over): void {
  if ((scope === 'everything') === (ref === '')) return;
  throw new ProblemError(
    'badRequest',
    scope === 'everything'
      ? 'body/ref: a hold over everything names nobody'
      : `body/ref: name the ${scope}`,
  );
}

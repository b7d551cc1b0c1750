import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueToken, listTokens, revokeToken } from '../db/tokens';
import { may } from '../domain/permissions';
import { tokenIdOf } from './auth';
import type { Deps } from './deps';
import { pageOf, paged, pageQuery, readCursor, type Paged } from './page';
import { ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { Label, NewToken, PermissionName, Token, Username } from './schema/staff';
import { newToken } from './secrets';
import { known } from './staff';

const tag = 'tokens';
/** Source: docs/security.md, "Tokens". */
const DAYS_MAX = 365;
const id = z.string().regex(/^[0-9a-z]{8,32}$/, "not a token's id");
const query = z.strictObject(pageQuery);
const body = z.strictObject({ reason: Reason });

/** API tokens: one's own, and for an administrator those of others, which he can end but not issue. */
export function registerTokens(app: FastifyInstance, deps: Deps): void {
  registerOwn(app, deps);
  registerIssue(app, deps);
  registerOthers(app, deps);
}

function registerOwn(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/tokens',
    {
      permission: 'token.own',
      tag,
      summary: 'My tokens, the latest first, without their secrets',
      query,
      response: { 200: pageOf(Token) },
    },
    (call) => page(db, call.principal.username, call.query),
  );
  route(
    app,
    'POST',
    '/tokens/:id/revoke',
    {
      permission: 'token.own',
      tag,
      summary: 'End a token of mine',
      params: z.strictObject({ id }),
      body,
      dryRun: true,
      response: { 200: Done },
    },
    async (call) => {
      const order = await orderOf(db, call, call.body.reason);
      const { username } = call.principal;
      return done(order, await revokeToken(db, order, { id: call.params.id, username }));
    },
  );
}

function registerIssue(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'POST',
    '/tokens',
    {
      permission: 'token.own',
      tag,
      summary: 'Issue a token to myself; it is shown this once',
      body: z.strictObject({
        name: Label,
        scopes: z.array(PermissionName).min(1).max(100),
        days: z.int().min(1).max(DAYS_MAX),
        reason: Reason,
      }),
      response: { 201: NewToken },
    },
    async (call) => {
      const { reason, name, days } = call.body;
      const scopes = [...new Set(call.body.scopes)];
      const beyond = scopes.filter((scope) => !may(call.principal, scope));
      if (beyond.length > 0)
        throw new ProblemError('forbidden', `You may not do this yourself: ${beyond.join(', ')}.`);
      const order = await orderOf(db, call, reason);
      const { text, ...token } = newToken();
      const { username } = call.principal;
      const askedBy = tokenIdOf(call.request);
      const asked = { ...token, username, name, scopes, days, askedBy };
      const answer = done(order, await issueToken(db, order, asked));
      if (answer.result === 'repeated')
        throw new ProblemError(
          'conflict',
          'This order issued a token already, and its secret was shown once. Revoke it and issue another.',
        );
      return { ...answer, tokenId: token.id, token: text };
    },
  );
}

function registerOthers(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/users/:username/tokens',
    {
      permission: 'staff.read',
      tag,
      summary: "A user's tokens, the latest first",
      params: z.strictObject({ username: Username }),
      query,
      response: { 200: pageOf(Token) },
    },
    async (call) => page(db, (await known(db, call.params.username)).username, call.query),
  );
  route(
    app,
    'POST',
    '/users/:username/tokens/:id/revoke',
    {
      permission: 'staff.write',
      tag,
      summary: "End a user's token",
      params: z.strictObject({ username: Username, id }),
      body,
      dryRun: true,
      response: { 200: Done },
    },
    async (call) => {
      const { username } = await known(db, call.params.username);
      const order = await orderOf(db, call, call.body.reason);
      return done(order, await revokeToken(db, order, { id: call.params.id, username }));
    },
  );
}

async function page(
  db: Deps['db'],
  username: string,
  { limit, cursor }: z.output<typeof query>,
): Promise<Paged<unknown>> {
  const after = readCursor(z.tuple([z.iso.datetime(), z.string()]), cursor);
  const rows = await listTokens(db, { username, after, limit: limit + 1 });
  return paged(rows, limit, (last) => [last.createdAt, last.id]);
}

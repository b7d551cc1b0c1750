import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { findSession } from '../db/sessions';
import { useToken } from '../db/tokens';
import { may, type Principal } from '../domain/permissions';
import type { Deps } from './deps';
import { ProblemError } from './problem';
import { sha256 } from './secrets';

/** Over https the browser keeps the cookie to this host and to https by its very name. */
export const cookieName = ({ PUBLIC_BASE_URL }: Config): string =>
  PUBLIC_BASE_URL?.startsWith('https:') === true ? '__Host-tarim' : 'tarim';

/** What a page must send back with every order: known only to who may read our answers. Source: OWASP, signed double submit. */
export const csrfToken = (sessionToken: string): string => sha256(`csrf ${sessionToken}`);

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who calls, before the body is read, and refuses who may not. */
export function authenticate(app: FastifyInstance, deps: Deps): void {
  app.addHook('onRequest', async (request) => {
    const { permission } = request.routeOptions.config;
    if (permission === undefined || permission === 'public') return;
    request.principal = await whoCalls(request, deps);
    if (request.principal === null)
      throw new ProblemError(
        'unauthenticated',
        'Sign in, or send a token that is neither expired nor revoked.',
        {
          headers: { 'www-authenticate': 'Bearer realm="tarim"' },
        },
      );
    if (permission !== 'signedIn' && !may(request.principal, permission))
      throw new ProblemError(
        'forbidden',
        `A ${request.principal.role} with this sign-in may not: ${permission}.`,
      );
  });
}

async function whoCalls(request: FastifyRequest, deps: Deps): Promise<Principal | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return byToken(authorization, deps);
  const session = request.cookies[cookieName(deps.config)];
  if (session === undefined) return null;
  const principal = await findSession(deps.db, sha256(session));
  if (principal !== null && !SAFE.has(request.method) && !fromTemporalUi(request, deps.config))
    refuseForged(request, session);
  return principal;
}

const BEARER = /^Bearer tarim_([0-9a-z]{8,32})_([\w-]{20,100})$/;

async function byToken(authorization: string, { db }: Deps): Promise<Principal | null> {
  const [, id, secret] = BEARER.exec(authorization) ?? [];
  return id === undefined || secret === undefined
    ? null
    : useToken(db, { id, secretSha256: sha256(secret) });
}

/** The token that the call came with; null: it came with a session. */
export const tokenIdOf = ({ headers: { authorization } }: FastifyRequest): string | null =>
  BEARER.exec(authorization ?? '')?.[1] ?? null;

/** A page of somebody else can make a browser send our cookie; it cannot know our token. */
function refuseForged(request: FastifyRequest, session: string): void {
  const given = request.headers['x-csrf-token'];
  if (isForeign(request) || typeof given !== 'string' || !equal(given, csrfToken(session)))
    throw new ProblemError(
      'forbidden',
      'The X-CSRF-Token of this session is missing or wrong. Reload the page.',
    );
}

/** A page of Temporal's knows no token of ours; where it may ask, all it gets is told. */
const fromTemporalUi = ({ headers, routeOptions }: FastifyRequest, config: Config): boolean =>
  routeOptions.config.forTemporalUi === true &&
  config.TEMPORAL_UI_ORIGIN !== undefined &&
  headers.origin === config.TEMPORAL_UI_ORIGIN;

/** Whether the browser says that a page of somebody else sends this. */
export function isForeign({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function equal(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

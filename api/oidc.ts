import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { addAttempt, ATTEMPT_MINUTES, takeAttempt, type Attempt } from '../db/oidc-attempts';
import { findByOidc } from '../db/staff';
import { cookieName } from './auth';
import type { Deps } from './deps';
import { away, oidcClient, oidcConfigOf, oidcSubjectOf, type OidcClient } from './oidc-client';
import { notFound, ProblemError } from './problem';
import { route } from './route';
import { sha256 } from './secrets';
import { cookieOptions, giveCookie, newSession } from './session-cookie';
import { recordFailure, recordSignIn } from './sign-in';

const CALLBACK = '/api/v1/session/oidc/callback';
const tag = 'session';
const Away = z.null().describe('elsewhere: see Location');

/** A path of our own pages: nothing that a browser reads as another host. */
const ReturnTo = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'must be a path of this site')
  .default('/');

/** Signing in through the identity provider: there and back. Without one configured there is nothing at these addresses. */
export function registerOidc(app: FastifyInstance, deps: Deps): void {
  const given = oidcConfigOf(deps.config);
  const client =
    given === null
      ? () => Promise.reject(notFound('identity provider here: sign in by password'))
      : oidcClient(given);
  route(
    app,
    'GET',
    '/session/oidc',
    {
      permission: 'public',
      tag,
      summary: 'Go to the identity provider',
      query: z.strictObject({ returnTo: ReturnTo }),
      response: { 302: Away },
    },
    async ({ query, reply }) => begin(deps, reply, { ...(await client()), ...query }),
  );
  route(
    app,
    'GET',
    '/session/oidc/callback',
    {
      permission: 'public',
      tag,
      summary: 'Come back from the identity provider',
      // Providers send words of their own along.
      query: z.looseObject({ state: z.string().max(200) }),
      response: { 302: Away },
    },
    async ({ query, request, reply }) =>
      finish(deps, { request, reply }, { ...(await client()), state: query.state }),
  );
}

async function begin(
  { db, config }: Deps,
  reply: FastifyReply,
  { oidc, provider, baseUrl, returnTo }: OidcClient & Readonly<{ returnTo: string }>,
): Promise<FastifyReply> {
  const state = oidc.randomState();
  const verifier = oidc.randomPKCECodeVerifier();
  const nonce = oidc.randomNonce();
  await addAttempt(db, { stateSha256: sha256(state), verifier, nonce, returnTo });
  const url = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: `${baseUrl}${CALLBACK}`,
    scope: 'openid email',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  reply.setCookie(attemptCookie(config), state, {
    ...cookieOptions(config),
    maxAge: ATTEMPT_MINUTES * 60,
  });
  return reply.redirect(url.href);
}

const attemptCookie = (config: Config): string => `${cookieName(config)}-oidc`;

type Exchange = Readonly<{ request: FastifyRequest; reply: FastifyReply }>;

async function finish(
  { db, config }: Deps,
  { request, reply }: Exchange,
  { state, ...client }: OidcClient & Readonly<{ state: string }>,
): Promise<FastifyReply> {
  // The cookie ties it to the browser that began: nobody can be signed in as the sender of a link.
  const begun = request.cookies[attemptCookie(config)] === state;
  reply.clearCookie(attemptCookie(config), cookieOptions(config));
  const attempt = begun ? await takeAttempt(db, sha256(state)) : null;
  if (attempt === null)
    throw refusal('This sign-in was not begun in this browser, or too long ago. Start again.');
  const { sub, email } = await claimsOf(client, request, { ...attempt, state });
  const subject = oidcSubjectOf(config, sub);
  const person = await findByOidc(db, { subject, email });
  if (person === null) {
    await recordFailure(db, request, '(unknown)', { by: 'oidc', subject });
    throw refusal('The identity provider knows you, but Tarim does not. Ask an administrator.');
  }
  const { username, linked } = person;
  const { token, open } = newSession(request, config, { username });
  await recordSignIn(db, request, username, { way: { by: 'oidc', subject, linked }, open });
  giveCookie(reply, config, token);
  return reply.redirect(attempt.returnTo);
}

const refusal = (sentence: string): ProblemError => new ProblemError('unauthenticated', sentence);

type Claims = Readonly<{ sub: string; /** Verified. */ email: string | null }>;

/** Changes the code for who it is: checks state, nonce, PKCE, issuer, audience, time and signature. */
async function claimsOf(
  { oidc, provider, baseUrl }: OidcClient,
  request: FastifyRequest,
  { state, nonce, verifier }: Attempt & Readonly<{ state: string }>,
): Promise<Claims> {
  const { search } = new URL(request.url, baseUrl);
  try {
    const tokens = await oidc.authorizationCodeGrant(
      provider,
      new URL(`${baseUrl}${CALLBACK}${search}`),
      {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (claims === undefined) throw new RangeError('a checked ID token has claims');
    const { sub, email, email_verified: verified } = claims;
    const known = verified === true && typeof email === 'string' ? email.toLowerCase() : null;
    return { sub, email: known };
  } catch (error) {
    throw problemOf(error, request);
  }
}

/** A peer that is away comes back; a word that does not hold is refused, and why stands in the log only. */
function problemOf(error: unknown, request: FastifyRequest): ProblemError {
  const { name, code, message } = error as Error & Readonly<{ code?: string }>;
  if ((name === 'TypeError' && code === undefined) || code === 'OAUTH_TIMEOUT') return away(error);
  request.log.warn({ code, reason: message }, 'sign-in through the identity provider refused');
  return refusal('The identity provider did not confirm this sign-in. Start again.');
}

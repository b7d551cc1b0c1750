import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { endSession } from '../db/sessions';
import { findStaff, renewHash, setPassword } from '../db/staff';
import { may, permissions, type Principal } from '../domain/permissions';
import { cookieName, csrfToken, isForeign, tokenIdOf } from './auth';
import type { Deps } from './deps';
import { nameKey } from './lock-out';
import { hashPassword, passwordFault } from './password';
import { ProblemError } from './problem';
import { route } from './route';
import { Password, SessionInfo } from './schema/staff';
import { sha256 } from './secrets';
import { giveCookie, newSession, takeCookie } from './session-cookie';
import {
  checkCredentials,
  entryOrder,
  recordSignIn,
  recordSignOut,
  wrong,
  type Checked,
} from './sign-in';

const tag = 'session';

/** Signing in by password, who one is, signing out, and one's own password. */
export function registerSessions(app: FastifyInstance, deps: Deps): void {
  registerSignIn(app, deps);
  registerOwnPassword(app, deps);
  const { db, config } = deps;
  route(
    app,
    'GET',
    '/session',
    { permission: 'signedIn', tag, summary: 'Who I am', response: { 200: SessionInfo } },
    ({ request, principal }) => {
      const cookie = tokenIdOf(request) === null ? request.cookies[cookieName(config)] : undefined;
      return describe(deps, principal, cookie ?? null);
    },
  );
  route(
    app,
    'DELETE',
    '/session',
    {
      permission: 'signedIn',
      tag,
      summary: 'Sign out',
      response: { 200: z.object({ signedIn: z.literal(false) }) },
    },
    async ({ request, reply, principal }) => {
      const cookie = request.cookies[cookieName(config)];
      if (tokenIdOf(request) !== null || cookie === undefined)
        throw new ProblemError('refused', 'A token is not signed in. Revoke it instead.');
      await recordSignOut(db, request, principal.username, (tx) => endSession(tx, sha256(cookie)));
      takeCookie(reply, config);
      return { signedIn: false };
    },
  );
}

function registerSignIn(app: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  route(
    app,
    'POST',
    '/session',
    {
      permission: 'public',
      tag,
      summary: 'Sign in by password; sets the cookie',
      body: z.strictObject({ username: z.string().min(1).max(128), password: Password }),
      response: { 200: SessionInfo },
    },
    async ({ request, reply, body }) => {
      refuseForm(request);
      const username = body.username.trim().toLowerCase();
      const checked = await checkCredentials(db, request, { ...body, username });
      if (checked === null) throw wrong();
      const way = { by: 'password' } as const;
      const token = await signIn(deps, request, username, { way, checked });
      await renew(deps, { ...checked, username, password: body.password });
      giveCookie(reply, deps.config, token);
      return describe(deps, await personOf(deps, username), token);
    },
  );
}

/** A form of somebody else's page must not sign its reader in under another name. JSON cannot be sent from there unasked. */
function refuseForm(request: FastifyRequest): void {
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    throw new ProblemError('unsupportedMediaType', 'Send the name and the password as JSON.');
  if (isForeign(request))
    throw new ProblemError('forbidden', 'Sign in on the pages of Tarim, not from elsewhere.');
}

async function signIn(
  { db, config }: Deps,
  request: FastifyRequest,
  username: string,
  { way, checked }: Readonly<{ way: { by: 'password' | 'newPassword' }; checked: Checked }>,
): Promise<string> {
  const { passwordHash } = checked;
  const { token, open } = newSession(request, config, { username, passwordHash });
  await recordSignIn(db, request, username, { way, open });
  return token;
}

/** What a guess cost when the password was set may be too little by now. */
async function renew(
  { db }: Deps,
  {
    username,
    password,
    passwordHash,
    outdated,
  }: Checked & Readonly<{ username: string; password: string }>,
): Promise<void> {
  if (outdated)
    await renewHash(db, { username, from: passwordHash, to: await hashPassword(password) });
}

function registerOwnPassword(app: FastifyInstance, deps: Deps): void {
  const { db, config } = deps;
  route(
    app,
    'PUT',
    '/session/password',
    {
      permission: 'signedIn',
      tag,
      summary: "Change one's own password; ends all sessions and begins a new one",
      body: z.strictObject({ current: Password, password: Password }),
      response: { 200: SessionInfo },
    },
    async ({ request, reply, body: { current, password }, principal }) => {
      if (tokenIdOf(request) !== null)
        throw new ProblemError('forbidden', 'A token cannot change a password. Sign in.');
      const { username } = principal;
      const fault = passwordFault(password, username);
      if (fault !== null) throw new ProblemError('badRequest', `body/password: ${fault}`);
      if ((await checkCredentials(db, request, { username, password: current })) === null)
        throw new ProblemError('refused', 'The current password is another one.');
      const passwordHash = await hashPassword(password);
      const order = await entryOrder(db, request, username, 'own password');
      await setPassword(db, order, { username, passwordHash, failuresKey: nameKey(username) });
      const checked = { passwordHash, outdated: false };
      const way = { by: 'newPassword' } as const;
      const token = await signIn(deps, request, username, { way, checked });
      giveCookie(reply, config, token);
      return describe(deps, principal, token);
    },
  );
}

async function personOf({ db }: Deps, username: string): Promise<Principal> {
  const person = await findStaff(db, username);
  if (person === null) throw wrong();
  return { ...person, scopes: null };
}

async function describe(
  { db }: Deps,
  principal: Principal,
  cookie: string | null,
): Promise<z.output<typeof SessionInfo>> {
  const { username, role, stations, assignee } = principal;
  const person = await findStaff(db, username);
  return {
    username,
    name: person?.name ?? username,
    role,
    stations: stations === null ? null : [...stations],
    assignee,
    permissions: permissions.filter((permission) => may(principal, permission)),
    csrfToken: cookie === null ? null : csrfToken(cookie),
  };
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  addStaff,
  changeStaff,
  endSessionsOf,
  findStaff,
  listStaff,
  setPassword,
  type StaffRow,
} from '../db/staff';
import type { Deps } from './deps';
import { nameKey } from './lock-out';
import { oidcSubjectOf } from './oidc-client';
import { pageOf, paged, pageQuery, readCursor } from './page';
import { hashPassword, passwordFault } from './password';
import { notFound, ProblemError } from './problem';
import { done, Done, orderOf, Reason, route } from './route';
import { Assignee, Label, Password, Role, Stations, User, Username } from './schema/staff';

const tag = 'users';
const params = z.strictObject({ username: Username });

/** Who works with Tarim, in which role and where. Whoever may write here can make an administrator. */
export function registerStaff(app: FastifyInstance, deps: Deps): void {
  registerReading(app, deps);
  registerWriting(app, deps);
  registerPasswords(app, deps);
}

function registerReading(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'GET',
    '/users',
    {
      permission: 'staff.read',
      tag,
      summary: 'All users, by name',
      query: z.strictObject(pageQuery),
      response: { 200: pageOf(User) },
    },
    async ({ query: { limit, cursor } }) => {
      const after = readCursor(z.string(), cursor) ?? '';
      const rows = await listStaff(db, { after, limit: limit + 1 });
      return paged(rows, limit, ({ username }) => username);
    },
  );
  route(
    app,
    'GET',
    '/users/:username',
    { permission: 'staff.read', tag, summary: 'One user', params, response: { 200: User } },
    (call) => known(db, call.params.username),
  );
}

function registerWriting(app: FastifyInstance, { db, config }: Deps): void {
  route(
    app,
    'POST',
    '/users',
    {
      permission: 'staff.write',
      tag,
      summary: 'Make a user; without a password: one who signs in through the identity provider',
      body: z.strictObject({
        username: Username,
        name: Label,
        role: Role,
        stations: Stations,
        assignee: Assignee.default(null),
        password: Password.optional(),
        reason: Reason,
      }),
      response: { 201: Done },
    },
    async (call) => {
      const { reason, password, ...person } = call.body;
      const passwordHash = password === undefined ? null : await newHash(password, person.username);
      const order = await orderOf(db, call, reason);
      return done(order, await addStaff(db, order, { ...person, passwordHash }));
    },
  );
  route(
    app,
    'PATCH',
    '/users/:username',
    {
      permission: 'staff.write',
      tag,
      summary: 'Change what a user is; who is disabled is out at once, tokens too',
      params,
      body: z.strictObject({
        name: Label.exactOptional(),
        role: Role.exactOptional(),
        stations: Stations.exactOptional(),
        assignee: Assignee.exactOptional(),
        disabled: z.boolean().exactOptional(),
        oidcSubject: Label.nullable()
          .exactOptional()
          .describe('the subject at our identity provider; null: no longer the one that it was'),
        reason: Reason,
      }),
      response: { 200: Done },
    },
    async (call) => {
      const { username } = await known(db, call.params.username);
      const { reason, oidcSubject, ...changes } = call.body;
      const subject = typeof oidcSubject === 'string' ? oidcSubjectOf(config, oidcSubject) : null;
      const order = await orderOf(db, call, reason);
      const all = oidcSubject === undefined ? changes : { ...changes, oidcSubject: subject };
      return done(order, await changeStaff(db, order, username, all));
    },
  );
}

function registerPasswords(app: FastifyInstance, { db }: Deps): void {
  route(
    app,
    'PUT',
    '/users/:username/password',
    {
      permission: 'staff.write',
      tag,
      summary: "Set somebody else's password; signs him out and opens his lock",
      params,
      body: z.strictObject({ password: Password, reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const { username } = await known(db, call.params.username);
      if (username === call.principal.username)
        throw new ProblemError(
          'refused',
          'Change your own password at /session/password, which asks for the current one.',
        );
      const passwordHash = await newHash(call.body.password, username);
      const order = await orderOf(db, call, call.body.reason);
      const failuresKey = nameKey(username);
      return done(order, await setPassword(db, order, { username, passwordHash, failuresKey }));
    },
  );
  route(
    app,
    'POST',
    '/users/:username/sign-out',
    {
      permission: 'staff.write',
      tag,
      summary: 'Sign a user out everywhere; tokens stay',
      params,
      body: z.strictObject({ reason: Reason }),
      response: { 200: Done },
    },
    async (call) => {
      const { username } = await known(db, call.params.username);
      const order = await orderOf(db, call, call.body.reason);
      return done(order, await endSessionsOf(db, order, username));
    },
  );
}

/** @throws ProblemError 404 when there is none of that name. */
export async function known(db: Deps['db'], username: string): Promise<StaffRow> {
  const person = await findStaff(db, username);
  if (person === null) throw notFound(`user ${username}`);
  return person;
}

async function newHash(password: string, username: string): Promise<string> {
  const fault = passwordFault(password, username);
  if (fault !== null) throw new ProblemError('badRequest', `body/password: ${fault}`);
  return hashPassword(password);
}

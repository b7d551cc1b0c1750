import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { newToken } from '../../api/secrets';
import { buildServer } from '../../api/server';
import { loadConfig } from '../../config';
import { openDb, type Db } from '../../db/client';
import { missing } from '../../db/migrate';
import { openRuleBook } from '../../db/rules';
import { addToken, ALL } from '../../db/tokens';
import type { Role } from '../../domain/permissions';
import { freshDatabase } from './database';

/** The API over a database of its own and the engine of the test run; `as` calls it as a person. */
export type TestApi = Readonly<{
  app: FastifyInstance;
  db: Db;
  databaseUrl: string;
  /** Makes a person with a token; stations null: all. Calls go to /api/v1. */
  as: (
    role: Role,
    more?: Readonly<{ username?: string; stations?: readonly string[] | null; assignee?: string }>,
  ) => Promise<Caller>;
  /** Listens on a free port of this machine, for what calls by HTTP. @returns its address. */
  listen: () => Promise<string>;
  close: () => Promise<void>;
}>;

export type Caller = Readonly<{
  username: string;
  token: string;
  get: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  send: (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: InjectOptions['payload'],
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>;
}>;

/** Starts one; `close` ends all of it. `env` adds variables to the configuration. Another database than a fresh one may be given. */
export async function startApi(
  env: Readonly<Record<string, string>> = {},
  given?: Readonly<{ url: string }>,
): Promise<TestApi> {
  const database = given ?? (await freshDatabase());
  const db = openDb(database.url, 5);
  const address = process.env['TEMPORAL_ADDRESS'];
  const config = loadConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: process.env['TEMPORAL_NAMESPACE'],
    LOG_LEVEL: 'silent',
    ...env,
  });
  const connection = address === undefined ? null : Connection.lazy({ address });
  const app = await buildServer({
    db,
    book: openRuleBook(db),
    config,
    temporal: () =>
      connection === null
        ? Promise.reject(new Error('this test run has no engine'))
        : Promise.resolve(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })),
    missingMigrations: async () =>
      (await missing(database.url)).length === 0 ? null : 'not applied',
  });
  return {
    app,
    db,
    databaseUrl: database.url,
    as: async (role, more = {}) => callerOf(app, await person(db, role, more)),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    async close() {
      await app.close();
      await connection?.close();
      await db.$disconnect();
      if ('drop' in database) await (database as { drop: () => Promise<void> }).drop();
    },
  };
}

async function person(
  db: Db,
  role: Role,
  {
    username = `${role}-${randomBytes(3).toString('hex')}`,
    stations = null,
    assignee,
  }: Readonly<{ username?: string; stations?: readonly string[] | null; assignee?: string }>,
): Promise<{ username: string; token: string }> {
  await db.staff.create({
    data: {
      username,
      name: username,
      role,
      allStations: stations === null,
      stations: [...(stations ?? [])],
      assignee: assignee ?? null,
      createdBy: 'test',
    },
  });
  const { text, ...token } = newToken();
  await addToken(db, { ...token, username, name: 'test', scopes: [ALL], days: null });
  return { username, token: text };
}

function callerOf(
  app: FastifyInstance,
  { username, token }: { username: string; token: string },
): Caller {
  const call = (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload: InjectOptions['payload'],
    headers = {},
  ) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  return {
    username,
    token,
    get: (url, headers) => call('GET', url, undefined, headers),
    send: (method, url, body, headers) => call(method, url, body, headers),
  };
}

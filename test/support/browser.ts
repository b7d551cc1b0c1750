import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { hashPassword } from '../../api/password';
import type { Role } from '../../domain/permissions';
import type { TestApi } from './api';

export const PASSWORD = 'correct horse battery';

/** A browser: it keeps cookies, and a page in it that knows its CSRF token. */
export type Browser = Readonly<{
  cookies: Map<string, string>;
  get: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  /** With the page's token, unless `headers` say otherwise. */
  send: (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: InjectOptions['payload'],
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>;
  signIn: (
    username: string,
    password?: string,
    more?: Partial<InjectOptions>,
  ) => Promise<LightMyRequestResponse>;
}>;

/** Opens one at an API server. Addresses are under /api/v1. */
export function openBrowser({ app }: Pick<TestApi, 'app'>): Browser {
  const cookies = new Map<string, string>();
  let csrf: string | null = null;
  const call = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const answer = await app.inject({ ...options, cookies: Object.fromEntries(cookies) });
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    get: (url, headers = {}) => call({ method: 'GET', url: `/api/v1${url}`, headers }),
    send: (method, url, payload, headers = {}) =>
      call({
        method,
        url: `/api/v1${url}`,
        headers: { ...(csrf === null ? {} : { 'x-csrf-token': csrf }), ...headers },
        ...(payload === undefined ? {} : { payload }),
      }),
    async signIn(username, password = PASSWORD, more = {}) {
      const payload = { username, password };
      const answer = await call({ method: 'POST', url: '/api/v1/session', payload, ...more });
      if (answer.statusCode === 200) csrf = answer.json<{ csrfToken: string }>().csrfToken;
      return answer;
    },
  };
}

let hash: Promise<string> | null = null;

/** Puts a person on file who signs in by `PASSWORD`. */
export async function addPerson(
  { db }: Pick<TestApi, 'db'>,
  username: string,
  { role = 'clerk', stations = null }: { role?: Role; stations?: string[] | null } = {},
): Promise<void> {
  hash ??= hashPassword(PASSWORD);
  await db.staff.create({
    data: {
      ...{ username, name: `Person ${username}`, role, createdBy: 'test' },
      allStations: stations === null,
      stations: stations ?? [],
      passwordHash: await hash,
    },
  });
}

/** The order log's entries of a kind, the earliest first. */
export const entries = (
  { db }: Pick<TestApi, 'db'>,
  kind: string,
): Promise<
  { actor: string; refusedBecause: string | null; body: Record<string, unknown>; reason: string }[]
> =>
  db.$queryRaw`
    select actor, refused_because as "refusedBecause", body, reason from command where kind = ${kind} order by recorded_at, id`;

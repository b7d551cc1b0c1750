import { permissionsOf, roles, type Permission, type Role } from '../../../domain/permissions';
import { startApi, type Caller, type TestApi } from '../../support/api';

let api: TestApi;
const callers = new Map<Role, Caller>();
beforeAll(async () => {
  api = await startApi();
  for (const role of roles) callers.set(role, await api.as(role));
});
afterAll(() => api.close());

/** Every method of every address that asks for a permission. */
function guarded(): { method: 'GET' | 'POST'; url: string; permission: Permission }[] {
  return [...api.app.knownRoutes].flatMap(([url, known]) =>
    [...known].flatMap(([method, permission]) =>
      permission === 'public' || permission === 'signedIn' || method === 'HEAD'
        ? []
        : [{ method: method as 'GET' | 'POST', url: url.replace(/:\w+/g, 'none'), permission }],
    ),
  );
}

describe('every route, walked as every role', () => {
  test('refuses who may not with 403 and lets on who may, to a 400 or 404 at worst', async () => {
    const wrong: string[] = [];
    for (const { method, url, permission } of guarded()) {
      for (const [role, { token }] of callers) {
        const answer = await api.app.inject({
          method,
          url,
          headers: { authorization: `Bearer ${token}` },
        });
        const allowed = permissionsOf[role].includes(permission);
        const refused = answer.statusCode === 403 || answer.statusCode === 401;
        if (refused === allowed || answer.statusCode >= 500)
          wrong.push(`${method} ${url} as ${role}: ${answer.statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('knows nobody without a sign-in', async () => {
    const answers = await Promise.all(
      guarded().map(({ method, url }) => api.app.inject({ method, url })),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(
      new Set(answers.length > 0 ? [401] : []),
    );
  });

  test('a token for one permission opens nothing else, and a revoked one nothing', async () => {
    const { token } = callers.get('supervisor') ?? { token: '' };
    const id = token.split('_')[1] ?? '';
    await api.db.apiToken.update({ where: { id }, data: { scopes: ['audit.read'] } });
    const headers = { authorization: `Bearer ${token}` };
    for (const { method, url, permission } of guarded()) {
      const { statusCode } = await api.app.inject({ method, url, headers });
      if ((statusCode === 403) === (permission === 'audit.read'))
        throw new Error(`${method} ${url}: ${statusCode}`);
    }
    await api.db.apiToken.update({ where: { id }, data: { revokedAt: new Date() } });
    for (const { method, url } of guarded())
      expect((await api.app.inject({ method, url, headers })).statusCode).toBe(401);
  });
});

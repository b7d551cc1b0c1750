import { csrfToken } from '../../../api/auth';
import { sha256 } from '../../../api/secrets';
import { permissionsOf } from '../../../domain/permissions';
import { startApi, type TestApi } from '../../support/api';
import { addPerson, entries, openBrowser, PASSWORD } from '../../support/browser';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const own = { current: PASSWORD, password: 'a wholly other sentence' };

test('a sign-in tells who one is and gives a cookie that no script reads and no other site sends', async () => {
  await addPerson(api, 'wang', { stations: ['TB01'] });
  const browser = openBrowser(api);
  const answer = await browser.signIn('wang');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['set-cookie']).toMatch(
    /^tarim=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect(answer.json()).toEqual({
    ...{ username: 'wang', name: 'Person wang', role: 'clerk', stations: ['TB01'], assignee: null },
    permissions: expect.arrayContaining([...permissionsOf.clerk]) as string[],
    csrfToken: csrfToken(browser.cookies.get('tarim') ?? ''),
  });
  expect((await browser.get('/session')).json()).toEqual(answer.json());
  const [entry] = await entries(api, 'signIn');
  expect(entry).toMatchObject({ actor: 'wang', refusedBecause: null, body: { by: 'password' } });
});

test('over https the cookie is bound to the host and to https', async () => {
  const over = await startApi(
    { PUBLIC_BASE_URL: 'https://tarim.example.org' },
    { url: api.databaseUrl },
  );
  await addPerson(api, 'https');
  const cookie = String((await openBrowser(over).signIn('https')).headers['set-cookie']);
  await over.close();
  expect(cookie).toMatch(/^__Host-tarim=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

test('a name is the same in small and capital letters', async () => {
  await addPerson(api, 'small');
  expect((await openBrowser(api).signIn(' SMALL')).statusCode).toBe(200);
});

test('a wrong password, an unknown name, a disabled person and one without a password hear the same', async () => {
  await addPerson(api, 'right');
  await addPerson(api, 'gone');
  await addPerson(api, 'oidc-only');
  await api.db.staff.update({ where: { username: 'gone' }, data: { disabledAt: new Date() } });
  await api.db.staff.update({ where: { username: 'oidc-only' }, data: { passwordHash: null } });
  const heard = [];
  for (const [username, password] of [
    ['right', 'wrong password'],
    ['nobody', PASSWORD],
    ['gone', PASSWORD],
    ['oidc-only', PASSWORD],
  ] as const) {
    const remoteAddress = `198.51.100.${heard.length}`;
    const answer = await openBrowser(api).signIn(username, password, { remoteAddress });
    const { requestId, ...problem } = answer.json<Record<string, unknown>>();
    heard.push({
      status: answer.statusCode,
      cookies: answer.cookies,
      id: typeof requestId,
      problem,
    });
  }
  expect(heard[0]).toMatchObject({
    status: 401,
    cookies: [],
    problem: { code: 'unauthenticated' },
  });
  expect(new Set(heard.map((one) => JSON.stringify(one))).size).toBe(1);
});

test('a failure is on record without the password, and without a name that nobody has', async () => {
  await openBrowser(api).signIn('my-secret-typed-here', 'my secret typed there', {
    remoteAddress: '192.0.2.77',
  });
  const found = (await entries(api, 'signIn')).find(({ body }) => body['address'] === '192.0.2.77');
  expect(found).toMatchObject({ actor: '(unknown)', refusedBecause: expect.any(String) as string });
  const everything = await api.db.$queryRaw<{ text: string }[]>`
    select row_to_json(c)::text as text from command c union all select row_to_json(f)::text from sign_in_failure f`;
  expect(everything.map(({ text }) => text).join()).not.toMatch(/typed|correct horse/);
});

test('every sign-in is a new session, and the cookie that came along opens nothing any more', async () => {
  await addPerson(api, 'twice');
  const browser = openBrowser(api);
  browser.cookies.set('tarim', 'planted-by-somebody-who-waits-for-a-sign-in');
  await browser.signIn('twice');
  const first = browser.cookies.get('tarim') ?? '';
  expect(first).not.toMatch(/planted/);
  await browser.signIn('twice');
  expect(browser.cookies.get('tarim')).not.toBe(first);
  const old = openBrowser(api);
  old.cookies.set('tarim', first);
  expect((await old.get('/session')).statusCode).toBe(401);
});

test('who signs out is out, on record, and the cookie is taken back', async () => {
  await addPerson(api, 'leaver');
  const browser = openBrowser(api);
  await browser.signIn('leaver');
  const cookie = browser.cookies.get('tarim') ?? '';
  const answer = await browser.send('DELETE', '/session');
  expect([answer.statusCode, answer.json()]).toEqual([200, { signedIn: false }]);
  expect(browser.cookies.has('tarim')).toBe(false);
  browser.cookies.set('tarim', cookie);
  expect((await browser.get('/session')).statusCode).toBe(401);
  expect((await entries(api, 'signOut')).map(({ actor }) => actor)).toEqual(['leaver']);
});

describe('a session ends', () => {
  async function after(username: string, change: string): Promise<number> {
    await addPerson(api, username);
    const browser = openBrowser(api);
    await browser.signIn(username);
    expect((await browser.get('/session')).statusCode).toBe(200);
    await api.db.$executeRawUnsafe(`update session set ${change} where username = '${username}'`);
    return (await browser.get('/session')).statusCode;
  }
  const seen = (ago: string) => `last_seen_at = clock_timestamp() - interval '${ago}'`;

  test('after 2 hours of nothing, not before', async () => {
    expect(await after('idle-less', seen('119 minutes'))).toBe(200);
    expect(await after('idle', seen('2 hours 1 second'))).toBe(401);
  });

  test('12 hours after the sign-in, whatever was done in between', async () => {
    await after('working', seen('0 minutes'));
    const [row] = await api.db.$queryRaw<{ hours: number }[]>`
      select extract(epoch from expires_at - created_at)::float / 3600 as hours from session where username = 'working'`;
    expect(row?.hours).toBeCloseTo(12, 3);
    expect(await after('late', 'expires_at = clock_timestamp()')).toBe(401);
  });

  test('at work, the idle time begins anew', async () => {
    await after('busy', seen('90 minutes'));
    const [row] = await api.db.$queryRaw<{ fresh: boolean }[]>`
      select last_seen_at > clock_timestamp() - interval '1 minute' as fresh from session where username = 'busy'`;
    expect(row?.fresh).toBe(true);
  });
});

test('the database holds no token, only its hash', async () => {
  await addPerson(api, 'hashed');
  const browser = openBrowser(api);
  await browser.signIn('hashed');
  const [row] = await api.db.session.findMany({ where: { username: 'hashed' } });
  expect(row?.tokenSha256).toBe(sha256(browser.cookies.get('tarim') ?? ''));
});

describe("one's own password", () => {
  test('is changed by who knows the old one; all other sessions end, this one goes on under a new token', async () => {
    await addPerson(api, 'changer');
    const [here, elsewhere] = [openBrowser(api), openBrowser(api)];
    await here.signIn('changer');
    await elsewhere.signIn('changer');
    const before = here.cookies.get('tarim');
    const answer = await here.send('PUT', '/session/password', own);
    expect(answer.statusCode).toBe(200);
    expect(here.cookies.get('tarim')).not.toBe(before);
    expect((await here.get('/session')).statusCode).toBe(200);
    expect((await elsewhere.get('/session')).statusCode).toBe(401);
    expect((await elsewhere.signIn('changer')).statusCode).toBe(401);
    expect((await elsewhere.signIn('changer', own.password)).statusCode).toBe(200);
    expect((await entries(api, 'setPassword')).at(-1)).toMatchObject({
      ...{ actor: 'changer', body: { username: 'changer' }, reason: 'own password' },
    });
  });

  test('is not changed by who does not know it, nor by a token, nor to one that is too short', async () => {
    await addPerson(api, 'thief');
    const browser = openBrowser(api);
    await browser.signIn('thief');
    const guess = await browser.send('PUT', '/session/password', { ...own, current: 'a guess' });
    expect([guess.statusCode, guess.json<{ detail: string }>().detail]).toEqual([
      ...[409, 'The current password is another one.'],
    ]);
    const short = await browser.send('PUT', '/session/password', {
      ...own,
      password: 'elevenchars',
    });
    expect(short.statusCode).toBe(400);
    const token = await (await api.as('clerk')).send('PUT', '/session/password', own);
    expect(token.statusCode).toBe(403);
    expect((await openBrowser(api).signIn('thief')).statusCode).toBe(200);
  });
});

test('a hash that cost less than today is made anew when its owner signs in', async () => {
  await addPerson(api, 'old');
  // scrypt of the password with N=2^14, r=8, p=1.
  const weak = await import('node:crypto').then(({ scryptSync }) => {
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    return `$scrypt$ln=14,r=8,p=1$${text(salt)}$${text(key)}`;
  });
  await api.db.staff.update({ where: { username: 'old' }, data: { passwordHash: weak } });
  expect((await openBrowser(api).signIn('old')).statusCode).toBe(200);
  const { passwordHash } = await api.db.staff.findUniqueOrThrow({ where: { username: 'old' } });
  expect(passwordHash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  expect((await openBrowser(api).signIn('old')).statusCode).toBe(200);
});

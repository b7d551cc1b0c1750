import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { startApi, type TestApi } from '../support/api';

const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');
const PASSWORD = 'correct horse battery';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** The program with a password on its stdin. */
async function user(
  args: string,
  stdin = `${PASSWORD}\n`,
): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: api.databaseUrl };
  const child = spawn(process.execPath, [PROGRAM, '--lang', 'en', 'user', ...args.split(' ')], {
    env,
  });
  child.stdin.end(stdin);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
const signIn = async (username: string, password: string) =>
  (
    await api.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { username, password },
    })
  ).statusCode;

test('the first administrator is made with a password from stdin, and signs in', async () => {
  const made = await user('create li --admin --name 李敏');
  expect(made).toEqual({ code: 0, out: 'li was made, as administrator.\n', err: '' });
  expect(await signIn('li', PASSWORD)).toBeLessThan(300);
  expect(await api.db.staff.findFirst({ where: { username: 'li' } })).toMatchObject({
    name: '李敏',
    role: 'administrator',
    allStations: true,
  });
  const log = JSON.stringify(await api.db.command.findMany());
  expect(log).toContain('addUser');
  expect(log).not.toContain(PASSWORD);
  expect(await user('create li --admin')).toMatchObject({
    code: 4,
    err: 'There is a user li already.\n',
  });
});

test('a password is set anew, and the old one opens nothing', async () => {
  await user('create zhou --role collector --station TB01 TB02');
  expect(await user('password zhou', 'another horse entirely\n')).toMatchObject({ code: 0 });
  expect(await signIn('zhou', PASSWORD)).toBe(401);
  expect(await signIn('zhou', 'another horse entirely')).toBeLessThan(300);
  expect(await api.db.staff.findFirst({ where: { username: 'zhou' } })).toMatchObject({
    stations: ['TB01', 'TB02'],
    allStations: false,
  });
  expect(await user('password nobody')).toMatchObject({ code: 4 });
});

test.each([
  ['create ma', PASSWORD, 'Say which: --admin, or --role.'],
  ['create ma --admin', '', 'Give the password as the first line of stdin.'],
  ['create ma --admin', 'short', 'A password has 12 to 128 characters.'],
  ['create Ma! --admin', PASSWORD, 'Ma! is not a username'],
])('user %s with what is wrong makes nobody', async (args, stdin, sentence) => {
  const { code, err } = await user(args, stdin);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  expect(await api.db.staff.count({ where: { username: { contains: 'ma' } } })).toBe(0);
});

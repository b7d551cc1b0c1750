import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leavePassword } from '../../cli/operator-password';
import { startApi, type TestApi } from '../support/api';
import { openBrowser } from '../support/browser';

let api: TestApi;
const home = mkdtempSync(join(tmpdir(), 'tarim-home-'));
beforeAll(async () => (api = await startApi()));
afterAll(async () => {
  await api.close();
  rmSync(home, { recursive: true });
});

const left = (): string => readFileSync(join(home, 'password'), 'utf8').trim();

test('the operator signs in with the password that `up` left, which only its owner may read', async () => {
  expect(await leavePassword(home, api.databaseUrl)).toBe(join(home, 'password'));
  expect(statSync(join(home, 'password')).mode & 0o777).toBe(0o600);
  expect((await openBrowser(api).signIn('local', left())).statusCode).toBe(200);
});

test('started again it stays, and one that somebody set elsewhere is not told', async () => {
  const first = left();
  await leavePassword(home, api.databaseUrl);
  expect(left()).toBe(first);
  rmSync(join(home, 'password'));
  expect(await leavePassword(home, api.databaseUrl)).toBeNull();
});

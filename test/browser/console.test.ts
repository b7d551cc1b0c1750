import { setClock } from '../../db/clock';
import { startConsole, signIn, type ConsoleStack } from '../support/console';
import { addPerson } from '../support/browser';
import { scenario, type Scenario } from '../support/scenario';

/** What a supervisor does on the pages, on the real stack. One customer stands in the middle of the ladder of July 2026. */
let stack: ConsoleStack;
let han: Scenario;
beforeAll(async () => {
  stack = await startConsole();
  han = await scenario(stack.station, 'han', 3);
  await han.billed('2026-07', 1234.56);
  await han.opens('2026-07');
  await setClock(stack.station.db, await han.until('2026-07-22'), 'test');
}, 120_000);
afterAll(() => stack.close());

describe('signing in', () => {
  test('leads back to where one wanted to go, and out again', async () => {
    const { page, byRole, faults } = await stack.as('supervisor', '/customers?search=C-han');
    await page.waitForURL('**/customers?search=C-han');
    await byRole('link', 'C-han').waitFor();
    expect(await page.title()).toBe('客户 · Tarim');
    await byRole('button', '退出登录').click();
    await byRole('heading', '登录').waitFor();
    expect(faults).toEqual([]);
  });

  test('a wrong password is said with what to do', async () => {
    await addPerson(stack.api, 'zhao');
    const { page, byRole, axe } = await stack.visit('/');
    await page.getByLabel('用户名').fill('zhao');
    await page.getByLabel('密码').fill('wrong wrong wrong');
    await byRole('button', '登录').click();
    await page.getByText('请检查用户名和密码').waitFor();
    expect(await axe()).toEqual([]);
  });

  test('a session that ended elsewhere leads to the sign-in and back', async () => {
    const { page, byRole } = await stack.as('clerk', '/customers');
    await byRole('link', 'C-han').waitFor();
    await stack.api.db.$executeRaw`delete from session`;
    await byRole('link', 'C-han').click();
    await page.getByText('登录已过期').waitFor();
    await addPerson(stack.api, 'qian');
    await signIn({ page }, 'qian');
    await page.waitForURL('**/customers/C-han');
  });
});

test('the language is switched at once and kept', async () => {
  const { page, byRole } = await stack.as('supervisor', '/customers');
  await byRole('heading', '客户').waitFor();
  await byRole('button', 'English').click();
  await byRole('heading', 'Customers').waitFor();
  expect(await page.evaluate<string>('document.documentElement.lang')).toBe('en');
  await page.reload();
  await byRole('heading', 'Customers').waitFor();
});

test('an address that is no page says so', async () => {
  const { byRole, axe, faults } = await stack.as('auditor', '/nowhere');
  await byRole('heading', '没有这个页面').waitFor();
  expect(await axe()).toEqual([]);
  expect(faults).toEqual([]);
});

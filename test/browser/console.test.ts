import { setClock } from '../../db/clock';
import { startConsole } from '../support/console';
import { scenario } from '../support/scenario';
import { customer } from './customer';
import { everyPage } from './every-page';
import { signingIn } from './signing-in';
import type { Opened } from './opened';

/** What people do on the pages, on the real stack: one for all of them, because it costs more than the tests. */
let opened: Opened;
beforeAll(async () => {
  const stack = await startConsole();
  const han = await scenario(stack.station, 'han', 3);
  await han.billed('2026-07', 1234.56);
  await han.opens('2026-07');
  await setClock(stack.station.db, await han.until('2026-07-22'), 'test');
  opened = { stack, han };
}, 120_000);
afterAll(() => opened.stack.close());

<<<<<<< HEAD
const given = (): Opened => opened;
signingIn(given);
everyPage(given);
customer(given);
=======
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

describe('a customer', () => {
  const url = '/customers/C-han';

  test('is found by name and shows debt, bills, what comes and what was', async () => {
    const { page, byRole, axe, faults } = await stack.as('supervisor', '/customers');
    await page.getByLabel('搜索').fill('客户 han');
    await page.getByLabel('搜索').press('Enter');
    await page.waitForURL(/search=/);
    expect(await axe()).toEqual([]);
    await byRole('link', 'C-han').click();
    await byRole('heading', '客户 han C-han').waitFor();
    await byRole('region', '现状').getByText('¥1,234.56').waitFor();
    await byRole('cell', 'B-han-2026-07').waitFor();
    await byRole('region', '接下来的五步').getByText('逾期提醒 2').waitFor();
    await byRole('region', '时间线').getByText('已发出').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('is held with a reason and released again, and the timeline says so', async () => {
    const { page, byRole, axe, faults } = await stack.as('supervisor', url);
    await byRole('button', '暂停催收').click();
    const dialog = byRole('dialog', '暂停催收');
    await dialog.getByText('从现在起不再向客户 han发送').waitFor();
    await dialog.getByRole('button', { name: '暂停催收' }).click();
    await dialog.getByText('请写明原因').waitFor();
    await dialog.getByLabel('原因').fill('洪水');
    expect(await axe()).toEqual([]);
    await dialog.getByRole('button', { name: '暂停催收' }).click();
    await page.getByText('已完成：暂停催收').waitFor();
    await byRole('region', '时间线').getByText('洪水').waitFor();
    await byRole('region', '现状').getByText('已暂停催收').waitFor();

    await byRole('button', '恢复催收').click();
    await page.getByLabel('原因').fill('水退了');
    await byRole('dialog', '恢复催收').getByRole('button', { name: '恢复催收' }).click();
    await byRole('region', '时间线').getByText('水退了').waitFor();
    await byRole('region', '现状').getByText('已暂停催收').waitFor({ state: 'detached' });
    expect(await stack.api.db.hold.count({ where: { ref: 'C-han' } })).toBe(1);
    expect(faults).toEqual([]);
  });

  test('an order that is refused is shown with the sentence, and changes nothing', async () => {
    const { page, byRole, axe } = await stack.as('supervisor', url);
    await byRole('button', '了结争议').click();
    const dialog = byRole('dialog', '了结争议');
    await dialog.getByLabel('结论').click();
    await page.getByText('账单无误').click();
    await dialog.getByLabel('原因').fill('看过了');
    await dialog.getByRole('button', { name: '了结争议' }).click();
    await page.getByRole('alert').getByText('Bill B-han-2026-07 is not disputed.').waitFor();
    await page.getByRole('alert').getByText('操作被拒绝，没有改变任何内容').waitFor();
    expect(await axe()).toEqual([]);
  });

  test('what a role may not is disabled, and says why', async () => {
    const { page, byRole } = await stack.as('collector', url);
    await page.getByText('您的角色不能暂停催收').waitFor();
    expect(await byRole('button', '暂停催收').isDisabled()).toBe(true);
    expect(await byRole('button', '登记缴费承诺').isEnabled()).toBe(true);
  });

  test('of another station is not found', async () => {
    const { page, faults } = await stack.as('supervisor', url, { stations: ['TB99'] });
    await page.getByText('没有找到').waitFor();
    expect(faults).toEqual([]);
  });

  test('fits a telephone: nothing is wider than the screen, and the menu is a drawer', async () => {
    const { page, byRole, axe } = await stack.as('supervisor', url, { width: 360, height: 740 });
    await byRole('region', '现状').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await axe()).toEqual([]);
    await byRole('button', '菜单').click();
    await page.getByRole('dialog').getByRole('link', { name: '客户' }).click();
    await byRole('heading', '客户').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});
>>>>>>> acfab14 (List customers by what they owe and where they stand, and tell their procedure file in Chinese and English)

import { addPerson } from '../support/browser';
import { signIn } from '../support/console';
import type { Opened } from './opened';

/** Coming in, going out, and what is no page. */
export function signingIn(given: () => Opened): void {
  describe('signing in', () => {
    test('leads back to where one wanted to go, and out again', async () => {
      const { page, byRole, faults } = await given().stack.visit('/customers?search=C-han');
      await addPerson(given().stack.api, 'wu', { role: 'supervisor' });
      await signIn({ page }, 'wu');
      await page.waitForURL('**/customers?search=C-han');
      await byRole('link', 'C-han').waitFor();
      expect(await page.title()).toBe('客户 · Tarim');
      await byRole('button', '退出登录').click();
      await byRole('heading', '登录').waitFor();
      expect(faults).toEqual([]);
    });

    test('a wrong password is said with what to do', async () => {
      await addPerson(given().stack.api, 'zhao');
      const { page, byRole, axe } = await given().stack.visit('/');
      await page.getByLabel('用户名').fill('zhao');
      await page.getByLabel('密码').fill('wrong wrong wrong');
      await byRole('button', '登录').click();
      await page.getByText('请检查用户名和密码').waitFor();
      expect(await axe()).toEqual([]);
    });

    test('a session that ended elsewhere leads to the sign-in and back', async () => {
      const { page, byRole } = await given().stack.visit('/customers');
      await addPerson(given().stack.api, 'sun');
      await signIn({ page }, 'sun');
      await byRole('link', 'C-han').waitFor();
      await given().stack.api.db.$executeRaw`delete from session where username = 'sun'`;
      await byRole('link', 'C-han').click();
      await page.getByText('登录已过期').waitFor();
      await signIn({ page }, 'sun');
      await page.waitForURL('**/customers/C-han');
    });
  });

  test('a lost connection is said plainly, what was read stays, and it mends itself', async () => {
    const { page, byRole, axe } = await given().stack.as('supervisor', '/customers/C-han');
    await byRole('region', '现状').waitFor();
    await page.context().setOffline(true);
    await byRole('button', '登记争议').click();
    await page.getByText('连接中断').waitFor();
    await byRole('dialog', '登记争议').getByText('服务器没有应答').waitFor();
    await page.getByText('客户 han C-han').waitFor();
    expect(await axe()).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('连接中断').waitFor({ state: 'detached' });
  });

  test('the language is switched at once and kept', async () => {
    const { page, byRole } = await given().stack.as('supervisor', '/customers');
    await byRole('heading', '客户').waitFor();
    await byRole('button', 'English').click();
    await byRole('heading', 'Customers').waitFor();
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('en');
    await page.reload();
    await byRole('heading', 'Customers').waitFor();
  });

  test('an address that is no page says so', async () => {
    const { byRole, axe, faults } = await given().stack.as('auditor', '/nowhere');
    await byRole('heading', '没有这个页面').waitFor();
    expect(await axe()).toEqual([]);
    expect(faults).toEqual([]);
  });
}

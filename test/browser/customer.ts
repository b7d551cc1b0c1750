import type { Opened } from './opened';

/** Finding a customer, seeing why, and acting. */
export function customer(given: () => Opened): void {
  describe('a customer', () => {
    const url = '/customers/C-han';

    test('is found by name and shows debt, bills, what comes and what was', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/customers');
      await page.getByLabel('搜索').fill('客户 han');
      await page.getByLabel('搜索').press('Enter');
      await page.waitForURL(/search=/);
      expect(await axe()).toEqual([]);
      await byRole('link', 'C-han').click();
      await byRole('heading', '客户 han C-han').waitFor();
      await byRole('region', '现状').getByText('¥1,234.56', { exact: true }).waitFor();
      await byRole('region', '接下来的五步').getByText('逾期提醒（短信、邮件）').first().waitFor();
      await byRole('tabpanel', '时间线').getByText('已发出').first().waitFor();
      expect(await axe()).toEqual([]);
      await byRole('tab', '账单与缴费').click();
      await byRole('cell', 'B-han-2026-07').waitFor();
      expect(page.url()).toContain('tab=money');
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('is found by filters that the address keeps, with how many they are and what they owe', async () => {
      const address = '/customers?stage=overdueReminder&level=3&minOwed=1234';
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', address);
      await byRole('link', 'C-han').waitFor();
      await page.getByText('共 1 户，欠费 ¥1,234.56').waitFor();
      await page.getByLabel('风险等级').click();
      await page.getByTitle('Ⅰ', { exact: true }).click();
      await page.getByText('没有符合条件的客户').waitFor();
      expect(page.url()).toContain('level=1');
      expect(await axe()).toEqual([]);
      await page.goBack();
      expect(faults).toEqual([]);
    });

    test('a filter that is none is refused with a sentence, and the page stays', async () => {
      const { page } = await given().stack.as('supervisor', '/customers?level=9');
      await page.getByText('填写的内容有误').waitFor();
    });

    test('is held with a reason and released again, and the timeline says so', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', url);
      await byRole('button', '暂停催收').click();
      const dialog = byRole('dialog', '暂停催收');
      await dialog.getByText('从现在起不再向客户 han发送').waitFor();
      await dialog.getByRole('button', { name: '暂停催收' }).click();
      await dialog.getByText('请写明原因').waitFor();
      await dialog.getByLabel('原因').fill('洪水');
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: '暂停催收' }).click();
      await page.getByText('已完成：暂停催收').waitFor();
      await byRole('tabpanel', '时间线').getByText('洪水').waitFor();
      await byRole('region', '现状').getByText('已暂停催收').waitFor();

      await byRole('button', '恢复催收').click();
      await page.getByLabel('原因').fill('水退了');
      await byRole('dialog', '恢复催收').getByRole('button', { name: '恢复催收' }).click();
      await byRole('tabpanel', '时间线').getByText('水退了').waitFor();
      await byRole('region', '现状').getByText('已暂停催收').waitFor({ state: 'detached' });
      expect(await given().stack.api.db.hold.count({ where: { ref: 'C-han' } })).toBe(1);
      expect(faults).toEqual([]);
    });

    test('an order that is refused is shown with the sentence, and changes nothing', async () => {
      const { page, byRole, axe } = await given().stack.as('supervisor', url);
      await byRole('button', '登记缴费承诺').click();
      const dialog = byRole('dialog', '登记缴费承诺');
      await dialog.getByLabel('承诺缴费日').fill('2026-07-01');
      // Before it is given: the page tries it.
      await dialog.getByText('The promised day 2026-07-01 is over.').waitFor();
      await dialog.getByText('操作被拒绝，没有改变任何内容').waitFor();
      expect(await dialog.getByRole('button', { name: '登记缴费承诺' }).isDisabled()).toBe(true);
      expect(await axe()).toEqual([]);
      expect(await given().stack.api.db.promise.count()).toBe(0);
    });

    test('what a role may not is disabled, and says why', async () => {
      const { page, byRole } = await given().stack.as('collector', url);
      await page.getByText('您的角色不能暂停催收').waitFor();
      expect(await byRole('button', '暂停催收').isDisabled()).toBe(true);
      expect(await byRole('button', '登记缴费承诺').isEnabled()).toBe(true);
    });

    test('of another station is not found', async () => {
      const { page, faults } = await given().stack.as('supervisor', url, { stations: ['TB99'] });
      await page.getByText('没有找到').waitFor();
      expect(faults).toEqual([]);
    });

    test('fits a telephone: nothing is wider than the screen, and the menu is a drawer', async () => {
      const { page, byRole, axe } = await given().stack.as('supervisor', url, {
        width: 360,
        height: 740,
      });
      await byRole('region', '现状').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await axe()).toEqual([]);
      await byRole('button', '菜单').click();
      await page.getByRole('dialog').getByRole('link', { name: '客户' }).click();
      await page.waitForURL('**/customers');
      await page.locator('[role=table]').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      const cut =
        "(box => box.scrollWidth - box.clientWidth)(document.querySelector('[role=table]'))";
      expect(await page.evaluate(cut)).toBe(0);
    });
  });
}

import type { Opened } from './opened';

/** What a collector does on a telephone, and a supervisor with the tasks of the station. */
export function tasks(given: () => Opened): void {
  const db = () => given().stack.api.db;

  describe('a task', () => {
    test('is found by filters that the address keeps, and shows all that a call needs', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/tasks');
      await byRole('link', '客户 wei C-wei').first().waitFor();
      await page.getByLabel('类型').click();
      await page.getByTitle('电话', { exact: true }).click();
      await page.getByLabel('到期').click();
      await page.getByTitle('已逾期').click();
      await page.waitForURL(/kind=call&due=overdue/);
      await page.getByText('2026年7月24日').first().waitFor({ state: 'detached' });
      await byRole('link', '客户 wei C-wei').click();
      await byRole('heading', '电话 · 客户 wei C-wei').waitFor();
      const who = byRole('region', '客户与金额');
      await who.getByText('¥480.00').waitFor();
      await who.getByText('塔北路 7 号').waitFor();
      expect(await who.getByRole('link', { name: /拨打/ }).getAttribute('href')).toMatch(
        /^tel:\+86/,
      );
      await byRole('region', '最近的联系与缴费').getByText('短信').first().waitFor();
      expect(await axe()).toEqual([]);
      await byRole('link', '返回任务列表').click();
      await page.waitForURL(/kind=call&due=overdue/);
      expect(faults).toEqual([]);
    });

    test('is finished on a telephone with one hand: the outcome says what it does, asks for the day only, and leads to the next', async () => {
      const { call } = given().work;
      const screen = { width: 360, height: 740 };
      const at = `/tasks/${call}?kind=call&station=S-wei`;
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', at, screen);
      const outcomes = byRole('region', '结果');
      const promise = outcomes.getByRole('button', { name: '承诺缴费' });
      await promise.getByText('承诺日终了前暂停催收').waitFor();
      expect((await promise.boundingBox())?.height).toBeGreaterThanOrEqual(60);
      await promise.click();
      await outcomes.getByLabel('承诺缴费日').fill('2026-07-28');
      await outcomes.getByLabel('备注').fill('下周发工资');
      expect(await axe()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await outcomes.getByRole('button', { name: '完成：承诺缴费' }).click();
      await byRole('region', '已完成').getByText('下周发工资').waitFor();
      expect(await db().promise.findFirst({ where: { customerNo: 'C-wei' } })).toMatchObject({
        promisedOn: new Date('2026-07-28'),
      });
      await byRole('link', '下一个：电话 · 客户 wei').click();
      await page.getByText('承诺 2026年7月28日 前缴清').first().waitFor();
      await byRole('region', '结果').waitFor();
      expect(faults).toEqual([]);
    });

    test('whose outcome is refused says why and stays', async () => {
      const { letter } = given().work;
      const { page, byRole } = await given().stack.as('supervisor', `/tasks/${letter}`);
      await byRole('button', /留置送达/).click();
      const note = page.getByLabel('备注：放置处和见证人');
      await note.fill('   ');
      await byRole('button', '完成：留置送达').click();
      await page.getByRole('alert').getByText('操作被拒绝，没有改变任何内容').waitFor();
      expect(await db().task.findUnique({ where: { id: letter } })).toMatchObject({
        outcome: null,
      });
    });

    test('of a letter is printed, alone and with the others of the station', async () => {
      const { letter } = given().work;
      const { page, byRole, faults } = await given().stack.as('supervisor', `/tasks/${letter}`);
      const one = page.waitForEvent('download');
      await byRole('button', '打印这份通知单').click();
      expect((await one).suggestedFilename()).toBe('letters.pdf');
      await page.goto(`${given().stack.url}/tasks?kind=letter&station=S-han`);
      const many = page.waitForEvent('download');
      await byRole('button', '打印催费通知单').click();
      await many;
      await page.getByText('已生成 1 份').waitFor();
      expect(faults).toEqual([]);
    });

    test('is handed over to somebody of the station, who finds it under his own', async () => {
      const { letter } = given().work;
      const at = `/tasks/${letter}`;
      const { byRole, page, axe, faults } = await given().stack.as('supervisor', at);
      await byRole('button', '转交他人').click();
      const dialog = byRole('dialog', '转交他人');
      await dialog.getByLabel('转交给').fill('S-han 主管');
      await page.getByTitle(/S-han 主管/).waitFor();
      await dialog.getByLabel('转交给').press('Enter');
      await dialog.getByLabel('原因').fill('休假');
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: '转交他人' }).click();
      await byRole('region', '客户与金额').getByText('负责人 S-han 主管').waitFor();
      expect(faults).toEqual([]);

      const stations = ['S-han'];
      const own = await given().stack.as('collector', '/tasks', { stations });
      expect(await own.byRole('radio', '我的').isDisabled()).toBe(true);
      const named = { assignee: 'supervisor:S-han' };
      await db().staff.updateMany({ where: { stations: { has: 'S-han' } }, data: named });
      await own.page.reload();
      await own.byRole('radio', '我的').waitFor({ state: 'attached' });
      expect(await own.byRole('radio', '我的').isChecked()).toBe(true);
      await own.byRole('link', '客户 han C-han').click();
      await own.page.getByText('您的角色不能分派任务').waitFor();
      expect(await own.byRole('button', '转交他人').isDisabled()).toBe(true);
      expect(own.faults).toEqual([]);
    });
  });
}

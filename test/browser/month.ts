import type { Opened } from './opened';

/** What a supervisor sees first, and from where everything is stopped and goes on. */
export function month(given: () => Opened): void {
  const held = () => given().stack.api.db.hold.count({ where: { releasedAt: null } });

  describe('the month', () => {
    test('is where one arrives: figures, the curve as a table too, and a matrix that leads to who they are', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/');
      await page.waitForURL('**/month');
      await byRole('region', '本月数字').getByText('应收').waitFor();
      await page.getByLabel('供电所', { exact: true }).click();
      await page.getByTitle('S-han').click();
      await page.waitForURL(/station=S-han/);
      await byRole('img', /首张账单后第 21 天，当期回收率/).waitFor();
      await page.getByText('用表格查看').click();
      await byRole('region', '用表格查看').getByRole('cell').first().waitFor();
      expect(await axe()).toEqual([]);
      await byRole('region', '本月数字').getByText('¥1,234.56').first().waitFor();
      await byRole('link', /^Ⅲ\s级，逾期提醒：\s*1\s*户，欠费\s*¥1,234\.56$/).click();
      await page.waitForURL(/customers\?level=3&stage=overdueReminder&station=S-han/);
      await byRole('link', 'C-han').waitFor();
      expect(faults).toEqual([]);
    });

    test('all sending is stopped with a reason, said in large letters, and released', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/month');
      await byRole('button', '停止全部发送').click();
      const dialog = byRole('dialog', '停止全部发送');
      await dialog.getByText('所有供电所不再发出任何催费短信和邮件').waitFor();
      await dialog.getByText(/涉及催收中的客户 \d+ 户/).waitFor();
      await dialog.getByLabel('原因').fill('电价导错');
      expect(await axe()).toEqual([]);
      expect(await held()).toBe(0);
      await dialog.getByRole('button', { name: '停止全部发送' }).click();
      const alarm = page.getByRole('alert').filter({ hasText: '已停止全部发送' });
      await alarm.getByText('电价导错').waitFor();
      expect(await held()).toBe(1);
      await byRole('button', '停止全部发送').waitFor({ state: 'detached' });
      expect(await axe()).toEqual([]);

      await alarm.getByRole('button', { name: '恢复全部发送' }).click();
      const release = byRole('dialog', '恢复全部发送');
      await release.getByLabel('原因').fill('已更正');
      await release.getByRole('button', { name: '恢复全部发送' }).click();
      await alarm.waitFor({ state: 'detached' });
      await byRole('button', '停止全部发送').waitFor();
      expect(await held()).toBe(0);
      expect(faults).toEqual([]);
    });

    test('a station’s campaign is paused where it stands and resumed', async () => {
      const at = '/month?station=S-han';
      const { page, byRole, faults } = await given().stack.as('supervisor', at);
      await byRole('button', '暂停 S-han 的催收').click();
      const dialog = byRole('dialog', '暂停 S-han 的催收');
      await dialog.getByLabel('原因').fill('洪水');
      await dialog.getByRole('button', { name: '暂停 S-han 的催收' }).click();
      await page.getByText('S-han 已暂停催收').waitFor();
      await byRole('button', '恢复 S-han 的催收').first().click();
      await byRole('dialog', '恢复 S-han 的催收').getByLabel('原因').fill('水退了');
      await byRole('dialog', '恢复 S-han 的催收').getByRole('button', { name: '恢复' }).click();
      await byRole('button', '暂停 S-han 的催收').waitFor();
      expect(await held()).toBe(0);
      expect(faults).toEqual([]);
    });

    test('a month is counted before it is opened, and opens by itself when planned', async () => {
      const at = '/month?station=S-han';
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', at);
      await byRole('button', '开启月度催收').click();
      const dialog = byRole('dialog', '开启月度催收');
      await dialog.getByText('将开启 0 户（S-han）').waitFor();
      await dialog.getByLabel('电费年月').fill('2026-08');
      await dialog.getByText('将开启 1 户（S-han）').waitFor();
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: /取消|Cancel/ }).click();

      await page.getByText('自动开启的安排').click();
      await page.getByText('没有安排').waitFor();
      for (const [name, said] of [
        ['安排自动开启', 'S-han：每月 3 日 8 时'],
        ['停用自动开启', '已停用'],
        ['取消自动开启', '没有安排'],
      ] as const) {
        await byRole('button', name).click();
        await byRole('dialog', name).getByLabel('原因').fill('试行');
        await byRole('dialog', name).getByRole('button', { name }).click();
        await byRole('region', '月度催收进度').getByText(said).first().waitFor();
      }
      expect(faults).toEqual([]);
    });

    test('who only reads cannot stop anything, and is told why', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('auditor', '/month');
      const stop = byRole('button', '停止全部发送');
      await stop.waitFor();
      expect(await stop.isDisabled()).toBe(true);
      await page.getByText('您的角色不能停止全部发送。请找有权限的同事。').waitFor();
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });
  });
}

import { crowd } from '../support/crowd';
import type { Opened } from './opened';

/** Many customers at once: choosing, counting, holding, stopping, taking home as a file. */
export function customers(given: () => Opened): void {
  describe('many customers', () => {
    const N = 450;
    const url = '/customers?station=S-crowd';
    const no = (n: number) => `S-crowd${String(n).padStart(5, '0')}`;
    const db = () => given().stack.api.db;
    const held = async (): Promise<string[]> => {
      const rows = await db().hold.findMany({
        where: { ref: { startsWith: 'S-crowd' }, releasedAt: null },
        orderBy: { ref: 'asc' },
      });
      return rows.map(({ ref }) => ref);
    };
    beforeAll(() => crowd(db(), { station: 'S-crowd', owing: N }));

    test('are held in bulk with the count first and a reason, followed to the end, and taken back', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('supervisor', url);
      await page.getByText(`共 ${N} 户`).waitFor();
      await page.getByText('先勾选客户').waitFor();
      expect(await byRole('button', '批量暂停催收').isDisabled()).toBe(true);
      await byRole('checkbox', `选中 ${no(1)}`).check();
      await byRole('checkbox', `选中 ${no(2)}`).check();
      await page.getByText('已选 2 户').waitFor();
      await byRole('button', '批量暂停催收').click();
      const dialog = byRole('dialog', '批量暂停催收');
      await dialog.getByText('将暂停 2 户').waitFor();
      await dialog.getByLabel('原因').fill('洪水');
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: '批量暂停催收' }).click();
      const history = page.getByRole('dialog').filter({ hasText: '批量操作记录' });
      await history.getByText('已处理 2 户，共 2 户').waitFor();
      await history.getByText('批量暂停催收 · 已完成').waitFor();
      expect(await axe()).toEqual([]);
      expect(await held()).toEqual([no(1), no(2)]);

      await history.getByRole('button', { name: '撤回这次暂停' }).click();
      await page.getByText('将恢复 2 户').waitFor();
      await page.getByLabel('原因').fill('水退了');
      await byRole('dialog', '批量恢复催收').getByRole('button', { name: '批量恢复催收' }).click();
      await history.getByText('批量恢复催收 · 已完成').waitFor();
      expect(await held()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('all who fit are chosen with one press, also those not read yet, and the order is followed to its end', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', url);
      await byRole('button', `选中全部 ${N} 户`).click();
      await page.getByText(`已选全部符合条件的 ${N} 户`).waitFor();
      await byRole('button', '批量暂停催收').click();
      const dialog = byRole('dialog', '批量暂停催收');
      await dialog.getByText(`将暂停 ${N} 户`).waitFor();
      await dialog.getByLabel('原因').fill('试一试');
      await dialog.getByRole('button', { name: '批量暂停催收' }).click();
      const history = page.getByRole('dialog').filter({ hasText: '批量操作记录' });
      await history.getByText(`已处理 ${N} 户，共 ${N} 户`).waitFor();
      expect(await held()).toHaveLength(N);
      expect(faults).toEqual([]);
    });

    test('a clerk may not, and is told so, and may not take the list home', async () => {
      const { page, byRole, axe, faults } = await given().stack.as('clerk', url);
      await page.getByText('您的角色不能批量操作').waitFor();
      await page.getByText('您的角色不能导出名单').waitFor();
      expect(await byRole('button', '批量暂停催收').isDisabled()).toBe(true);
      expect(await byRole('button', '导出 CSV').isDisabled()).toBe(true);
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('are taken home as a file, as they were filtered', async () => {
      const { page, byRole } = await given().stack.as('supervisor', `${url}&search=S-crowd0000`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        byRole('link', '导出 CSV').click(),
      ]);
      expect(file.suggestedFilename()).toBe('customers-2026-07-22.csv');
      const lines: string[] = [];
      for await (const chunk of await file.createReadStream()) lines.push(String(chunk));
      expect(lines.join('').trim().split('\n')).toHaveLength(10);
    });

    test('are walked through by the keyboard, and whoever comes back finds the same place', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', url);
      await byRole('link', no(1)).focus();
      for (let n = 2; n <= 61; n += 1) {
        await byRole('link', no(n)).waitFor();
        await page.keyboard.press('ArrowDown');
      }
      expect(await page.evaluate('document.activeElement.textContent')).toBe(no(61));
      await page.keyboard.press('Enter');
      await byRole('heading', no(61)).waitFor();
      await byRole('link', '返回客户列表').click();
      await byRole('link', no(61)).waitFor();
      expect(page.url()).toContain('station=S-crowd');
      expect(faults).toEqual([]);
    });
  });
}

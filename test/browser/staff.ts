import { readFileSync } from 'node:fs';
import { BILLS } from './filed';
import type { Opened } from './opened';

/** Importing, people and their tokens, and that all of it is on record. */
export function staff(given: () => Opened): void {
  test('a file is imported; its wrong rows are shown with their reasons and can be taken home', async () => {
    const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/imports');
    const buffer = Buffer.from(BILLS.replace(/N-/g, 'M-'));
    const file = { name: 'bills-08.csv', mimeType: 'text/csv', buffer };
    expect(await byRole('button', '开始导入').isDisabled()).toBe(true);
    await page.getByLabel('选择要导入的文件').setInputFiles(file);
    await byRole('button', '开始导入').click();
    await page.getByText('导入完成，但有退回的行').waitFor();
    await byRole('table', '按原因')
      .getByRole('row', { name: /issued_on/ })
      .waitFor();
    await byRole('table', '逐行').getByRole('row', { name: /M-3/ }).waitFor();
    expect(await axe()).toEqual([]);
    const coming = page.waitForEvent('download');
    await byRole('link', '下载退回的行').click();
    const download = await coming;
    expect(readFileSync(await download.path(), 'utf8')).toContain('M-4,C-dou');
    expect(faults).toEqual([]);
  });

  test('who works for some stations is told why there is no import', async () => {
    const { page, faults } = await given().stack.as('clerk', '/imports', { stations: ['S-han'] });
    await page.getByText('只有负责全部供电所的人').waitFor();
    expect(faults).toEqual([]);
  });

  test('a person is made, locked and let in again, with what each does said before', async () => {
    const { byRole, axe, faults } = await given().stack.as('administrator', '/users');
    await byRole('button', '添加人员').click();
    const dialog = byRole('dialog', '添加人员');
    await dialog.getByLabel('用户名').fill('meng');
    await dialog.getByLabel('姓名').fill('孟红');
    await dialog.getByLabel('催费员').check();
    await dialog.getByLabel('供电所', { exact: true }).fill('S-han, S-dou');
    await dialog.getByLabel('密码').fill('correct horse battery');
    await dialog.getByLabel('原因').fill('新同事');
    expect(await axe()).toEqual([]);
    await dialog.getByRole('button', { name: '添加人员' }).click();
    await byRole('link', 'meng').click();
    await byRole('heading', '孟红 meng').waitFor();
    await byRole('region', '概况').getByText('S-han、S-dou').waitFor();
    for (const [title, state] of [
      ['停用', '已停用'],
      ['恢复', '正常'],
    ] as const) {
      await byRole('button', title).click();
      await byRole('dialog', title).getByLabel('原因').fill('试试');
      await byRole('dialog', title).getByRole('button', { name: title }).click();
      await byRole('region', '概况').getByText(state, { exact: true }).waitFor();
    }
    expect(await axe()).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('a token is shown once, works, and ends when revoked; the audit tells of it', async () => {
    const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/tokens');
    const reach = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${given().stack.url}/api/v1/customers`, { headers })).status;
    };
    await byRole('button', '申请令牌').click();
    const dialog = byRole('dialog', '申请令牌');
    await dialog.getByLabel('名称').fill('收费系统');
    await dialog.getByLabel('查看客户').check();
    await dialog.getByLabel('原因').fill('对接');
    expect(await axe()).toEqual([]);
    await dialog.getByRole('button', { name: '申请令牌' }).click();
    const token = await page.getByLabel('令牌', { exact: true }).inputValue();
    expect(await axe()).toEqual([]);
    expect(await reach(token)).toBe(200);
    await byRole('button', '已保存，关闭').click();
    await byRole('button', '作废令牌收费系统').click();
    await byRole('dialog', '作废').getByLabel('原因').fill('换新的');
    await byRole('dialog', '作废').getByRole('button', { name: '作废' }).click();
    await byRole('cell', '已作废').waitFor();
    expect(await reach(token)).toBe(401);
    expect(await page.content()).not.toContain(token);

    await byRole('link', '操作记录').click();
    await byRole('table', '操作记录').getByRole('button', { name: '作废令牌' }).click();
    await byRole('dialog', '作废令牌').getByText('换新的').waitFor();
    expect(page.url()).toContain('entry=');
    expect(await axe()).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('the audit is narrowed by filters that the address keeps', async () => {
    const { page, byRole, faults } = await given().stack.as('auditor', '/audit?actor=gao');
    const table = byRole('table', '操作记录');
    await table.getByRole('button', { name: '申请改定等级' }).click();
    const entry = byRole('dialog', '申请改定等级');
    await entry.getByText('三次失信').waitFor();
    await entry.getByRole('button', { name: '关闭' }).click();
    await entry.waitFor({ state: 'detached' });
    await page.getByLabel('户号').fill('C-nobody');
    await page.getByLabel('户号').press('Enter');
    await page.getByText('没有符合条件的记录').waitFor();
    expect(page.url()).toContain('customerNo=C-nobody');
    expect(faults).toEqual([]);
  });
}

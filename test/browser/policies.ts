import pino from 'pino';
import { startSimulations } from '../../worker/simulations';
import { addPerson } from '../support/browser';
import { signIn, type Visit } from '../support/console';
import type { Opened } from './opened';

/** Reading, drafting and comparing the rules, and putting them in force by two people. */
export function policies(given: () => Opened): void {
  /** Signed in by the page, as a person of one's own. */
  const person = async (name: string, at: string): Promise<Visit> => {
    await addPerson(given().stack.api, name, { role: 'supervisor' });
    const visit = await given().stack.visit(at);
    await signIn(visit, name);
    return visit;
  };
  const order = async (
    { byRole, page }: Visit,
    title: string,
    more: Record<string, string> = {},
    files: Record<string, string> = {},
  ) => {
    await byRole('button', title).click();
    const dialog = byRole('dialog', title);
    for (const [label, text] of Object.entries(more)) await dialog.getByLabel(label).fill(text);
    for (const [label, file] of Object.entries(files))
      await dialog.getByLabel(label).setInputFiles(file);
    await dialog.getByLabel('原因').fill('看过了');
    await dialog.getByRole('button', { name: title }).click();
    await page.getByText(`已完成：${title}`).waitFor();
  };

  describe('a policy', () => {
    test('shows its ladder, what differs from the one in force, and a message with real data', async () => {
      const { page, byRole, axe, faults } = await given().stack.as(
        'supervisor',
        '/policies/tabei-v2',
      );
      const ladder = byRole('table', '催收阶梯');
      await ladder.getByRole('row', { name: /逾期提醒 2.*D\+8.*D\+4/ }).waitFor();
      await byRole('table', '版本差异')
        .getByRole('row', { name: 'Ⅲ 级 › 逾期提醒 2 › 天数 7 8' })
        .waitFor();
      await page.getByLabel('户号').fill('C-han');
      await page.getByLabel('步骤').click();
      await page.getByTitle('逾期提醒 1').click();
      await byRole('button', '预览').click();
      // What is owed at this moment, whatever was paid before.
      await byRole('region', '消息正文')
        .getByText(/1,\d{3}\.\d{2}/)
        .waitFor();
      await page.getByText('条计费').waitFor();
      expect(page.url()).toContain('customer=C-han');
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('is drafted from another; a broken rule is named, and nothing is kept', async () => {
      const { page, byRole, axe, faults } = await given().stack.as(
        'supervisor',
        '/policies/tabei-v1/draft',
      );
      const days = page.getByLabel('逾期提醒 2 Ⅲ 级');
      await days.fill('-3');
      await page.getByLabel('版本编号').fill('tabei-v3');
      await page.getByLabel('生效日').fill('2090-02-01');
      await page.getByLabel('原因').fill('试试');
      await byRole('button', '存为草稿').click();
      await page.getByRole('alert').getByText('以缴费截止日为准，应在其之后').waitFor();
      expect(await axe()).toEqual([]);
      await days.fill('9');
      await byRole('button', '存为草稿').click();
      await byRole('heading', '策略 tabei-v3').waitFor();
      await byRole('table', '版本差异')
        .getByRole('row', { name: /天数 7 9/ })
        .waitFor();
      expect(faults).toEqual([]);
    });

    test('is tried on a share of the customers, whose figures stand beside those of the others, and two people end it', async () => {
      const asker = await person('mo', '/policies');
      await asker.byRole('link', '对照试验').click();
      await asker.byRole('link', 'tabei-v2').click();
      const figures = asker.byRole('table', '双方的数字');
      await figures.getByRole('row', { name: /^已开月份 1/ }).waitFor();
      await figures.getByRole('row', { name: /^开出电费 ¥480.00/ }).waitFor();
      await asker.byRole('img', /逐日的回收率/).waitFor();
      expect(await asker.axe()).toEqual([]);
      await order(asker, '申请结束试验');
      const second = await person('lin', '/approvals?kind=experimentEnd');
      await second.byRole('link', /trying-1/).click();
      await order(second, '批准');
      await second.page.goto(new URL('/experiments', second.page.url()).href);
      await second
        .byRole('row', /tabei-v2/)
        .getByText('已结束')
        .waitFor();
      expect([...asker.faults, ...second.faults]).toEqual([]);
    });

    test('is simulated on the page, looked at, and put forward with its report', async () => {
      const { station } = given().stack;
      const asker = await person('qin', '/policies/tabei-v2');
      await asker.byRole('link', '试算它会怎么做').click();
      await asker.page.getByText('还没有人试算过这个版本').waitFor();
      const worker = startSimulations(station.db, station.databaseUrl, pino({ level: 'silent' }));
      try {
        await asker.byRole('button', '开始试算').click();
        const dialog = asker.byRole('dialog', '开始试算');
        await dialog.getByLabel('每日能力（JSON 文件）').setInputFiles('samples/README.md');
        await dialog.getByText('这个文件不是 JSON').waitFor();
        await dialog
          .getByLabel('每日能力（JSON 文件）')
          .setInputFiles('samples/response-model.json');
        await dialog.getByText(/capacities/).waitFor();
        expect(await asker.axe()).toEqual([]);
        await dialog.getByRole('button', { name: /取 ?消/ }).click();
        await order(
          asker,
          '开始试算',
          { 首日: '2026-07-01', 末日: '2026-07-31' },
          {
            '缴费响应模型（JSON 文件）': 'samples/response-model.json',
            '每日能力（JSON 文件）': 'samples/capacities.json',
          },
        );
        await asker.page.getByText('试算完成：与 tabei-v1 对照').waitFor({ timeout: 60_000 });
      } finally {
        await worker.stop();
      }
      await asker.byRole('table', '合计差异').getByRole('row', { name: /^短信/ }).waitFor();
      await asker.byRole('img', /每日消息数/).waitFor();
      await asker.page.getByText(/按缴费响应模型“example”（种子 1）推定/).waitFor();
      await asker.page.getByText(/^tabei-v1：这段时间开出账单/).waitFor();
      await asker
        .byRole('table', /对照每日能力/)
        .getByRole('row', { name: /^短信 全部 200/ })
        .waitFor();
      expect(await asker.axe()).toEqual([]);
      await order(asker, '凭此报告申请启用');
      const second = await person('wei', '/approvals?kind=policyActivation');
      await second.byRole('link', '启用策略 tabei-v2').first().click();
      await second.byRole('region', '依据').getByText('tabei-v1').waitFor();
      await second.byRole('region', '依据').getByText('example').waitFor();
      expect(await second.axe()).toEqual([]);
      await order(second, '驳回');
      await order(asker, '凭此报告申请对照试验', { 占客户的百分比: '20' });
      const third = await person('an', '/approvals?kind=experimentStart');
      await third.byRole('link', /20%/).click();
      await third.byRole('region', '依据').getByText('tabei-v1').waitFor();
      await order(third, '驳回');
      expect([...asker.faults, ...second.faults]).toEqual([]);
    });

    test('is activated by one who asks and cannot decide, and another who approves', async () => {
      const asker = await person('ren', '/policies/tabei-v2');
      await order(asker, '不附报告申请启用', { 不附报告的理由: '赶在月初前' });
      await asker.page.getByText('ren 已经申请，正等另一人决定').waitFor();
      await asker.byRole('link', '查看审批单').click();
      await asker.page.getByText('这是您自己申请的，不能由本人批准').waitFor();
      expect(await asker.byRole('button', '批准').isDisabled()).toBe(true);
      expect(await asker.byRole('button', '驳回').isDisabled()).toBe(true);
      expect(await asker.axe()).toEqual([]);

      const second = await person('shi', '/approvals?kind=policyActivation');
      await second.byRole('link', '启用策略 tabei-v2').click();
      await second.byRole('table', '版本差异').waitFor();
      await second.page.getByText('只有申请人 ren 可以撤回').waitFor();
      await order(second, '批准');
      await second.byRole('region', '经过').getByText('已批准').waitFor();
      await second.byRole('link', '查看这份策略').click();
      await second.byRole('region', '概况').getByText('待生效').waitFor();
      expect([...asker.faults, ...second.faults]).toEqual([]);
    });
  });

  test('who may not decide sees what waits, and why he may not', async () => {
    const { page, byRole, faults } = await given().stack.as('auditor', '/approvals/asked-1');
    await page.getByText('您的角色不能审批').first().waitFor();
    expect(await byRole('button', '批准').isDisabled()).toBe(true);
    expect(faults).toEqual([]);
  });
}

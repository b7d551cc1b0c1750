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
      await dialog.getByLabel('原因').fill('家里受灾');
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: '暂停催收' }).click();
      await page.getByText('已完成：暂停催收').waitFor();
      await byRole('tabpanel', '时间线').getByText('家里受灾').waitFor();
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
      const { byRole, axe } = await given().stack.as('supervisor', url);
      await byRole('button', '登记缴费承诺').click();
      const dialog = byRole('dialog', '登记缴费承诺');
      await dialog.getByLabel('承诺缴费日').fill('2026-07-01');
      // Before it is given: the page tries it.
      await dialog.getByText('承诺缴费日 2026年7月1日 已过。').waitFor();
      await dialog.getByText('操作被拒绝，没有改变任何内容').waitFor();
      expect(await dialog.getByRole('button', { name: '登记缴费承诺' }).isDisabled()).toBe(true);
      expect(await axe()).toEqual([]);
      expect(await given().stack.api.db.promise.count({ where: { customerNo: 'C-han' } })).toBe(0);
    });

    test('a message is read in full with its receipt, and what was not done stands out', async () => {
      const { byRole, axe, faults } = await given().stack.as('supervisor', url);
      const timeline = byRole('tabpanel', '时间线');
      await timeline.getByRole('button', { name: '全文与回执' }).first().click();
      await timeline.getByText('正文校验值').waitFor();
      await timeline.getByText('han@example.test').first().waitFor();
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('each point of the grade is explained, and what there was before', async () => {
      const { byRole, axe, faults } = await given().stack.as('supervisor', `${url}?tab=grade`);
      const grade = byRole('tabpanel', '风险等级');
      await grade.getByText('Ⅲ 级').first().waitFor();
      await grade
        .getByText(/用电性质：商业/)
        .first()
        .waitFor();
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('a bill is disputed and the dispute resolved, without a reload', async () => {
      const { page, byRole, faults } = await given().stack.as('clerk', url);
      expect(await byRole('button', '了结争议').isDisabled()).toBe(true);
      await byRole('button', '登记争议').click();
      await page.getByLabel('原因').fill('表计有误');
      await page.getByText('试运行通过').waitFor();
      await byRole('dialog', '登记争议').getByRole('button', { name: '登记争议' }).click();
      await byRole('list', '目前生效').getByText('表计有误').waitFor();
      await page.getByText('未缴账单都已在争议中。').waitFor();

      const chief = await given().stack.as('supervisor', url);
      await chief.byRole('button', '了结争议').click();
      const dialog = chief.byRole('dialog', '了结争议');
      await dialog.getByLabel('结论').click();
      await chief.page.getByTitle('账单无误').click();
      await dialog.getByLabel('原因').fill('表计无误');
      await dialog.getByRole('button', { name: '了结争议' }).click();
      const inForce = chief.byRole('list', '目前生效');
      await inForce.getByText('表计有误').waitFor({ state: 'detached' });
      await chief.byRole('tab', '暂停、承诺、争议、装置').click();
      await chief.byRole('cell', '账单无误').waitFor();
      expect([...faults, ...chief.faults]).toEqual([]);
    });

    test('a step is skipped, a mandatory one is not, and the timeline keeps both', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', url);
      await byRole('button', '跳过一步').click();
      const dialog = byRole('dialog', '跳过一步');
      await dialog.getByLabel('步骤').click();
      await page.getByTitle('催费通知单', { exact: true }).click();
      await dialog.getByText('步骤 demand 是法定通知，不能跳过。').waitFor();
      await dialog.getByLabel('步骤').click();
      await page.getByTitle('逾期提醒 2').click();
      await dialog.getByText('试运行通过').waitFor();
      await dialog.getByLabel('原因').fill('当面说过了');
      await dialog.getByRole('button', { name: '跳过一步' }).click();
      const timeline = byRole('tabpanel', '时间线');
      await timeline.getByText(/逾期提醒未执行：人工跳过，当面说过了/).waitFor();
      expect(faults).toEqual([]);
    });

    test('a promise is recorded, and another is not possible while it is open', async () => {
      const { page, byRole, faults } = await given().stack.as('clerk', url);
      await byRole('button', '登记缴费承诺').click();
      const dialog = byRole('dialog', '登记缴费承诺');
      await dialog.getByLabel('承诺缴费日').fill('2026-07-30');
      await dialog.getByText('2026年7月30日 结束前不再催收。').waitFor();
      await dialog.getByLabel('原因').fill('月底发工资');
      await dialog.getByRole('button', { name: '登记缴费承诺' }).click();
      await byRole('list', '目前生效').getByText('2026年7月30日').waitFor();
      await page.getByText('已有一项到 2026年7月30日 的承诺').waitFor();
      expect(await byRole('button', '登记缴费承诺').isDisabled()).toBe(true);
      expect(faults).toEqual([]);
    });

    test('another level is asked for: the request waits for a second person', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', url);
      await byRole('button', '申请改定等级').click();
      const dialog = byRole('dialog', '申请改定等级');
      await dialog.getByLabel('风险等级').click();
      await page.getByTitle('Ⅱ 级').click();
      await dialog.getByLabel('有效期至').fill('2026-12-31');
      await dialog.getByText('批准后立即改为 Ⅱ 级').waitFor();
      await dialog.getByLabel('原因').fill('资金紧张');
      await dialog.getByRole('button', { name: '申请改定等级' }).click();
      await byRole('list', '目前生效').getByText('改定风险等级').waitFor();
      await page.getByText('已有一项改定等级的申请等待审批。').waitFor();
      expect(faults).toEqual([]);
    });

    test('the list of a field stays at it when the page moves under the dialog', async () => {
      const { page, byRole } = await given().stack.as('supervisor', url);
      await byRole('button', '升级催收').click();
      await byRole('dialog', '升级催收').getByLabel('升级到').click();
      await page.getByTitle('Ⅱ 级').hover();
      // At once, and not after whoever listens has moved it back: a click may fall between.
      const [moved, apart] = await page.evaluate<[number, number]>(`(() => {
        const topOf = (at) => document.querySelector(at).getBoundingClientRect().top;
        const below = () => topOf('[title="Ⅱ 级"]') - topOf('.ant-modal .ant-select');
        const [at, before] = [scrollY, below()];
        scrollBy(0, at === 0 ? 146 : -at);
        return [scrollY - at, below() - before];
      })()`);
      expect(moved).not.toBe(0);
      expect(apart).toBe(0);
    });

    test('is escalated with a reason, and the level follows at once', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', url);
      await byRole('button', '升级催收').click();
      const dialog = byRole('dialog', '升级催收');
      await dialog.getByLabel('升级到').click();
      await page.getByTitle('Ⅱ 级').click();
      await dialog.getByText('从现在起按更严的阶梯催收').waitFor();
      await dialog.getByLabel('原因').fill('有逃债迹象');
      await dialog.getByRole('button', { name: '升级催收' }).click();
      await byRole('tabpanel', '时间线').getByText('有逃债迹象').waitFor();
      await byRole('region', '现状').getByText('Ⅱ', { exact: true }).waitFor();
      expect(faults).toEqual([]);
    });

    test('a payment is recorded by its receipt, and what is owed falls at once', async () => {
      const { byRole, axe, faults } = await given().stack.as('clerk', url);
      await byRole('button', '登记缴费').first().click();
      const dialog = byRole('dialog', '登记缴费');
      await dialog.getByLabel('收据号').fill('R-1');
      await dialog.getByLabel('金额').fill('234.56');
      await dialog.getByText('入账后欠费还剩 ¥1,000.00').waitFor();
      await dialog.getByText('试运行通过').waitFor();
      expect(await axe()).toEqual([]);
      await dialog.getByRole('button', { name: '登记缴费' }).click();
      await byRole('region', '现状').getByText('¥1,000.00', { exact: true }).waitFor();
      await byRole('tab', '账单与缴费').click();
      await byRole('cell', 'R-1').waitFor();
      expect(faults).toEqual([]);
    });

    test('what a role may not is disabled, and says why', async () => {
      const { page, byRole } = await given().stack.as('collector', url);
      await page.getByText('您的角色不能暂停催收').waitFor();
      expect(await byRole('button', '暂停催收').isDisabled()).toBe(true);
      expect(await byRole('button', '登记争议').isEnabled()).toBe(true);
    });

    test('what a person may no more is refused by the server with a sentence, changes nothing, and is offered no more', async () => {
      const { api } = given().stack;
      const staff = await given().stack.as('supervisor', url, { stations: ['S-han'] });
      const { page, byRole, axe, faults } = staff;
      await byRole('button', '暂停催收').click();
      const dialog = byRole('dialog', '暂停催收');
      await dialog.getByText('试运行通过').waitFor();
      await dialog.getByLabel('原因').fill('家里受灾');
      const holds = await api.db.hold.count();
      // Meanwhile an administrator gives the person another role.
      const role = 'auditor';
      await api.db.staff.update({ where: { username: 'supervisor-s-han' }, data: { role } });
      await dialog.getByRole('button', { name: '暂停催收' }).click();
      await dialog.getByText('您没有这个权限').waitFor();
      await dialog.getByText('请找有权限的同事，或联系管理员。').waitFor();
      expect(await axe()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText('您的角色不能暂停催收').waitFor();
      expect(await byRole('button', '暂停催收').isDisabled()).toBe(true);
      expect(await api.db.hold.count()).toBe(holds);
      expect(faults).toEqual([]);
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

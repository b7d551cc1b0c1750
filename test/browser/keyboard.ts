import type { Page } from 'playwright-core';
import { addPerson, PASSWORD } from '../support/browser';
import type { Opened } from './opened';

/** More stops than any page has before what is looked for. */
const STOPS_MAX = 150;
/** What the focus is on: what it is called, and whether one sees where it is. */
type Stop = Readonly<{ name: string; marked: boolean; covered: boolean; what: string }>;
/**
 * Marked: something is drawn around it, or around what it is a part of; a checkbox and a choice are drawn by what lies around their field.
 * Covered: of what of it is on the screen, the middle is under something else.
 */
const STOP = `(() => {
  const at = document.activeElement;
  const drawn = at.closest('.ant-select, .ant-checkbox, .ant-radio-button-wrapper, .ant-input-affix-wrapper, .drop') ?? at;
  // It comes gradually: what it comes to.
  for (const one of document.getAnimations()) if (one.transitionProperty?.startsWith('outline')) one.finish();
  const marked = [at, drawn].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  const { top, bottom, left, right } = drawn.getBoundingClientRect();
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const there = document.elementFromPoint(x, y);
  const labels = [...(at.labels ?? [])].map((label) => label.textContent);
  const name = at.getAttribute('aria-label') ?? [...labels, at.textContent, at.querySelector('[aria-label]')?.ariaLabel].join(' ').trim();
  return { name, marked, covered: !drawn.contains(there) && !there?.contains(drawn), what: at.outerHTML.slice(0, 200) };
})()`;

/** Presses Tab until the focus is on what is called so. Each stop on the way has a name and is seen. @throws when it never comes. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press('Tab');
    const { name, marked, covered, what } = await page.evaluate<Stop>(STOP);
    if (name === '' || !marked || covered)
      throw new Error(`The focus has no name, no mark, or is under something: ${what}`);
    if (wanted.test(name)) return;
  }
  throw new Error(`Tab never came to ${wanted.source}`);
}

/** A supervisor's day without a mouse: each page is walked through by Tab, and what is done is done by Enter. */
export function keyboard(given: () => Opened): void {
  const press = async (page: Page, wanted: RegExp) => {
    await tabTo(page, wanted);
    await page.keyboard.press('Enter');
  };
  /** What stands where the focus is. */
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

  describe('by the keyboard alone', () => {
    test('one signs in, skips the menu, and goes from the month to the customers and to one', async () => {
      await addPerson(given().stack.api, 'tang', { role: 'supervisor' });
      const { page, byRole, faults } = await given().stack.visit('/month?station=S-wei');
      await byRole('heading', '登录').waitFor();
      await page.keyboard.type('tang');
      await tabTo(page, /密码/);
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await byRole('region', '风险分布').getByRole('link').first().waitFor();
      await press(page, /^跳到正文$/);
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await press(page, /^Ⅰ\s级，/);
      await page.waitForURL(/customers\?level=1/);
      await byRole('link', 'C-wei').waitFor();
      await press(page, /^C-wei$/);
      await byRole('heading', '客户 wei C-wei').waitFor();
      await tabTo(page, /^时间线$/);
      await page.keyboard.press('ArrowRight');
      await byRole('cell', 'B-wei-2026-07').waitFor();
      expect(faults).toEqual([]);
    });

    test('a customer is found, a filter chosen, and the list gone through', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', '/month');
      await byRole('heading', '月度总览').waitFor();
      await press(page, /^客户$/);
      await byRole('heading', '客户').waitFor();
      await tabTo(page, /^搜索/);
      await page.keyboard.type('客户 wei');
      await page.keyboard.press('Enter');
      await page.waitForURL(/search=/);
      await byRole('link', 'C-wei').waitFor();
      // Who has typed can go on typing.
      expect(await page.evaluate('document.activeElement.value')).toBe('客户 wei');
      await tabTo(page, /^风险等级$/);
      await page.keyboard.press('ArrowDown');
      await page.getByTitle('Ⅰ', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/level=1/);
      await byRole('link', 'C-wei').waitFor();
      await press(page, /^C-wei$/);
      await byRole('heading', '客户 wei C-wei').waitFor();
      expect(faults).toEqual([]);
    });

    test('who stands on a customer while another filter is read keeps the place', async () => {
      const { page, byRole, faults } = await given().stack.as(
        'supervisor',
        '/customers?search=wei',
      );
      let answer = (): void => undefined;
      const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
      await page.route(/\/api\/v1\/customers\?.*level=1/, async (route) => {
        await mayAnswer;
        await route.continue();
      });
      await byRole('link', 'C-wei').waitFor();
      await tabTo(page, /^风险等级$/);
      await page.keyboard.press('ArrowDown');
      await page.getByTitle('Ⅰ', { exact: true }).waitFor();
      await Promise.all([
        page.waitForRequest(/customers\?.*level=1/),
        page.keyboard.press('Enter'),
      ]);
      await tabTo(page, /^C-wei$/);
      const read = page.waitForResponse(/customers\?.*level=1/);
      answer();
      await read;
      await page.locator('[role=table][aria-busy=false]').waitFor();
      expect(await focused(page)).toBe('C-wei');
      expect(faults).toEqual([]);
    });

    test('one holds and releases, and stands at the button again when the dialog is closed', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', '/customers/C-wei');
      await byRole('button', '暂停催收').waitFor();
      await press(page, /^暂停催收$/);
      const dialog = byRole('dialog', '暂停催收');
      await dialog.waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('over');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('暂停催收');
      await page.keyboard.press('Enter');
      await tabTo(page, /原因/);
      await page.keyboard.type('门店装修');
      await press(page, /^暂停催收$/);
      await dialog.waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('暂停催收');
      await byRole('tabpanel', '时间线').getByText('门店装修').waitFor();
      await press(page, /^恢复催收$/);
      await byRole('dialog', '恢复催收').waitFor();
      await tabTo(page, /原因/);
      await page.keyboard.type('已开业');
      await press(page, /^恢复催收$/);
      await byRole('tabpanel', '时间线').getByText('已开业').waitFor();
      expect(faults).toEqual([]);
    });

    test('a task is found and finished, and the focus is at what comes next', async () => {
      const at = '/tasks?kind=call&station=S-wei';
      const { page, byRole, faults } = await given().stack.as('supervisor', at);
      await byRole('link', '客户 wei C-wei').first().waitFor();
      await press(page, /^客户 wei C-wei$/);
      await byRole('heading', '电话 · 客户 wei C-wei').waitFor();
      await press(page, /^已联系/);
      await tabTo(page, /备注/);
      await page.keyboard.type('下午再来');
      await press(page, /^完成：已联系$/);
      await byRole('region', '已完成').getByText('下午再来').waitFor();
      expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('已完成');
      expect(faults).toEqual([]);
    });

    test('what another asked for is approved', async () => {
      const asker = await given().stack.api.as('supervisor', { username: 'bao' });
      const body = { level: 2, until: '2090-01-01T00:00:00Z', reason: '押金已补' };
      const key = { 'idempotency-key': 'asked-by-bao' };
      await asker.send('POST', '/customers/C-wei/grade-overrides', body, key);
      const { page, byRole, faults } = await given().stack.as('supervisor', '/approvals');
      await byRole('link', '将 C-wei 改定为 Ⅱ 级').waitFor();
      await press(page, /^将 C-wei 改定为/);
      await byRole('button', '批准').waitFor();
      await press(page, /^批准$/);
      await byRole('dialog', '批准').waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('reason');
      await page.keyboard.type('看过押金');
      await press(page, /^批准$/);
      await byRole('region', '经过').getByText('已批准').waitFor();
      expect(faults).toEqual([]);
    });

    test('the language is switched', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', '/month');
      await byRole('heading', '月度总览').waitFor();
      await press(page, /^English$/);
      await page.getByRole('heading', { name: 'Month', exact: true }).waitFor();
      expect(faults).toEqual([]);
    });
  });
}

import type { Page } from 'playwright-core';
import type { Opened } from './opened';

/** More stops than any page has before what is looked for. */
const STOPS_MAX = 120;
/** What the focus is on: what it is called, and whether one sees where it is. */
type Stop = Readonly<{ name: string; seen: boolean; what: string }>;
/** Its size as laid out: what is on its way in is small for a moment. A choice is drawn by what lies around its field. */
const STOP = `(() => {
  const at = document.activeElement;
  const drawn = at.closest('.ant-select, .ant-checkbox, .ant-radio-button-wrapper, .ant-input-affix-wrapper, .drop') ?? at;
  const marked = [at, drawn].some((one) => getComputedStyle(one).outlineStyle !== 'none');
  const labels = [...(at.labels ?? [])].map((label) => label.textContent);
  const name = at.getAttribute('aria-label') ?? [...labels, at.textContent].join(' ').trim();
  return { name, seen: marked && drawn.offsetWidth > 0 && drawn.offsetHeight > 0, what: at.outerHTML.slice(0, 200) };
})()`;

/** Presses Tab until the focus is on what is called so. Each stop on the way has a name and is seen. @throws when it never comes. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press('Tab');
    const { name, seen, what } = await page.evaluate<Stop>(STOP);
    if (name === '' || !seen) throw new Error(`The focus has no name or is not seen: ${what}`);
    if (wanted.test(name)) return;
  }
  throw new Error(`Tab never came to ${wanted.source}`);
}

/** A supervisor's day without a mouse: each page is walked through by Tab, and what is done is done by Enter. */
export function keyboard(given: () => Opened): void {
  describe('by the keyboard alone', () => {
    const press = async (page: Page, wanted: RegExp) => {
      await tabTo(page, wanted);
      await page.keyboard.press('Enter');
    };

    test('the month leads to the customers, these to one, who is held and released', async () => {
      const { page, byRole, faults } = await given().stack.as('supervisor', '/month?station=S-wei');
      await byRole('region', '风险分布').getByRole('link').first().waitFor();
      await press(page, /跳到/);
      await press(page, /^Ⅰ\s级，/);
      await page.waitForURL(/customers\?level=1/);
      await byRole('link', 'C-wei').waitFor();
      await press(page, /^C-wei$/);
      await byRole('heading', '客户 wei C-wei').waitFor();
      for (const [order, reason] of [
        ['暂停催收', '门店装修'],
        ['恢复催收', '已开业'],
      ] as const) {
        await byRole('button', order).waitFor();
        await press(page, new RegExp(`^${order}$`));
        const dialog = byRole('dialog', order);
        await tabTo(page, /原因/);
        await page.keyboard.type(reason);
        await press(page, new RegExp(`^${order}$`));
        await dialog.waitFor({ state: 'detached' });
        await byRole('tabpanel', '时间线').getByText(reason).waitFor();
      }
      expect(faults).toEqual([]);
    });

    test('a task is found and finished', async () => {
      const { page, byRole, faults } = await given().stack.as(
        'supervisor',
        '/tasks?kind=call&station=S-wei',
      );
      await byRole('link', '客户 wei C-wei').waitFor();
      await press(page, /^客户 wei C-wei$/);
      await byRole('heading', '电话 · 客户 wei C-wei').waitFor();
      await press(page, /^已联系/);
      await tabTo(page, /备注/);
      await page.keyboard.type('下午再来');
      await press(page, /^完成：已联系$/);
      await byRole('region', '已完成').getByText('下午再来').waitFor();
      expect(faults).toEqual([]);
    });
  });
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../domain/permissions';
import type { Opened } from './opened';

type At = string | ((opened: Opened) => string);
/** One row a page: add yours. `shows` is a text that stands there when it has been read. */
const pages: readonly Readonly<{ name: string; at: At; role: Role; shows: string }>[] = [
  { name: 'month', at: '/month', role: 'supervisor', shows: '风险分布' },
  { name: 'tasks', at: '/tasks', role: 'supervisor', shows: 'C-wei' },
  {
    name: 'task',
    at: ({ work }) => `/tasks/${work.call}`,
    role: 'supervisor',
    shows: '承诺日终了前暂停催收',
  },
  { name: 'customers', at: '/customers', role: 'supervisor', shows: 'C-han' },
  { name: 'customer', at: '/customers/C-han', role: 'supervisor', shows: '已发出' },
  { name: 'devices', at: '/devices', role: 'supervisor', shows: '客户 dou' },
  {
    name: 'device',
    at: ({ filed }) => `/devices/${filed.device}`,
    role: 'supervisor',
    shows: '近 12 个月逾期',
  },
  { name: 'approvals', at: '/approvals', role: 'supervisor', shows: '改定为' },
  { name: 'approval', at: '/approvals/asked-1', role: 'supervisor', shows: '自动评级不改变它' },
  { name: 'policies', at: '/policies', role: 'supervisor', shows: 'tabei-v2' },
  {
    name: 'policy',
    at: '/policies/tabei-v2?customer=C-han&step=overdue-1&channel=sms',
    role: 'supervisor',
    shows: '条计费',
  },
  { name: 'grading', at: '/policies/tabei-grade-v1', role: 'supervisor', shows: '押金未覆盖' },
  { name: 'draft', at: '/policies/tabei-v1/draft', role: 'supervisor', shows: '存为草稿' },
  { name: 'trial', at: '/policies/tabei-v2/trial', role: 'supervisor', shows: '还没有人试算' },
  { name: 'experiments', at: '/experiments', role: 'supervisor', shows: '进行中' },
  {
    name: 'experiment',
    at: '/experiments/trying-1',
    role: 'supervisor',
    shows: '缴清天数（中位）',
  },
  { name: 'imports', at: '/imports', role: 'supervisor', shows: 'bills-07.csv' },
  {
    name: 'import',
    at: ({ filed }) => `/imports/${filed.imported}`,
    role: 'supervisor',
    shows: '下载退回的行',
  },
  { name: 'users', at: '/users', role: 'administrator', shows: 'gao' },
  { name: 'user', at: '/users/gao', role: 'administrator', shows: '强制退出' },
  { name: 'tokens', at: '/tokens', role: 'supervisor', shows: '还没有令牌' },
  { name: 'audit', at: '/audit', role: 'supervisor', shows: '申请改定等级' },
];
const screens = [
  { screen: 'desktop', width: 1920, height: 1080 },
  { screen: 'telephone', width: 360, height: 740 },
] as const;
/** What a reader takes for a page that jumps. Source: web.dev, "Cumulative Layout Shift". */
const SHIFT_MAX = 0.1;
/** What the first content may need, counted and not timed, for the machine of the tests is shared: scripts, as they travel. Charts come later. */
const SCRIPT_BYTES_MAX = 350_000;
/** `npm run screenshots` says where to. */
const folder = process.env['TARIM_SCREENSHOTS'];

/** What a page itself says in Chinese: headings, fields, buttons, names for who cannot see. The book's customers are called 客户, and 中文 leads back. */
const CHINESE = `[
  ...[...document.querySelectorAll('h1, h2, h3, h4, th, dt, label, legend, summary, button, [role=tab]')].map((at) => at.innerText),
  ...['aria-label', 'placeholder'].flatMap((name) => [...document.querySelectorAll('[' + name + ']')].map((at) => at.getAttribute(name))),
].filter((text) => /\\p{Script=Han}/u.test(text.replace(/客户 [\\w-]+|中文/g, '')))`;

/** Each page on a large screen and on a telephone: nothing serious for axe, nothing refused by the policy, nothing wider than the screen, nothing jumps, and the first content needs little. When it came is printed, not tested: the machine is shared. */
export function everyPage(given: () => Opened): void {
  const times: string[] = [];
  const addressOf = (at: At): string => (typeof at === 'string' ? at : at(given()));
  afterAll(() => process.stdout.write(`first content, ms: ${times.join(', ')}\n`));
  describe.each(pages)('$name', ({ name, at, role, shows }) => {
    test.each(screens)('is right on a $screen', async ({ screen, width, height }) => {
      const { page, axe, faults, seen } = await given().stack.as(role, addressOf(at), {
        width,
        height,
      });
      await page.getByText(shows).first().waitFor();
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const { shift, firstContentMs, scriptBytes } = await seen();
      times.push(`${name} on a ${screen} ${firstContentMs}`);
      expect(shift).toBeLessThan(SHIFT_MAX);
      expect(scriptBytes).toBeGreaterThan(100_000);
      expect(scriptBytes).toBeLessThan(SCRIPT_BYTES_MAX);
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${screen}.png`) });
    });

    test('speaks English on a telephone', async () => {
      const [, { width, height }] = screens;
      const { page, faults } = await given().stack.as(role, addressOf(at), {
        language: 'en',
        width,
        height,
      });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('body', { hasNotText: 'Reading …' }).waitFor();
      expect(await page.evaluate(CHINESE)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(faults).toEqual([]);
    });
  });
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../domain/permissions';
import type { Opened } from './opened';

/** One row a page: add yours. `shows` is a text that stands there when it has been read. */
const pages: readonly Readonly<{ name: string; at: string; role: Role; shows: string }>[] = [
  { name: 'customers', at: '/customers', role: 'supervisor', shows: 'C-han' },
  { name: 'customer', at: '/customers/C-han', role: 'supervisor', shows: '已发出' },
];
const screens = [
  { screen: 'desktop', width: 1920, height: 1080 },
  { screen: 'telephone', width: 360, height: 740 },
] as const;
/** `npm run screenshots` says where to. */
const folder = process.env['TARIM_SCREENSHOTS'];

/** Each page on a large screen and on a telephone: nothing serious for axe, nothing refused by the policy, nothing wider than the screen. */
export function everyPage(given: () => Opened): void {
  describe.each(pages)('$name', ({ name, at, role, shows }) => {
    test.each(screens)('is right on a $screen', async ({ screen, width, height }) => {
      const { page, axe, faults } = await given().stack.as(role, at, { width, height });
      await page.getByText(shows).first().waitFor();
      expect(await axe()).toEqual([]);
      expect(faults).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${screen}.png`) });
    });
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Locked = Readonly<{ dev?: boolean; devOptional?: boolean; license?: string }>;

const root = join(__dirname, '..', '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const shipped = Object.entries(packages).filter(
  ([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true,
);

/** Licences whose code may be combined with Apache-2.0 and passed on. Source: Apache Software Foundation, third-party licence policy, category A. */
const FREE = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'],
  ...['MIT-0', 'Unlicense', '(MIT OR EUPL-1.1+)', 'Apache-2.0 AND MIT'],
  // The font of the letters, and data of a build tool: they may be shipped, and are not changed.
  ...['OFL-1.1', 'CC-BY-4.0'],
]);
/** What names its licence in its files only, read by hand. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'node_modules/png-js': 'MIT',
  'node_modules/unionfs': 'Unlicense',
};

test('whatever ships with Tarim may be passed on with it', () => {
  expect(shipped.length).toBeGreaterThan(100);
  const others = shipped
    .map(([path, { license }]) => [path, license ?? READ_BY_HAND[path] ?? 'none named'])
    .filter(([, license]) => !FREE.has(license ?? ''));
  expect(others).toEqual([]);
});

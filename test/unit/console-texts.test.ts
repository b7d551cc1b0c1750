import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions, roles } from '../../domain/permissions';

const SOURCE = join(__dirname, '..', '..', 'console', 'src');
const LOCALES = join(SOURCE, 'locales');
type Texts = { [key: string]: string | Texts };

const files = (language: string): string[] => readdirSync(join(LOCALES, language)).sort();
const textsOf = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as Texts;

/** `hold.title`, and what is filled into it. */
const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [`${above}${key} ${[...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join()}`]
      : keysOf(text, `${above}${key}.`),
  );

test('both languages have the same files', () => {
  expect(files('en')).toEqual(files('zh-CN'));
});

test.each(files('zh-CN'))('both languages say the same things in %s', (file) => {
  expect(keysOf(textsOf('en', file)).sort()).toEqual(keysOf(textsOf('zh-CN', file)).sort());
});

test.each(files('zh-CN'))('nothing is left empty, and Chinese is Chinese, in %s', (file) => {
  const values = (texts: Texts): string[] =>
    Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : values(text)));
  expect(
    values(textsOf('zh-CN', file)).filter((text) => !/[\p{Script=Han}、，（）]/u.test(text)),
  ).toEqual([]);
  expect(
    values(textsOf('en', file)).filter((text) => text === '' || /\p{Script=Han}/u.test(text)),
  ).toEqual([]);
});

test('every key that a page names is there', () => {
  const missing: string[] = [];
  for (const file of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    const text = readFileSync(join(SOURCE, file), 'utf8');
    const own = /useTranslation\('(\w+)'\)/.exec(text)?.[1] ?? 'common';
    for (const [, named = ''] of text.matchAll(/\bt\(\s*'([^']+)'/g)) {
      const [space, key] = named.includes(':') ? named.split(':') : [own, named];
      const found = keysOf(textsOf('zh-CN', `${space}.json`)).some((one) =>
        one.startsWith(`${key} `),
      );
      if (!found) missing.push(`${file}: ${named}`);
    }
  }
  expect(missing).toEqual([]);
});

test('every role has its word, and so has every permission that an order may want', () => {
  const common = textsOf('zh-CN', 'common.json');
  expect(Object.keys(common['role'] as Texts).sort()).toEqual([...roles].sort());
  const ordering = permissions.filter((one) => !/\.read$|^token\.own$/.test(one));
  expect(Object.keys(common['permission'] as Texts).sort()).toEqual([...ordering].sort());
});

test('every permission that a token may be given has its word', () => {
  const scopes = textsOf('zh-CN', 'tokens.json')['reads'] as Texts;
  const orders = textsOf('zh-CN', 'common.json')['permission'] as Texts;
  expect([...Object.keys(scopes), ...Object.keys(orders)].sort()).toEqual([...permissions].sort());
});

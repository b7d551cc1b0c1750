import { catalogues, langOf, tellIn, type Word } from '../../cli/words';

const words = Object.keys(catalogues['zh-CN']) as Word[];
const slots = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

test('both catalogues have the same words', () => {
  expect(Object.keys(catalogues.en).sort()).toEqual([...words].sort());
});

test.each(words)('%s tells the same in both languages', (word) => {
  const [chinese, english] = [catalogues['zh-CN'][word], catalogues.en[word]];
  expect(chinese.trim()).not.toBe('');
  expect(slots(english)).toEqual(slots(chinese));
});

test('what is not given stays as it stands', () => {
  expect(tellIn('en')('bad.day', {})).toBe('{text} is not a day. Write it as 2026-03-31.');
});

test.each([
  [[], {}, 'zh-CN'],
  [[], { LANG: 'C.UTF-8' }, 'zh-CN'],
  [[], { LANG: 'en_US.UTF-8' }, 'en'],
  [[], { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh-CN'],
  [[], { LC_ALL: '', LC_MESSAGES: 'en_GB', LANG: 'zh_CN' }, 'en'],
  [['kpi', '--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' }, 'en'],
  [['--lang=zh-CN', 'kpi'], { LC_ALL: 'en' }, 'zh-CN'],
  [['--lang', 'fr'], { LC_ALL: 'en' }, 'en'],
])('%j in %j is %s', (args, env, lang) => {
  expect(langOf(args, env)).toBe(lang);
});

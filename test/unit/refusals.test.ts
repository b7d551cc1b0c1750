import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalOf } from '../../domain/refusals';
import { sayRefused } from '../../domain/words';
import { REFUSALS } from '../../domain/words/refusals';

const rows = Object.entries(REFUSALS);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '');
const AT = '2026-07-21T01:00:00.000Z';
/** As it would be kept: an instant where one is named, else a word. */
const filled = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (/^(at|until)$/.test(name) ? AT : `x-${name}`));

test.each(rows)('%s is known again by its sentence', (code, { en }) => {
  const params = Object.fromEntries(
    placeholders(en).map((name) => [name, /^(at|until)$/.test(name) ? AT : `x-${name}`]),
  );
  expect(refusalOf(filled(en))).toEqual({ code, params });
  expect(sayRefused('en', filled(en))).toBe(filled(en));
});

test.each(rows)(
  '%s is told in Chinese of what the sentence names, and of nothing else',
  (_, row) => {
    const { en, 'zh-CN': chinese } = row;
    expect(chinese).toMatch(/\p{Script=Han}/u);
    expect(placeholders(en)).toEqual(expect.arrayContaining(placeholders(chinese)));
    expect(sayRefused('zh-CN', filled(en))).not.toMatch(/[{}|]/);
  },
);

test('a refusal within another is told too', () => {
  expect(
    sayRefused(
      'zh-CN',
      'This can no longer be done; it can be rejected. Policy tabei-v2 is active already.',
    ),
  ).toBe('现在已不能执行，可以驳回。策略 tabei-v2 已经启用。');
});

test('what the table does not know stays as it is', () => {
  expect(refusalOf('Of an older version.')).toBeNull();
  expect(sayRefused('zh-CN', 'Of an older version.')).toBe('Of an older version.');
});

/** Where orders are refused: each sentence stands there, or in these rules. Reasons of rows that an import rejects are none. */
const RULES = ['skips.ts', 'erasure.ts', 'paper-letter.ts'].map((name) => `domain/${name}`);
const FOLDER = join(__dirname, '..', '..');
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const refusing = (folder: string, mark: RegExp): string[] =>
  readdirSync(join(FOLDER, folder))
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.endsWith('.ts') && mark.test(textOf(file)))
    .filter((file) => !file.startsWith('db/import-'));
/** What begins and ends as a sentence. */
const SENTENCE = /(['"`])((?:[A-Z]|\$\{)[^'"`\n]*(?:[a-z]'[^'"`\n]*)?\.)\1/;
const found = (files: readonly string[], before: string) =>
  files.flatMap((file) =>
    [...textOf(file).matchAll(new RegExp(before + SENTENCE.source, 'g'))].map(
      ([, , sentence = '']) =>
        [sentence.replace('${scope}', 'bill').replace(/\$\{[^}]*\}/g, 'x'), file] as const,
    ),
  );
const sentences = [
  ...found([...refusing('db', /from '\.\/commands'/), ...RULES], ''),
  ...found(refusing('api', /'refused',/), "'refused',\\s*"),
  ...found(refusing('api', /\brefused\(/), 'refused\\('),
];

test('the sentences are found', () => {
  expect(sentences.length).toBeGreaterThan(70);
});

test.each(sentences)('“%s” of %s has its code', (sentence) => {
  expect(refusalOf(sentence)).not.toBeNull();
});

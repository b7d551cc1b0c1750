import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayFault, sayRefused, sayUntaken } from '../../domain/words';
import { IMPORT_REASONS } from '../../domain/words/import-reasons';
import { POLICY_FAULTS } from '../../domain/words/policy-faults';

const ROOT = join(__dirname, '..', '..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '');
/** `x1` where something is filled in: what the table does not know stays English, and would be seen. */
const filled = (text: string): string =>
  text.replace(/\{\w+\}|\$\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, 'x1');

const tables = [
  ...Object.values(IMPORT_REASONS).map((row) => ({ ...row, say: sayUntaken })),
  ...Object.values(POLICY_FAULTS).map((row) => ({ ...row, say: sayFault })),
];

test.each(tables)('“$en” is told in Chinese', ({ en, 'zh-CN': chinese, say }) => {
  expect(placeholders(en)).toEqual(expect.arrayContaining(placeholders(chinese)));
  const told = say('zh-CN', filled(en));
  expect(told).toMatch(/\p{Script=Han}/u);
  expect(told).not.toMatch(/[{}|]/);
  expect(told).toBe(filled(chinese.replace(/\{(\w+)\|\w+\}/g, '{$1}')));
  expect(say('en', filled(en))).toBe(filled(en));
});

/** Texts in quotes, in the order of the file; what is filled in is `x1`. */
const quoted = (file: string, pattern: RegExp): string[] =>
  [...textOf(file).matchAll(pattern)].map(([, , text = '']) => filled(text));

test('every reason for which an import does not take a row has its Chinese', () => {
  const reasons = [
    ...quoted('db/import-fields.ts', /refused\(\s*(['"`])(.*?)\1/g),
    ...quoted('db/import-fields.ts', /^ {2}(['"`])(must be .*?)\1,$/gm),
    ...quoted('db/import-rows.ts', /reason(?::| =) (['"`])(.*?)\1/g),
    ...quoted('db/import-sql.ts', /reason = (')(.*?)'/g),
    ...quoted('db/import-sql.ts', /(?:then|else) (')(conflict.*?)'/g),
  ];
  expect(reasons.length).toBeGreaterThanOrEqual(20);
  expect(reasons.filter((one) => sayUntaken('zh-CN', one) === one)).toEqual([]);
});

test('every sentence with which an import comes to nothing has its Chinese', () => {
  const files = readdirSync(join(ROOT, 'db')).map((name) => `db/${name}`);
  const sentences = [
    ...files
      .filter((file) => file.endsWith('.ts') && textOf(file).includes('WrongShape'))
      .flatMap((file) => quoted(file, /(['"`])((?:The|A) (?:file|gzip|amounts|quote) .*?\.)\1/g)),
    ...quoted('api/import-work.ts', /because:\s*(')(.*?)'/g),
    ...quoted('db/import-status.ts', /DIED = (')(.*?)'/g),
  ];
  expect(sentences.length).toBeGreaterThanOrEqual(13);
  expect(sentences.filter((one) => sayUntaken('zh-CN', one) === one)).toEqual([]);
});

test('every fault of a draft has its Chinese', () => {
  const messages = [
    ...quoted(
      'domain/policy-check.ts',
      /(['"`])((?:at |two steps|begins|has one|nothing|a notice|only|a message|this step|names|includes|a level|counts|comes|nearer|is a|after|not below|nobody|add up|no more|Ⅰ from).*?)\1/g,
    ),
  ].filter((one) => !['after', 'afterBillNoticeDays'].includes(one));
  expect(messages.length).toBeGreaterThanOrEqual(25);
  expect(messages.filter((one) => sayFault('zh-CN', one) === one)).toEqual([]);
});

test('a file of another shape is told column by column', () => {
  const sentence =
    'This is no file of bills: the column period is missing; the column "月份" is unknown; so are 2 more. It needs bill_no, period.';
  expect(sayUntaken('zh-CN', sentence)).toBe(
    '这不是账单文件：缺少栏 period；没有名为“月份”的栏；另有 2 栏也不认识。需要的栏：bill_no, period。',
  );
});

test('a refused draft is told fault by fault', () => {
  const sentence =
    'The policy cannot be taken. ladders.3: has one bill notice. limits.messagesPerWeek: at least messagesPerDay, and that at least 1.';
  expect(sayRefused('zh-CN', sentence)).toBe(
    '策略不能保存。ladders.3：应有且只有一次电费通知。limits.messagesPerWeek：不少于 messagesPerDay，而后者至少为 1。',
  );
});

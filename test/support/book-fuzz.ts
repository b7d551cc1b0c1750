import fc from 'fast-check';
import { gb18030, pairedCharacters } from './gb18030';

/** Characters that mean something to a CSV, to a spreadsheet, to a terminal or to Postgres, and what people write. */
const character = fc.oneof(
  fc.constantFrom(...Array.from('",\n\r;\t \'=+-@|\\')),
  fc.constantFrom(...Array.from('abz019.-')),
  fc.constantFrom(...pairedCharacters().filter((one) => /\p{Script=Han}/u.test(one))),
  fc.constantFrom('𠮷', '𠮟', '\u{20000}'),
);
const field = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));

export const ENCODINGS = ['utf-8', 'utf-8 with a mark', 'gb18030'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** How a table is written down; each list is gone through again and again. */
export const writing = fc.record({
  ends: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
  quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  blanks: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }),
});
type Writing = Readonly<{ ends: string[]; quotes: boolean[]; blanks: number[] }>;

/** Its first field is UTF-8 or GB18030 and not both, as any book of a station is. */
const FIRST = '户号国';

/** A table of up to four columns. */
export const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.array(field, { maxLength: 24 }))
  .map(([width, fields]) => {
    const rest = (width - ((fields.length + 1) % width)) % width;
    const all = [FIRST, ...fields, ...Array<string>(rest).fill('x')];
    return Array.from({ length: all.length / width }, (_, n) =>
      all.slice(n * width, (n + 1) * width),
    );
  });

/** The text, and on which line each row begins that is not blank. */
export function tableText(
  rows: readonly (readonly string[])[],
  { ends, quotes, blanks }: Writing,
): { text: string; lines: number[] } {
  const lines: number[] = [];
  let text = '';
  rows.forEach((row, n) => {
    const end = ends[n % ends.length] ?? '\n';
    const written = row.map((one, at) =>
      writeField(one, quotes[(n + at) % quotes.length] === true),
    );
    if (!isBlank(row)) lines.push(1 + breaksIn(text));
    text += `${written.join(',')}${end}${end.repeat(blanks[n % blanks.length] ?? 0)}`;
  });
  return { text, lines };
}

export const isBlank = (row: readonly string[]): boolean => row.every((one) => one.trim() === '');

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
const writeField = (text: string, quoted: boolean): string =>
  quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'gb18030') return gb18030(text);
  return Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`);
}

const hostile = fc.constantFrom(
  ...[
    '',
    ' ',
    'NaN',
    'null',
    '-',
    '0',
    '-0',
    '0.00',
    '1e9',
    '0x10',
    '１２',
    '1,000',
    '1.',
    '.5',
    '--1',
  ],
  ...['999999999999999999', '-1000000000.01', '1000000000.00', '9007199254740993', '0.005'],
  ...['=1+1', '+1', '@SUM(A1)', '-2+3', '=cmd|calc', '\t1', "'x", '\u202e1', '\u0000', 'a\u0000b'],
  ...[
    '2026-02-29',
    '2024-02-29',
    '2026-04-31',
    '9999-12-31',
    '0000-01-01',
    '2026-1-1',
    '2199-12-31',
  ],
  ...['2026-13', '0000-01', '9999-12', '2026-00'],
  ...['9999-12-31T23:59:59-08:00', '2026-03-31T24:00:00+08:00', '2199-12-31T23:59:59.999-12:00'],
  ...['a'.repeat(101), 'x@y', 'a@b.c,d@e.f', '+8613871281212', '110', '王\n明', '"', '\ud800'],
);

const GOOD: Readonly<Record<string, readonly string[]>> = {
  category: ['residential', 'school'],
  phone: ['', '13871281212'],
  email: ['', 'a@example.test'],
  language: ['zh-CN', 'en'],
  period: ['2026-03'],
  amount: ['1.00', '-2.5', '1000000000'],
  deposit: ['', '5'],
  issued_on: ['2026-03-01'],
  due_on: ['2026-03-20'],
  prepaid_since: ['', '2026-01-01'],
  received_at: ['2026-03-31T09:30:00+08:00'],
};

/** What may stand in a field of that column: mostly good, else hostile, else anything. */
export const cellOf = (column: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...(GOOD[column] ?? ['A1', 'B-2'])) },
    { weight: 2, arbitrary: hostile },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
  );

/** So many bills of one customer. */
export const manyBills = (rows: number): string =>
  Array.from({ length: rows }, (_, n) => `B${n},wang,2026-03,${n}.5,2026-03-01,2026-03-20`).join(
    '\n',
  );

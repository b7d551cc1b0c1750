import { tableLines } from '../../cli/table';

/** As a terminal counts: Chinese, full-width forms and pictures take two columns, a mark over a letter none. */
function columnsOf(text: string): number {
  const segments = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text);
  return [...segments].reduce(
    (sum, { segment }) =>
      sum +
      (/[\p{sc=Han}\u3000-\u303f\uff01-\uff60]|\p{Emoji_Presentation}/u.test(segment) ? 2 : 1),
    0,
  );
}

const heads = [
  { head: '户号' },
  { head: '名称', grows: true },
  { head: '欠费', right: true },
  { head: '说明', grows: true },
];
const rows = [
  ['C01', '塔北供电所（宽）', '¥1,234.50', '客户说下周缴费'],
  ['C02', 'Café de\u0301jeuner', '¥3.00', '👨‍👩‍👧 家里有事 🇨🇳'],
  ['C03', 'ＡＢＣ１２３', '-¥20.00', '🫠'],
  ['C04', 'wang', '', ''],
];

test('columns begin where they should, whatever is as wide as two', async () => {
  const [head = '', rule = '', ...lines] = await tableLines(heads, rows, Infinity);
  const starts = [...rule.matchAll(/-+/g)].map(({ index }) => index);
  const ends = [...rule.matchAll(/-+/g)].map(({ index, 0: dashes }) => index + dashes.length);
  for (const [at, line] of [head, ...lines].entries()) {
    const cells = [heads.map((each) => each.head), ...rows][at] ?? [];
    for (const [column, cell] of cells.entries()) {
      if (cell === '') continue;
      const before = columnsOf(line.slice(0, line.indexOf(cell)));
      if (column === 2) expect(before + columnsOf(cell)).toBe(ends[column]);
      else expect([cell, before]).toEqual([cell, starts[column]]);
    }
  }
});

test.each([30, 35, 40, 47, 60, 80])(
  'fits a terminal of %i columns by cutting free text only',
  async (columns) => {
    const lines = await tableLines(heads, rows, columns);
    const widths = lines.map(columnsOf);
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(columns, 35));
    for (const [customer, , amount] of rows)
      expect(
        lines.some((line) => line.includes(customer ?? '') && line.includes(amount ?? '')),
      ).toBe(true);
    if (columns < 60) expect(lines.join('')).toContain('…');
  },
);

test('a picture of several code points is cut as one', async () => {
  const family = '👨‍👩‍👧';
  const [, , line] = await tableLines([{ head: '', grows: true }], [[family.repeat(9)]], 10);
  expect(line).toBe(`${family.repeat(4)}…`);
});

test('what a database holds cannot steer the terminal', async () => {
  const [, , line] = await tableLines([{ head: 'a' }], [['x\u001b[2J\ny\u202ez']], 80);
  expect(line).toBe('x\ufffd[2J y\ufffdz');
});

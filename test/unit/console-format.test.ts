import { LANGUAGES } from '../../domain/words';
import { writtenDay, writtenInstant, writtenMonth } from '../../domain/words/written';
import {
  count,
  day,
  levelLabel,
  moment,
  money,
  month,
  shortMoney,
} from '../../console/src/lib/format';

test.each([
  [0, '¥0.00'],
  [1, '¥0.01'],
  [123_456, '¥1,234.56'],
  [-123_456, '−¥1,234.56'],
  [9_007_199_254_740_991, '¥90,071,992,547,409.91'],
])('%d fen are written %s', (fen, text) => {
  expect(money(fen)).toBe(text);
});

test.each([
  [123_456, '¥1,234.56', '¥1,234.56'],
  [1_529_800_000, '¥1530万', '¥15.3M'],
  [-1_234_567_00, '−¥123.5万', '−¥1.235M'],
])('%d fen in a narrow place are written %s', (fen, chinese, english) => {
  expect([shortMoney(fen, 'zh-CN'), shortMoney(fen, 'en')]).toEqual([chinese, english]);
});

test('a day is that day wherever the reader sits', () => {
  expect(day('2026-03-31', 'zh-CN')).toBe('2026年3月31日');
  expect(day('2026-03-31', 'en')).toBe('Mar 31, 2026');
});

test("an instant is shown by the station's clock", () => {
  expect(moment('2026-03-31T16:30:00Z', 'zh-CN')).toBe('2026年4月1日 00:30');
  expect(moment('2026-03-31T16:30:00Z', 'en')).toMatch(/^Apr 1, 2026, 12:30\sAM$/);
});

test.each(['2026-03-31T16:30:00Z', '2026-12-01T04:00:00Z', '2026-01-09T15:59:00Z'])(
  'what the API says in a sentence writes %s as the pages do',
  (at) => {
    const plain = (text: string) => text.replace(/\s/g, ' ');
    for (const language of LANGUAGES) {
      expect(writtenInstant(language, at)).toBe(plain(moment(at, language)));
      expect(writtenDay(language, at.slice(0, 10))).toBe(day(at.slice(0, 10), language));
      expect(writtenMonth(language, at.slice(0, 7))).toBe(month(at.slice(0, 7), language));
    }
    expect(writtenDay('en', 'soon')).toBe('soon');
  },
);

test('months, counts and levels', () => {
  expect(month('2026-03', 'zh-CN')).toBe('2026年3月');
  expect(month('2026-03', 'en')).toBe('March 2026');
  expect(count(30_000, 'zh-CN')).toBe('30,000');
  expect([1, 2, 3].map((level) => levelLabel(level as 1 | 2 | 3))).toEqual(['Ⅰ', 'Ⅱ', 'Ⅲ']);
});

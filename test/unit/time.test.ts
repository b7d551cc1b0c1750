import fc from 'fast-check';
import {
  dateOf,
  daysBetween,
  instantAt,
  instantOf,
  minuteOfDay,
  monthsLater,
  parseDate,
  parseInstant,
  plusDays,
  plusMonths,
  toDate,
  toPeriod,
} from '../../domain/time';

/** Asia/Shanghai as the runtime's own tables have it: the rules use none. */
const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
});
const anyMs = fc.integer({ min: Date.parse('1992-01-01'), max: Date.parse('2099-12-31') });

test('the day and the minute are those of a wall clock in Shanghai', () => {
  fc.assert(
    fc.property(anyMs, (ms) => {
      const at = instantOf(ms);
      expect(dateOf(at)).toBe(shanghai.format(ms));
      const [hour, minute] = clock.format(ms).split(':').map(Number);
      expect(minuteOfDay(at)).toBe((hour ?? 0) * 60 + (minute ?? 0));
    }),
  );
});

test('an instant made of a day and a minute falls on that day at that minute', () => {
  fc.assert(
    fc.property(anyMs, fc.integer({ min: 0, max: 1_439 }), (ms, minute) => {
      const date = dateOf(instantOf(ms));
      const at = instantAt(date, minute);
      expect([dateOf(at), minuteOfDay(at)]).toEqual([date, minute]);
      expect(parseInstant(at)).toBe(at);
    }),
  );
});

test('the end of a day is the beginning of the next', () => {
  expect(instantAt(toDate('2026-02-28'), 1_440)).toBe(instantAt(toDate('2026-03-01')));
});

test('days are added and counted over the ends of months and years', () => {
  fc.assert(
    fc.property(anyMs, fc.integer({ min: -800, max: 800 }), (ms, days) => {
      const date = dateOf(instantOf(ms));
      expect(daysBetween(date, plusDays(date, days))).toBe(days);
    }),
  );
});

test.each(['2026-02-29', '2026-13-01', '2026-2-3', '1991-09-14', 'today'])(
  '%s is not a day',
  (text) => {
    expect(parseDate(text)).toBeNull();
  },
);

test('months are added over the ends of years', () => {
  expect(plusMonths(toPeriod('2026-11'), 3)).toBe('2027-02');
  expect(plusMonths(toPeriod('2026-02'), -2)).toBe('2025-12');
});

test.each([
  ['2026-01-15', 6, '2026-07-15'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-31'],
  ['2026-03-31', 0, '2026-03-31'],
])('%s and %s months is %s: the same day, or the last of the month', (from, months, then) => {
  expect(monthsLater(toDate(from), months)).toBe(then);
});

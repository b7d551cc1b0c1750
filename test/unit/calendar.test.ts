import file from '../../db/holidays.json';
import { calendarOf, type CalendarRow } from '../../domain/calendar';
import { plusDays, toDate } from '../../domain/time';

const rowsOf = (kind: CalendarRow['kind']): CalendarRow[] =>
  Object.entries(file[kind]).flatMap(([name, dates]) =>
    dates.map((date) => ({ date: toDate(date), kind, name })),
  );
const rows = [...rowsOf('holiday'), ...rowsOf('makeUpWorkday')];
const china = calendarOf(rows);
const weekdaysOnly = calendarOf([]);

it.each([
  ['the eve of National Day is a workday', '2026-09-30', false, true],
  ['National Day is a holiday', '2026-10-01', true, false],
  ['its last day is a holiday', '2026-10-07', true, false],
  ['the day after is a workday', '2026-10-08', false, true],
  ['the make-up Saturday is a workday', '2026-10-10', false, true],
  ['the Sunday after is neither', '2026-10-11', false, false],
  ['a Saturday within a holiday is a holiday', '2026-10-03', true, false],
])('%s', (_rule, date, holiday, workday) => {
  expect(china.isHoliday(toDate(date))).toBe(holiday);
  expect(china.isWorkday(toDate(date))).toBe(workday);
});

it.each([
  ['a workday is its own', '2026-09-30', '2026-09-30'],
  ['after the first day of a holiday it is the day after the last', '2026-10-01', '2026-10-08'],
  ['a make-up Saturday is its own', '2026-10-10', '2026-10-10'],
  ['after a Sunday it is Monday', '2026-10-11', '2026-10-12'],
])('the next workday: %s', (_rule, date, expected) => {
  expect(china.nextWorkday(toDate(date))).toBe(expected);
});

it.each([
  ['Friday is a workday', '2027-01-01', true],
  ['Saturday is not', '2027-01-02', false],
  ['Sunday is not', '2027-01-03', false],
  ['Monday is', '2027-01-04', true],
])('without rows the weekday decides: %s', (_rule, date, workday) => {
  expect(weekdaysOnly.isWorkday(toDate(date))).toBe(workday);
  expect(weekdaysOnly.isHoliday(toDate(date))).toBe(false);
});

it('takes a day listed as both for a holiday, in either order', () => {
  const date = toDate('2026-10-10');
  const both: CalendarRow[] = [
    { date, kind: 'holiday', name: '古尔邦节' },
    { date, kind: 'makeUpWorkday', name: '国庆节' },
  ];
  for (const calendar of [calendarOf(both), calendarOf(both.toReversed())]) {
    expect(calendar.isHoliday(date)).toBe(true);
    expect(calendar.isWorkday(date)).toBe(false);
  }
});

it('is covered to the end of the last year with a row, and not at all without rows', () => {
  expect(china.coveredUntil).toBe('2026-12-31');
  expect(weekdaysOnly.coveredUntil).toBeNull();
});

it('gives up on a calendar without a workday for 60 days', () => {
  const start = toDate('2026-01-01');
  const off = (days: number) =>
    calendarOf(
      Array.from({ length: days }, (_, n) => ({
        date: plusDays(start, n),
        kind: 'holiday',
        name: '',
      })),
    );
  expect(off(60).nextWorkday(start)).toBe(plusDays(start, 60));
  expect(() => off(63).nextWorkday(start)).toThrow(RangeError);
});

describe('db/holidays.json', () => {
  it('has every year from 2004 to 2026, and each day once', () => {
    const years = new Set(rows.map((row) => row.date.slice(0, 4)));
    expect([...years].sort()).toEqual(Array.from({ length: 23 }, (_, n) => String(2004 + n)));
    expect(new Set(rows.map((row) => row.date)).size).toBe(rows.length);
  });

  it('has make-up workdays on weekends only', () => {
    const onWeekdays = rowsOf('makeUpWorkday').filter((row) => weekdaysOnly.isWorkday(row.date));
    expect(onWeekdays).toEqual([]);
  });

  it('says where it comes from and under which licence', () => {
    expect(file._source.package).toBe('chinese-days 1.5.7');
    expect(file._source.licence).toMatch(/^MIT/);
  });
});

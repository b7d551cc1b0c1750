import fc from 'fast-check';
import { calendarOf } from '../../domain/calendar';
import {
  dateOf,
  epochMs,
  instantAt,
  minuteOfDay,
  plusDays,
  plusMs,
  toDate,
  toInstant,
} from '../../domain/time';
import type { Instant } from '../../domain/time';
import { earliestSending, type SendingLimits } from '../../domain/window';

const WEEK_MS = 7 * 86_400_000;
const calendar = calendarOf(
  ['2026-10-01', '2026-10-02', '2026-10-03'].map((date) => ({
    date: toDate(date),
    kind: 'holiday',
    name: '国庆节',
  })),
);
const limits = (given: Partial<SendingLimits> = {}): SendingLimits => ({
  window: { fromMinute: 9 * 60, toMinute: 20 * 60 },
  statutory: false,
  recentAt: [],
  perDay: 1,
  perWeek: 3,
  ...given,
});
const shanghai = (text: string): Instant => toInstant(`${text}+08:00`);
const sentAt = (...texts: string[]) => ({ recentAt: texts.map(shanghai) });

describe('the daily window', () => {
  it.each([
    ['before it opens waits for it', '2026-03-10T08:59:59.999', '2026-03-10T09:00', ['window']],
    ['when it opens goes out', '2026-03-10T09:00', '2026-03-10T09:00', []],
    [
      'after it opened goes out at once, to the millisecond',
      '2026-03-10T09:00:00.001',
      '2026-03-10T09:00:00.001',
      [],
    ],
    ['before it closes goes out', '2026-03-10T19:59:59.999', '2026-03-10T19:59:59.999', []],
    ['when it closes waits for the next day', '2026-03-10T20:00', '2026-03-11T09:00', ['window']],
    ['after it closed waits for the next day', '2026-03-10T20:01', '2026-03-11T09:00', ['window']],
  ])('a message %s', (_rule, at, expected, because) => {
    expect(earliestSending(shanghai(at), limits(), calendar)).toEqual({
      at: shanghai(expected),
      because,
    });
  });
});

describe('holidays', () => {
  it.each([
    ['goes out on the eve', false, '2026-09-30T10:00', '2026-09-30T10:00', []],
    [
      'waits on a holiday for the day after the last',
      false,
      '2026-10-01T10:00',
      '2026-10-04T09:00',
      ['holiday'],
    ],
    [
      'too late on the eve waits for both',
      false,
      '2026-09-30T20:00',
      '2026-10-04T09:00',
      ['window', 'holiday'],
    ],
    ['goes out on the day after', false, '2026-10-04T10:00', '2026-10-04T10:00', []],
    ['goes out on a holiday if statutory', true, '2026-10-01T10:00', '2026-10-01T10:00', []],
    [
      'keeps the window on a holiday even if statutory',
      true,
      '2026-10-01T08:00',
      '2026-10-01T09:00',
      ['window'],
    ],
  ])('a message %s', (_rule, statutory, at, expected, because) => {
    const result = earliestSending(shanghai(at), limits({ statutory }), calendar);
    expect(result).toEqual({ at: shanghai(expected), because });
  });
});

describe('caps', () => {
  it.each([
    ['the day before', '2026-03-09T23:59:59.999', '2026-03-10T10:00', []],
    ['the same day from midnight', '2026-03-10T00:00', '2026-03-11T09:00', ['dayCap']],
    ['the same day till midnight', '2026-03-10T23:59:59.999', '2026-03-11T09:00', ['dayCap']],
    ['the day after', '2026-03-11T00:00', '2026-03-10T10:00', []],
  ])('one message a day, where one was sent %s', (_rule, sent, expected, because) => {
    const result = earliestSending(shanghai('2026-03-10T10:00'), limits(sentAt(sent)), calendar);
    expect(result).toEqual({ at: shanghai(expected), because });
  });

  it.each([
    ['waits a millisecond before the oldest is a week old', '2026-03-17T09:59:59.999', ['weekCap']],
    ['goes out when it is', '2026-03-17T10:00', []],
    ['goes out after', '2026-03-17T10:00:00.001', []],
  ])('the fourth message of a week %s', (_rule, at, because) => {
    const recent = sentAt('2026-03-14T10:00', '2026-03-10T10:00', '2026-03-12T10:00');
    const result = earliestSending(shanghai(at), limits(recent), calendar);
    expect(result.because).toEqual(because);
    expect(result.at >= shanghai('2026-03-17T10:00')).toBe(true);
  });

  it('a week that ends at night is followed by the wait for the morning', () => {
    const recent = sentAt('2026-03-10T20:30', '2026-03-12T10:00', '2026-03-14T10:00');
    expect(earliestSending(shanghai('2026-03-17T10:00'), limits(recent), calendar)).toEqual({
      at: shanghai('2026-03-18T09:00'),
      because: ['weekCap', 'window'],
    });
  });

  it('waits for as many to age as are above the cap', () => {
    const recent = sentAt(
      '2026-03-10T10:00',
      '2026-03-11T11:00',
      '2026-03-12T12:00',
      '2026-03-13T13:00',
    );
    const result = earliestSending(
      shanghai('2026-03-16T10:00'),
      limits({ ...recent, perWeek: 2 }),
      calendar,
    );
    expect(result).toEqual({ at: shanghai('2026-03-19T12:00'), because: ['weekCap'] });
  });
});

describe('bounds', () => {
  const start = toDate('2026-01-01');
  const closed = (days: number) =>
    calendarOf(
      Array.from({ length: days }, (_, n) => ({
        date: plusDays(start, n),
        kind: 'holiday',
        name: '',
      })),
    );
  const at = instantAt(start, 9 * 60);

  it.each([
    ['59 days of holidays are waited out', 59],
    ['60 days of holidays are waited out', 60],
  ])('%s', (_rule, days) => {
    expect(earliestSending(at, limits(), closed(days)).at).toBe(
      instantAt(plusDays(start, days), 9 * 60),
    );
  });

  it('61 days are not', () => {
    expect(() => earliestSending(at, limits(), closed(61))).toThrow(RangeError);
  });

  it.each([
    ['a window that closes before it opens', { window: { fromMinute: 600, toMinute: 600 } }],
    ['a window beyond midnight', { window: { fromMinute: 600, toMinute: 1441 } }],
    ['no message a day', { perDay: 0 }],
    ['no message a week', { perWeek: 0 }],
  ])('refuses %s', (_rule, given) => {
    expect(() => earliestSending(at, limits(given), calendar)).toThrow(RangeError);
  });
});

it('keeps every limit, and no earlier instant does', () => {
  const base = shanghai('2026-09-20T00:00');
  const instant = fc.nat(16 * 24 * 60).map((minutes) => plusMs(base, minutes * 60_000));
  const given = fc.record({
    window: fc.tuple(fc.nat(1439), fc.integer({ min: 1, max: 1440 })).map(([a, b]) => ({
      fromMinute: Math.min(a, b - 1),
      toMinute: Math.max(a + 1, b),
    })),
    statutory: fc.boolean(),
    recentAt: fc.array(instant, { maxLength: 8 }),
    perDay: fc.integer({ min: 1, max: 3 }),
    perWeek: fc.integer({ min: 1, max: 5 }),
  });
  const allows = (at: Instant, rule: SendingLimits): boolean => {
    const aged = rule.recentAt.map((sent) => epochMs(at) - epochMs(sent));
    return (
      minuteOfDay(at) >= rule.window.fromMinute &&
      minuteOfDay(at) < rule.window.toMinute &&
      (rule.statutory || !calendar.isHoliday(dateOf(at))) &&
      rule.recentAt.filter((sent) => dateOf(sent) === dateOf(at)).length < rule.perDay &&
      aged.filter((age) => age >= 0 && age < WEEK_MS).length < rule.perWeek
    );
  };
  fc.assert(
    fc.property(instant, given, (at, rule) => {
      const result = earliestSending(at, rule, calendar);
      expect(allows(result.at, rule)).toBe(true);
      expect(result.at === at).toBe(result.because.length === 0);
      // A limit can end only at one of these instants, so no other can be the first.
      const openings = Array.from({ length: 40 }, (_, day) =>
        instantAt(plusDays(dateOf(at), day), rule.window.fromMinute),
      );
      const weekEnds = rule.recentAt.map((sent) => plusMs(sent, WEEK_MS));
      const earlier = [at, ...openings, ...weekEnds].filter(
        (each) => each >= at && each < result.at,
      );
      expect(earlier.filter((each) => allows(each, rule))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

import { plusDays, toDate, weekday, yearOf, type CivilDate } from './time';

/** One day that differs from its weekday: a day off by the State Council's notice, or a weekend to be worked (调休). */
export type CalendarRow = Readonly<{
  date: CivilDate;
  kind: 'holiday' | 'makeUpWorkday';
  name: string;
}>;

/** Questions about days; each takes a day of any year and answers by weekday alone where there are no rows. */
export type Calendar = Readonly<{
  /** Whether a holiday row names the day: an ordinary weekend is none. */
  isHoliday: (date: CivilDate) => boolean;
  /** Monday to Friday unless a holiday, or a make-up workday. */
  isWorkday: (date: CivilDate) => boolean;
  /** The day itself when it is a workday, else the first one after. */
  nextWorkday: (date: CivilDate) => CivilDate;
  /** 31 December of the last year with a row; null without rows. Holidays after it are not known. */
  coveredUntil: CivilDate | null;
}>;

/** The longest run of days off that is believed; a calendar with more is wrong. */
const DAYS_OFF_MAX = 60;

/** The calendar of one region. A day listed as both is a holiday: not sending is the safe side. */
export function calendarOf(rows: readonly CalendarRow[]): Calendar {
  const holidays = new Set<CivilDate>();
  const makeUpWorkdays = new Set<CivilDate>();
  let last: CivilDate | null = null;
  for (const { date, kind } of rows) {
    (kind === 'holiday' ? holidays : makeUpWorkdays).add(date);
    if (last === null || date > last) last = date;
  }
  const isHoliday = (date: CivilDate): boolean => holidays.has(date);
  const isWorkday = (date: CivilDate): boolean =>
    !holidays.has(date) && (makeUpWorkdays.has(date) || isWeekday(date));
  return {
    isHoliday,
    isWorkday,
    nextWorkday: (date) => firstWorkday(date, isWorkday),
    coveredUntil: last === null ? null : toDate(`${yearOf(last)}-12-31`),
  };
}

const isWeekday = (date: CivilDate): boolean => weekday(date) !== 0 && weekday(date) !== 6;

/** @throws {RangeError} when there is none for 60 days. */
function firstWorkday(from: CivilDate, isWorkday: (date: CivilDate) => boolean): CivilDate {
  for (let days = 0; days <= DAYS_OFF_MAX; days += 1) {
    const date = plusDays(from, days);
    if (isWorkday(date)) return date;
  }
  throw new RangeError(`no workday for ${DAYS_OFF_MAX} days from ${from}`);
}

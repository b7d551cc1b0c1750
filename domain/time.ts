/**
 * Civil dates and instants, distinct on purpose: a due date is a day on the wall calendar of Asia/Shanghai, a sending is an instant.
 * Asia/Shanghai has been UTC+8 without summer time since 1991-09-15 (IANA tz database, file asia), so the zone is a constant here
 * and the rules need no time-zone tables (which differ between Node builds, and would break a replay).
 */
declare const civilDate: unique symbol;
declare const instant: unique symbol;
declare const period: unique symbol;

/** `2026-03-31`, a day in Asia/Shanghai. Compares by `<`. */
export type CivilDate = string & { readonly [civilDate]: true };
/** `2026-03-31T01:00:00.000Z`, always UTC with milliseconds, so it compares by `<`. */
export type Instant = string & { readonly [instant]: true };
/** 电费年月, `2026-03`. */
export type Period = string & { readonly [period]: true };

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Null when it is not a day that exists: `2026-02-30`, `2026-2-3`. Years 1991 to 9999. */
export function parseDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1991-09-15') return null;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
    ? (text as CivilDate)
    : null;
}

/** @throws {RangeError} when there is no such day. */
export function toDate(text: string): CivilDate {
  const date = parseDate(text);
  if (date === null) throw new RangeError(`not a date: ${text}`);
  return date;
}

/** Null unless it is `YYYY-MM` with a month from 01 to 12. */
export const parsePeriod = (text: string): Period | null =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? (text as Period) : null;

/** @throws {RangeError} when it is not `YYYY-MM`. */
export function toPeriod(text: string): Period {
  const parsed = parsePeriod(text);
  if (parsed === null) throw new RangeError(`not a period (YYYY-MM): ${text}`);
  return parsed;
}

/** An ISO 8601 instant with an offset or Z; null when it has none, or is no instant. */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return null;
  if (parseDate(text.slice(0, 10)) === null) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instantOf(ms);
}

/** @throws {RangeError} when it is no instant with an offset. */
export function toInstant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new RangeError(`not an instant (ISO 8601 with an offset): ${text}`);
  return parsed;
}

export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;
export const epochMs = (at: Instant): number => Date.parse(at);
export const plusMs = (at: Instant, ms: number): Instant => instantOf(epochMs(at) + ms);

const dayNumber = (date: CivilDate): number => Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
const fromDayNumber = (day: number): CivilDate =>
  new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;

export const plusDays = (date: CivilDate, days: number): CivilDate =>
  fromDayNumber(dayNumber(date) + days);
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  dayNumber(to) - dayNumber(from);
/** 0 is Sunday. */
export const weekday = (date: CivilDate): number => new Date(dayNumber(date) * DAY_MS).getUTCDay();

/** The day in Asia/Shanghai on which the instant falls. */
export const dateOf = (at: Instant): CivilDate =>
  new Date(epochMs(at) + SHANGHAI_MS).toISOString().slice(0, 10) as CivilDate;
/** Minutes after midnight in Asia/Shanghai, seconds dropped. */
export const minuteOfDay = (at: Instant): number =>
  Math.floor(((epochMs(at) + SHANGHAI_MS) % DAY_MS) / 60_000);
/** The instant of `minute` minutes after midnight of `date` in Asia/Shanghai. */
export const instantAt = (date: CivilDate, minute = 0): Instant =>
  instantOf(dayNumber(date) * DAY_MS - SHANGHAI_MS + minute * 60_000);

export const periodOf = (date: CivilDate): Period => date.slice(0, 7) as Period;
export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));
/** The period `months` later (or earlier). */
export function plusMonths(from: Period, months: number): Period {
  const index = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1 + months;
  return toPeriod(
    `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`,
  );
}

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
export const DAY_MINUTES = 1_440;
const SHANGHAI_MINUTES = 8 * 60;
const KEPT_DAYS_MAX = 50_000;
/** Days that were found to exist. */
const existing = new Set<string>();

/** The last day that comes in from outside. Days after it are typing errors, and break the arithmetic of the last ones of all. */
export const LAST_DAY = '2199-12-31';

/** Null when it is not a day that exists (`2026-02-30`, `2026-2-3`), or not one from 1991-09-15 to LAST_DAY. */
export const parseDate = (text: string): CivilDate | null =>
  text <= LAST_DAY && isDay(text) ? text : null;

/** A book names the same few days over and over: each is looked into once. */
function isDay(text: string): text is CivilDate {
  if (existing.has(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1991-09-15') return false;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return false;
  if (existing.size >= KEPT_DAYS_MAX) existing.clear();
  existing.add(text);
  return true;
}

/** Of our own making, so it may be later than LAST_DAY. @throws {RangeError} when there is no such day. */
export function toDate(text: string): CivilDate {
  if (!isDay(text)) throw new RangeError(`not a date: ${text}`);
  return text;
}

/** Null unless it is `YYYY-MM` with a year from 1900 to 2199 and a month from 01 to 12. */
export const parsePeriod = (text: string): Period | null =>
  /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? (text as Period) : null;

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

/**
 * Days since 1970 of the day that a text begins with (of an instant: UTC's), by its digits: it is asked for a thousand times a customer.
 * Source: H. Hinnant, chrono-compatible low-level date algorithms, days_from_civil: years begin in March, so that the leap day is the last.
 */
function dayNumber(text: CivilDate | Instant): number {
  const month = digits(text, 5);
  const year = digits(text, 0) * 100 + digits(text, 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + digits(text, 8) - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970;
}
const DAYS_BEFORE_1970 = 719_468;

/** The number that two digits of a text are. */
const digits = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - ZERO * 11;
const ZERO = '0'.charCodeAt(0);

/** The ladder asks about the same few days over and over; each is written once. */
const texts = new Map<number, CivilDate>();

function fromDayNumber(day: number): CivilDate {
  const kept = texts.get(day);
  if (kept !== undefined) return kept;
  if (texts.size >= KEPT_DAYS_MAX) texts.clear();
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;
  texts.set(day, date);
  return date;
}

export const plusDays = (date: CivilDate, days: number): CivilDate =>
  fromDayNumber(dayNumber(date) + days);
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  dayNumber(to) - dayNumber(from);
/** 0 is Sunday. */
export const weekday = (date: CivilDate): number => new Date(dayNumber(date) * DAY_MS).getUTCDay();

/** The day in Asia/Shanghai on which the instant falls: UTC's own until 16:00 UTC, the next one from then on. */
export const dateOf = (at: Instant): CivilDate =>
  fromDayNumber(dayNumber(at) + (digits(at, 11) < 16 ? 0 : 1));

/** So many times 24 hours later (or earlier), which is the same time of another day: the zone has no summer time. */
export const daysLater = (at: Instant, days: number): Instant =>
  `${fromDayNumber(dayNumber(at) + days)}${at.slice(10)}` as Instant;
/** Minutes after midnight in Asia/Shanghai, seconds dropped. */
export const minuteOfDay = (at: Instant): number =>
  (digits(at, 11) * 60 + digits(at, 14) + SHANGHAI_MINUTES) % DAY_MINUTES;
/** The instant of `minute` minutes after midnight of `date` in Asia/Shanghai; after 1,440 of them the next day's. */
export function instantAt(date: CivilDate, minute = 0): Instant {
  const utcMinute = dayNumber(date) * DAY_MINUTES + minute - SHANGHAI_MINUTES;
  const kept = instants.get(utcMinute);
  if (kept !== undefined) return kept;
  if (instants.size >= KEPT_DAYS_MAX) instants.clear();
  const at = fromUtcMinute(utcMinute);
  instants.set(utcMinute, at);
  return at;
}

/** The ladder plans for the same few hours of the same few days. */
const instants = new Map<number, Instant>();

function fromUtcMinute(utcMinute: number): Instant {
  const days = Math.floor(utcMinute / DAY_MINUTES);
  const rest = utcMinute - days * DAY_MINUTES;
  return `${fromDayNumber(days)}T${two(Math.floor(rest / 60))}:${two(rest % 60)}:00.000Z` as Instant;
}
const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

export const periodOf = (date: CivilDate): Period => date.slice(0, 7) as Period;
export const yearOf = (date: CivilDate | Period): number => digits(date, 0) * 100 + digits(date, 2);
/** The period `months` later (or earlier). */
export const plusMonths = (from: Period, months: number): Period =>
  fromMonthNumber((digits(from, 0) * 100 + digits(from, 2)) * 12 + digits(from, 5) - 1 + months);

const periods = new Map<number, Period>();

function fromMonthNumber(month: number): Period {
  const kept = periods.get(month);
  if (kept !== undefined) return kept;
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  const period = toPeriod(`${year}-${two((month % 12) + 1)}`);
  periods.set(month, period);
  return period;
}

/** The same day of a later month, or its last day where there is none. */
export function monthsLater(from: CivilDate, months: number): CivilDate {
  const [later, day] = [plusMonths(periodOf(from), months), from.slice(8)];
  // Every month has it.
  if (day <= '28') return `${later}-${day}` as CivilDate;
  const first = toDate(`${later}-01`);
  const lastDay = plusDays(toDate(`${plusMonths(periodOf(first), 1)}-01`), -1);
  const wished = plusDays(first, Number(day) - 1);
  return wished < lastDay ? wished : lastDay;
}

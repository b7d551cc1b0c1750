/** The station's clock, not the reader's: a supervisor on a journey sees the hours of the letters. */
const ZONE = 'Asia/Shanghai';

const yuan = new Intl.NumberFormat('zh-CN');

/** ¥1,234.56, the same in both languages, exact for whatever fen. A credit has its sign in front. */
export function money(fen: number): string {
  const whole = Math.abs(fen);
  const rest = whole % 100;
  const sign = fen < 0 ? '−' : '';
  return `${sign}¥${yuan.format((whole - rest) / 100)}.${String(rest).padStart(2, '0')}`;
}

const LONG_FEN = 1_000_000;
/** For narrow places: ¥1,234.56, and from ten thousand yuan on ¥152.9万 or ¥1.529M. */
export function shortMoney(fen: number, language: string): string {
  if (Math.abs(fen) < LONG_FEN) return money(fen);
  const compact = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumSignificantDigits: 4,
  });
  return `${fen < 0 ? '−' : ''}¥${compact.format(Math.abs(fen) / 100)}`;
}

/** A whole number with its thousands set apart. */
export const count = (n: number, language: string): string =>
  new Intl.NumberFormat(language).format(n);

/** A day, 2026-03-31, as the language writes it. */
export const day = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

/** An instant as the language writes it, to the minute, by the station's clock. */
export const moment = (instant: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: ZONE,
  }).format(new Date(instant));

/** The same for narrow places: 2026/7/22 12:00. */
export const shortMoment = (instant: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: ZONE,
  }).format(new Date(instant));

/** A month, 2026-03, as the language writes it. */
export const month = (period: string, language: string): string =>
  new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${period}-01T00:00:00Z`),
  );

/** Ⅰ is the gravest. */
export const levelLabel = (level: 1 | 2 | 3): string => ({ 1: 'Ⅰ', 2: 'Ⅱ', 3: 'Ⅲ' })[level];

const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });
/** The station's day of an instant, 2026-03-31. */
export const dayOf = (instant: string): string => parts.format(new Date(instant));

/** The station's clock at an instant, 09:30 or 9:30 AM. */
export const clock = (instant: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: ZONE }).format(
    new Date(instant),
  );

/** Per cent with one decimal, 78.4%; none: a dash. */
export const rate = (percent: number | null): string =>
  percent === null ? '–' : `${percent.toFixed(1)}%`;

/** A day with its weekday, as the language writes it. */
export const longDay = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));

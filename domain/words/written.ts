import { dateOf, minuteOfDay, parseDate, parseInstant, parsePeriod } from '../time';

/** English; every other language here is Chinese. */
const isEnglish = (language: string): boolean => language === 'en';
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;
const numbersOf = (text: string): [number, number, number] => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return [year, month, day];
};
const nameOf = (month: number): string => MONTHS[month - 1] ?? '';

/** 2026年7月 or July 2026; what is no month stands as it is. */
export function writtenMonth(language: string, text: string): string {
  if (parsePeriod(text) === null) return text;
  const [year, month] = numbersOf(text);
  return isEnglish(language) ? `${nameOf(month)} ${year}` : `${year}年${month}月`;
}

/** 2026年7月20日 or Jul 20, 2026; what is no day stands as it is. The console writes days and instants so too (console/src/lib/format.ts). */
export function writtenDay(language: string, text: string): string {
  if (parseDate(text) === null) return text;
  const [year, month, day] = numbersOf(text);
  return isEnglish(language)
    ? `${nameOf(month).slice(0, 3)} ${day}, ${year}`
    : `${year}年${month}月${day}日`;
}

/** 2026年7月20日 16:00 or Jul 20, 2026, 4:00 PM, by the station's clock; what is no instant stands as it is. */
export function writtenInstant(language: string, text: string): string {
  const at = parseInstant(text);
  if (at === null) return text;
  const day = writtenDay(language, dateOf(at));
  const hour = Math.floor(minuteOfDay(at) / 60);
  const minute = String(minuteOfDay(at) % 60).padStart(2, '0');
  return isEnglish(language)
    ? `${day}, ${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`
    : `${day} ${String(hour).padStart(2, '0')}:${minute}`;
}

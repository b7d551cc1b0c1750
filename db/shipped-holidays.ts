import type { CalendarRow } from '../domain/calendar';
import { toDate } from '../domain/time';
import holidays from './holidays.json';

/** The holidays of China that Tarim ships with. */
export const holidayRows: readonly Readonly<{
  day: string;
  kind: 'holiday' | 'makeUpWorkday';
  name: string;
}>[] = (['holiday', 'makeUpWorkday'] as const).flatMap((kind) =>
  Object.entries(holidays[kind]).flatMap(([name, days]) =>
    days.map((day) => ({ day, kind, name })),
  ),
);

/** The same for what runs without a database; a station's own may differ. */
export const shippedHolidays = (): CalendarRow[] =>
  holidayRows.map(({ day, kind, name }) => ({ date: toDate(day), kind, name }));

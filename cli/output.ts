import Table from 'cli-table3';
import {
  parseDate,
  parseInstant,
  instantAt,
  type Instant,
  type Period,
  parsePeriod,
  dateOf,
  minuteOfDay,
} from '../domain/time';
import { Exit, EXIT } from './exit';

export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const printJson = (value: unknown): void => print(JSON.stringify(value, plainNumbers, 2));

/** Counts leave the database as bigint; all of ours are safe integers. */
const plainNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value;

/** A table for people; cli-table3 measures Chinese as wide as it is. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) table.push([...row]);
  print(table.toString());
}

/** A table of records for people, or JSON for programs. */
export function printRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  { json }: { json?: boolean },
): void {
  if (json === true) {
    printJson(rows);
    return;
  }
  const head = Object.keys(rows[0] ?? {});
  if (rows.length === 0) print('Nothing.');
  else
    printTable(
      head,
      rows.map((row) => head.map((key) => cell(row[key]))),
    );
}

const cell = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value, plainNumbers);
};

/** An instant as the station's wall clock shows it: `2026-03-31 09:00`. */
export function wallClock(at: Instant): string {
  const minute = minuteOfDay(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${dateOf(at)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The hour at which a bare day begins for the station: the opening of the sending window. Source: design 4, Limits. */
const OPENING_MINUTE = 9 * 60;

/** `2005-09-01` (09:00 of that day in Shanghai) or an instant with an offset. @throws Exit 2 when it is neither. */
export function asOfOption(text: string): Instant {
  const date = parseDate(text);
  const at = date === null ? parseInstant(text) : instantAt(date, OPENING_MINUTE);
  if (at === null)
    throw new Exit(
      EXIT.usage,
      `${text} is neither a day (2005-09-01) nor an instant with an offset (2005-09-01T09:00:00+08:00).`,
    );
  return at;
}

/** @throws Exit 2 unless it is `YYYY-MM`. */
export function periodOption(text: string): Period {
  const period = parsePeriod(text);
  if (period === null) throw new Exit(EXIT.usage, `${text} is not a period. Write it as 2005-09.`);
  return period;
}

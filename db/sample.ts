import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  instantAt,
  parseDate,
  parseInstant,
  periodOf,
  plusDays,
  plusMonths,
  toDate,
  toPeriod,
  type CivilDate,
  type Period,
} from '../domain/time';
import { held } from './book-content';
import { csvRecords } from './import-csv';
import { importKinds, type ImportKind } from './import-kinds';
import { importBook, type Imported } from './imports';

const SAMPLES = join(__dirname, '..', 'samples');
/** The last day on which the sample was billed. */
const LAST_BILLING: CivilDate = toDate('2005-09-01');

/**
 * Loads the small real book of samples/, moved so that its last billing day is today: everything by the same whole
 * months, and by the days that have passed since the first of this month. Payments that lie after the beginning of today
 * are left out. Safe to repeat on the same day; on another day of the same month its bills are conflicts, and rejected.
 */
export async function loadSample(
  databaseUrl: string,
  today: CivilDate,
): Promise<Record<ImportKind, Imported>> {
  const results: Partial<Record<ImportKind, Imported>> = {};
  for (const kind of importKinds) {
    const content = held(Buffer.from(await movedSample(kind, today)));
    results[kind] = await importBook(databaseUrl, { kind, name: `sample of ${today}`, content });
  }
  return results as Record<ImportKind, Imported>;
}

/** The sample's file of that kind as CSV, moved to today. The sample quotes nothing. */
export async function movedSample(kind: ImportKind, today: CivilDate): Promise<string> {
  const move = moveTo(today);
  const begin = instantAt(today);
  const lines: string[] = [];
  let names: readonly string[] | null = null;
  for await (const records of csvRecords(createReadStream(join(SAMPLES, `${kind}.csv`)))) {
    for (const { fields } of records) {
      const moved: readonly string[] = names === null ? fields : moveFields(names, fields, move);
      names ??= fields;
      const received = moved[names.indexOf('received_at')];
      const inFuture = (parseInstant(received ?? '') ?? begin) > begin;
      if (!inFuture) lines.push(moved.join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

type Move = Readonly<{ period: (period: Period) => Period; date: (date: CivilDate) => CivilDate }>;

function moveTo(today: CivilDate): Move {
  const months = monthsFrom(periodOf(LAST_BILLING), periodOf(today));
  const days = Number(today.slice(8)) - 1;
  const period = (from: Period) => plusMonths(from, months);
  return { period, date: (date) => plusDays(onDay(period(periodOf(date)), date.slice(8)), days) };
}

const monthsFrom = (from: Period, to: Period): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(to.slice(5)) -
  Number(from.slice(5));

/** That day of the month, or its last one when it is too short. */
function onDay(period: Period, day: string): CivilDate {
  const last = plusDays(toDate(`${plusMonths(period, 1)}-01`), -1);
  return parseDate(`${period}-${day}`) ?? last;
}

function moveFields(
  names: readonly string[],
  fields: readonly string[],
  { period, date }: Move,
): string[] {
  const day = (field: string) => date(toDate(field));
  const number = (field: string) => `${field.slice(0, -7)}${period(toPeriod(field.slice(-7)))}`;
  const movers = new Map<string | undefined, (field: string) => string>([
    ['period', (field) => period(toPeriod(field))],
    ['issued_on', day],
    ['due_on', day],
    ['received_at', (field) => `${day(field.slice(0, 10))}${field.slice(10)}`],
    ['bill_no', number],
    ['payment_ref', number],
  ]);
  return fields.map((field, at) => movers.get(names[at])?.(field) ?? field);
}

import type { CsvRecord } from './import-csv';
import { kinds, type Column, type ImportKind, type Kind } from './import-kinds';
import { WrongShape } from './wrong-shape';

type Reject = Readonly<{ column: string; reason: string }>;
/** A row by its own merits: what it would put into the book, in the order of the columns, or why not. */
export type Row = Readonly<{ line: number; raw: string }> &
  (
    | Readonly<{ values: readonly (string | null)[]; reject: null }>
    | Readonly<{ values: null; reject: Reject }>
  );

/**
 * The columns of a file, in the file's order, from its header.
 *
 * @throws {WrongShape} naming every column that is missing, unknown or there twice.
 */
export function columnsOf(kind: ImportKind, header: readonly string[]): Column[] {
  const names = header.map((name) => name.trim());
  const { columns }: Kind = kinds[kind];
  const known = new Map(columns.map((column) => [column.name, column]));
  const complaints = [
    ...columns
      .filter(({ name, optional }) => optional !== true && !names.includes(name))
      .map(({ name }) => `the column ${name} is missing`),
    ...unknown(names.filter((name) => !known.has(name))),
    ...[...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
      (name) => `the column ${name} is there twice`,
    ),
  ];
  if (complaints.length > 0) throw new WrongShape(shapeMessage(kind, names, complaints));
  return names.flatMap((name) => known.get(name) ?? []);
}

const NAMED_MAX = 5;
const SHOWN_CHARACTERS = 40;

/** A file that is no book may have any number of columns, of any length and of any characters: the sentence stays one. */
function unknown(names: readonly string[]): string[] {
  const more = names.length - NAMED_MAX;
  return [
    ...names.slice(0, NAMED_MAX).map((name) => `the column "${shown(name)}" is unknown`),
    ...(more > 0 ? [`so are ${more} more`] : []),
  ];
}

const shown = (name: string): string =>
  name.slice(0, SHOWN_CHARACTERS).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?');

function shapeMessage(kind: ImportKind, names: string[], complaints: string[]): string {
  const separator = names.length === 1 && /[;\t]/.test(names[0] ?? '');
  const hint = separator ? ' Fields are separated by commas, not by semicolons or tabs.' : '';
  const { columns }: Kind = kinds[kind];
  const needed = columns.filter(({ optional }) => optional !== true).map(({ name }) => name);
  return `This is no file of ${kind}: ${complaints.join('; ')}.${hint} It needs ${needed.join(', ')}.`;
}

/** Judges a row by its own fields; whether the book knows its customer or its key is not asked here. */
export function readRow(columns: readonly Column[], record: CsvRecord): Row {
  const { fields } = record;
  if (fields.length !== columns.length) {
    const reason = `has ${fields.length} fields where the header has ${columns.length}`;
    return refused(record, { column: '', reason });
  }
  const values: (string | null)[] = [];
  for (const [at, { name, read }] of columns.entries()) {
    const value = read((fields[at] ?? '').trim());
    if (value !== null && typeof value === 'object')
      return refused(record, { column: name, ...value });
    values.push(value);
  }
  return valueOf('due_on', columns, values) < valueOf('issued_on', columns, values)
    ? refused(record, { column: 'due_on', reason: 'is before issued_on' })
    : { line: record.line, raw: record.raw, values, reject: null };
}

/** Empty where the file has no such column. */
function valueOf(
  name: string,
  columns: readonly Column[],
  values: readonly (string | null)[],
): string {
  const at = columns.findIndex((column) => column.name === name);
  return at === -1 ? '' : (values[at] ?? '');
}

const refused = ({ line, raw }: CsvRecord, reject: Reject): Row => ({
  line,
  raw,
  values: null,
  reject,
});

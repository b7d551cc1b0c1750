import type { z } from 'zod';
import type { Cli, Printed } from './cli';
import type { Cell, Head } from './table';

export type Column<T> = Head & Readonly<{ of: (row: T) => Cell | null }>;

/** A list as its reader wants it: a table for people, all fields as JSON, or as CSV with the fields' names. */
export async function printRows<S extends z.ZodObject>(
  { t, screen }: Cli,
  shape: S,
  rows: readonly z.output<S>[],
  columns: readonly Column<z.output<S>>[],
  { json, csv }: Printed,
): Promise<void> {
  if (json === true) screen.json(rows);
  else if (csv === true) {
    const { stringify } = await import('csv-stringify/sync');
    const fields = Object.keys(shape.shape);
    const records = rows.map((row) => fields.map((field) => plain(row[field])));
    // A name that begins with = must not become a formula in somebody's spreadsheet.
    screen.line(stringify([fields, ...records], { escape_formulas: true }).trimEnd());
  } else if (rows.length === 0) screen.line(t('nothing'));
  else
    await screen.table(
      columns,
      rows.map((row) => columns.map(({ of }) => of(row) ?? '')),
    );
}

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

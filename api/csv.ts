import { stringify } from 'csv-stringify/sync';
import { toFen, yuan } from '../domain/fen';

/** So that a spreadsheet reads Chinese as what it is. */
const BYTE_ORDER_MARK = '\ufeff';
type Row = Readonly<Record<string, unknown>>;

/**
 * Rows as the text of a CSV file, page by page. Fields that end in `Fen` are written in yuan and lose the ending. What somebody typed does not
 * become a formula in somebody's spreadsheet; numbers of ours stay numbers, below zero too.
 */
export async function* csvOf(
  fields: readonly string[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + lines([fields.map((field) => field.replace(/Fen$/, ''))]);
  for await (const rows of pages)
    yield lines(rows.map((row) => fields.map((field) => cell(field, row[field]))));
}

const lines = (records: readonly (readonly unknown[])[]): string =>
  stringify([...records.map((record) => [...record])], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: {
      number: (value) => ({ value: String(value), escape_formulas: false }) as never,
      // Fen, made by `cell`.
      bigint: (fen) => ({ value: yuan(toFen(Number(fen))), escape_formulas: false }) as never,
    },
  });

function cell(field: string, value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (field.endsWith('Fen')) return BigInt(Number(value));
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'boolean' || typeof value === 'object') return JSON.stringify(value);
  return value;
}

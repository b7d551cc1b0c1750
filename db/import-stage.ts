import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Content, Looked } from './book-content';
import { textOf } from './book-text';
import { csvRecords, type CsvRecord } from './import-csv';
import type { ImportKind } from './import-kinds';
import { columnsOf, readRow, type Row } from './import-rows';
import { statementsFor, type Statements } from './import-sql';
import { WrongShape } from './wrong-shape';

type Staged = Readonly<{
  kind: ImportKind;
  content: Content;
  onRows?: (rows: Readonly<{ read: number; rejected: number }>) => void;
}>;

/**
 * Puts every row of the file into the temporary table `incoming`, good or rejected, and returns what to do with it.
 *
 * @throws {WrongShape} when the header is another, or the text no CSV.
 */
export async function stage(
  client: Client,
  { kind, content, onRows }: Staged,
  looked: Looked,
): Promise<Statements> {
  const lists = csvRecords(textOf(content, looked));
  const first = await lists.next();
  const [header, ...rest] = first.done === true ? [] : first.value;
  if (header === undefined) throw new WrongShape('The file is empty: it has no header.');
  const columns = columnsOf(kind, header.fields);
  const statements = statementsFor(kind, columns);
  await client.query(statements.stage);
  let [read, rejected] = [0, 0];
  const staged = (records: readonly CsvRecord[]): string => {
    let text = '';
    for (const record of records) {
      const row = readRow(columns, record);
      if (row.reject !== null) rejected += 1;
      text += copyLine(row, columns.length);
    }
    read += records.length;
    onRows?.({ read, rejected });
    return text;
  };
  const copyText = async function* (): AsyncGenerator<string> {
    yield staged(rest);
    for await (const records of lists) yield staged(records);
  };
  await pipeline(Readable.from(copyText()), client.query(copyFrom(statements.copyIn)));
  return statements;
}

/** A row in the text format of COPY. */
function copyLine({ line, raw, values, reject }: Row, width: number): string {
  const own = values ?? Array<null>(width).fill(null);
  const fields = [raw, reject?.column ?? null, reject?.reason ?? null, ...own];
  return `${line}\t${fields.map(copyField).join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  // A text in Postgres cannot hold it; a field that has it is rejected, and here it only has to be shown.
  '\0': '\ufffd',
};

function copyField(value: string | null): string {
  if (value === null) return '\\N';
  return /[\\\t\n\r\0]/.test(value)
    ? value.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] ?? c)
    : value;
}

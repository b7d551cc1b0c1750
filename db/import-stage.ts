import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Content, Looked } from './book-content';
import { textOf } from './book-text';
import { csvRecords } from './import-csv';
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
  const records = csvRecords(textOf(content, looked));
  const header = await records.next();
  if (header.done === true) throw new WrongShape('The file is empty: it has no header.');
  const columns = columnsOf(kind, header.value.fields);
  const statements = statementsFor(kind, columns);
  await client.query(statements.stage);
  const rows = async function* (): AsyncGenerator<Row> {
    let [read, rejected] = [0, 0];
    for await (const record of records) {
      const row = readRow(columns, record);
      read += 1;
      if (row.reject !== null) rejected += 1;
      onRows?.({ read, rejected });
      yield row;
    }
  };
  await pipeline(
    Readable.from(copyText(rows(), columns.length)),
    client.query(copyFrom(statements.copyIn)),
  );
  return statements;
}

const BATCH_CHARACTERS = 64 * 1024;

/** Rows in the text format of COPY, in pieces that are worth a packet. */
async function* copyText(rows: AsyncIterable<Row>, width: number): AsyncGenerator<string> {
  const none: readonly null[] = Array<null>(width).fill(null);
  let batch = '';
  for await (const { line, raw, values, reject } of rows) {
    const fields = [raw, reject?.column ?? null, reject?.reason ?? null, ...(values ?? none)];
    batch += `${line}\t${fields.map(copyField).join('\t')}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    batch = '';
  }
  yield batch;
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

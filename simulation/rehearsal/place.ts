import { Client } from 'pg';
import { fileContent, lookAt, unzipped, type Content } from '../../db/book-content';
import { textOf } from '../../db/book-text';
import { csvRecords } from '../../db/import-csv';
import { importKinds, type ImportKind } from '../../db/import-kinds';
import { columnsOf } from '../../db/import-rows';
import { importBook } from '../../db/imports';
import type { Instant } from '../../domain/time';
import { fileOf } from '../read-book';
import type { ToCome } from './stage';

/** Imports of a folder's book the customers that are meant, with their bills and payments. */
export async function placeFolder(
  databaseUrl: string,
  folder: string,
  customerNos: ReadonlySet<string>,
): Promise<void> {
  for (const kind of importKinds) {
    const content = onlyOf({ folder, kind, customerNos });
    await importBook(databaseUrl, { kind, name: `slice of ${folder}`, content });
  }
}

type Part = Readonly<{ folder: string; kind: ImportKind; customerNos: ReadonlySet<string> }>;

const onlyOf = ({ folder, kind, customerNos }: Part): Content =>
  async function* () {
    const content = unzipped(fileContent(fileOf(folder, kind)));
    const looked = await lookAt(content);
    let column: number | null = null;
    for await (const records of csvRecords(textOf(content, looked))) {
      const lines: string[] = [];
      for (const { raw, fields } of records) {
        const isHead = column === null;
        column ??= columnsOf(kind, fields).findIndex(({ name }) => name === 'customer_no');
        if (isHead || customerNos.has(fields[column] ?? '')) lines.push(`${raw}\n`);
      }
      if (lines.length > 0) yield Buffer.from(lines.join(''));
    }
  };

/** Takes the payments off the book that come after an instant, and gives them by customer, in order of time. */
export async function takeToCome(
  databaseUrl: string,
  after: Instant,
): Promise<Map<string, ToCome[]>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<ToCome>(
      `with gone as (delete from payment where received_at > $1 returning *)
       select payment_ref as "paymentRef", customer_no as "customerNo", amount_fen::float8 as "amountFen",
         instant_text(received_at) as "receivedAt", channel
       from gone where customer_no is not null order by received_at, payment_ref`,
      [after],
    );
    const byCustomer = new Map<string, ToCome[]>();
    for (const row of rows) {
      const list = byCustomer.get(row.customerNo) ?? [];
      byCustomer.set(row.customerNo, [...list, row]);
    }
    return byCustomer;
  } finally {
    await client.end();
  }
}

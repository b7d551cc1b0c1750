import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileContent, lookAt, unzipped } from '../db/book-content';
import { textOf } from '../db/book-text';
import { csvRecords, type CsvRecord } from '../db/import-csv';
import type { ImportKind } from '../db/import-kinds';
import { columnsOf, readRow } from '../db/import-rows';
import { WrongShape } from '../db/wrong-shape';
import type { Bill, Payment } from '../domain/allocation';
import { toFen } from '../domain/fen';
import { compareText } from '../domain/in-order';
import type { Category, Channel } from '../domain/policy';
import { toDate, toInstant, toPeriod } from '../domain/time';
import type { BookCustomer } from './book';

/** A book in memory, and how many of its rows the import would have refused. */
export type ReadBook = Readonly<{ customers: readonly BookCustomer[]; rejected: number }>;

/**
 * Reads the three files of a book, plain or gzipped, by the parsers of the import: `customers.csv`, `bills.csv` and `payments.csv`. Rows that an
 * import would refuse, and those of customers who are not on the book, are left out and counted; of two rows with one key the first counts.
 *
 * @throws {WrongShape} when a file is missing or is no such book.
 */
export async function readBook(folder: string): Promise<ReadBook> {
  const accounts = new Map<string, Account>();
  let rejected = 0;
  const take = async (kind: ImportKind, key: string, add: (row: Fields) => boolean) => {
    const seen = new Set<string>();
    await eachRow(folder, kind, (row) => {
      const id = row?.(key) ?? null;
      const taken = row !== null && id !== null && !seen.has(id) && add(row);
      if (taken) seen.add(id);
      else rejected += 1;
    });
  };
  await take('customers', 'customer_no', (row) => {
    accounts.set(text(row('customer_no')), accountOf(row));
    return true;
  });
  await take('bills', 'bill_no', (row) =>
    pushed(accounts.get(text(row('customer_no')))?.bills, billOf(row)),
  );
  await take('payments', 'payment_ref', (row) =>
    pushed(accounts.get(text(row('customer_no')))?.payments, paymentOf(row)),
  );
  const customers = [...accounts.values()].sort((a, b) => (a.customerNo < b.customerNo ? -1 : 1));
  for (const { bills, payments } of customers) {
    bills.sort((a, b) => compareText(a.issuedOn, b.issuedOn));
    payments.sort((a, b) => compareText(a.receivedAt, b.receivedAt));
  }
  return { customers, rejected };
}

type Account = Omit<BookCustomer, 'bills' | 'payments'> & { bills: Bill[]; payments: Payment[] };
/** A row by the names of its columns in the file; null where the field is empty or the column is not there. */
type Fields = (name: string) => string | null;

const text = (value: string | null): string => value ?? '';

function pushed<T>(list: T[] | undefined, one: T): boolean {
  list?.push(one);
  return list !== undefined;
}

/** The rows of a file in turn; null for one that an import would refuse. */
async function eachRow(
  folder: string,
  kind: ImportKind,
  take: (row: Fields | null) => void,
): Promise<void> {
  const content = unzipped(fileContent(fileOf(folder, kind)));
  const looked = await lookAt(content);
  let columns: ReturnType<typeof columnsOf> | null = null;
  const at = new Map<string, number>();
  const one = (record: CsvRecord): void => {
    if (columns === null) {
      columns = columnsOf(kind, record.fields);
      columns.forEach(({ name }, index) => at.set(name, index));
      return;
    }
    const { values } = readRow(columns, record);
    take(values === null ? null : (name) => values[at.get(name) ?? -1] ?? null);
  };
  for await (const records of csvRecords(textOf(content, looked))) records.forEach(one);
}

export function fileOf(folder: string, kind: ImportKind): string {
  const plain = join(folder, `${kind}.csv`);
  const found = [plain, `${plain}.gz`].find(existsSync);
  if (found === undefined)
    throw new WrongShape(`The folder ${folder} has no ${kind}.csv or ${kind}.csv.gz.`);
  return found;
}

function accountOf(row: Fields): Account {
  const reachable: Channel[] = [];
  if (row('phone') !== null) reachable.push('sms');
  if (row('email') !== null) reachable.push('email');
  return {
    customerNo: text(row('customer_no')),
    station: text(row('station')),
    category: text(row('category')) as Category,
    collector: row('collector'),
    reachable,
    prepaid: row('prepaid_since') !== null,
    onFile: {
      businessCondition: row('business_condition'),
      industry: row('industry'),
      supplyArea: row('supply_area'),
      depositFen: toFen(Number(row('deposit') ?? 0)),
    },
    bills: [],
    payments: [],
  };
}

const billOf = (row: Fields): Bill => ({
  billNo: text(row('bill_no')),
  period: toPeriod(text(row('period'))),
  issuedOn: toDate(text(row('issued_on'))),
  dueOn: toDate(text(row('due_on'))),
  amountFen: toFen(Number(row('amount'))),
});

const paymentOf = (row: Fields): Payment => ({
  receivedAt: toInstant(text(row('received_at'))),
  amountFen: toFen(Number(row('amount'))),
});

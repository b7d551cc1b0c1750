import type { Config } from '../config';
import { openDb } from '../db/client';
import { listImports, type ImportedFile } from '../db/import-status';
import { listUnmatched } from '../db/payments';
import { yuanForPeople } from '../domain/fen';
import { databaseUrlOf, plainly } from './database';
import { print, printJson, printTable } from './output';

type Unmatched = Awaited<ReturnType<typeof listUnmatched>>;

/** Prints the files imported, and the payments that wait for their customer. */
export async function importStatus(config: Config, { json }: { json?: boolean }): Promise<void> {
  const db = openDb(databaseUrlOf(config), 2);
  try {
    const files = await plainly(() => listImports(db));
    const unmatched = await listUnmatched(db);
    if (json) {
      printJson({ files, unmatched });
      return;
    }
    printFiles(files);
    printUnmatched(unmatched);
  } finally {
    await db.$disconnect();
  }
}

const FILE_HEAD = ['imported', 'kind', 'file', 'read', 'taken', 'unchanged', 'rejected'];

function printFiles(files: readonly ImportedFile[]): void {
  if (files.length === 0) {
    print('Nothing has been imported yet.');
    return;
  }
  const rows = files.map((file) => [
    ...[file.importedAt, file.kind, file.name],
    ...[file.rowsRead, file.rowsTaken, file.rowsUnchanged, file.rowsRejected],
  ]);
  printTable(FILE_HEAD, rows);
}

const PAYMENT_HEAD = ['payment', 'customer given', 'yuan', 'received', 'channel'];

function printUnmatched({ count, amountFen, first }: Unmatched): void {
  if (count === 0) {
    print('Every payment has its customer.');
    return;
  }
  const rest = count > first.length ? `; the first ${first.length}` : '';
  print(
    `${count} payments (¥${yuanForPeople(amountFen)}) whose customer is not on the book${rest}:`,
  );
  const rows = first.map((payment) => [
    ...[payment.paymentRef, payment.customerNo, yuanForPeople(payment.amountFen)],
    ...[payment.receivedAt, payment.channel],
  ]);
  printTable(PAYMENT_HEAD, rows);
}

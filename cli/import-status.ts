import { openDb } from '../db/client';
import { listImports, type ImportedFile } from '../db/import-status';
import { listUnmatched } from '../db/payments';
import type { Cli } from './cli';
import { databaseUrlOf } from './database';
import { plainly } from './plainly';
import { money, wallClock } from './screen';
import { termOf } from './terms';

type Unmatched = Awaited<ReturnType<typeof listUnmatched>>;

/** Prints the files imported, and the payments that wait for their customer. */
export async function importStatus(cli: Cli, { json }: { json?: boolean }): Promise<void> {
  const db = openDb(databaseUrlOf(await cli.config()), 2);
  try {
    const files = await plainly(cli, () => listImports(db));
    const unmatched = await listUnmatched(db);
    if (json) {
      cli.screen.json({ files, unmatched });
      return;
    }
    await printFiles(cli, files);
    await printUnmatched(cli, unmatched);
  } finally {
    await db.$disconnect();
  }
}

async function printFiles(cli: Cli, files: readonly ImportedFile[]): Promise<void> {
  const { t, screen } = cli;
  if (files.length === 0) {
    screen.line(t('import.status.none'));
    return;
  }
  const counts = [t('head.read'), t('head.taken'), t('head.unchanged'), t('head.rejected')];
  await screen.table(
    [
      ...[{ head: t('head.imported') }, { head: t('head.kind') }],
      { head: t('head.file'), grows: true },
      ...counts.map((head) => ({ head, right: true })),
    ],
    files.map((file) => [
      ...[wallClock(file.importedAt), termOf(cli, file.kind), file.name],
      ...[file.rowsRead, file.rowsTaken, file.rowsUnchanged, file.rowsRejected],
    ]),
  );
}

async function printUnmatched(
  { t, screen }: Cli,
  { count, amountFen, first }: Unmatched,
): Promise<void> {
  if (count === 0) {
    screen.line(t('import.status.matched'));
    return;
  }
  const shown = first.length;
  screen.line(t('import.status.unmatched', { count, amount: money(amountFen), shown }));
  await screen.table(
    [
      ...[{ head: t('head.payment') }, { head: t('head.customerGiven') }],
      { head: t('head.amount'), right: true },
      ...[{ head: t('head.receivedAt') }, { head: t('head.channel') }],
    ],
    first.map((payment) => [
      ...[payment.paymentRef, payment.customerNo, money(payment.amountFen)],
      ...[wallClock(payment.receivedAt), payment.channel],
    ]),
  );
}

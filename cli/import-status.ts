import type { z } from 'zod';
import { ImportedFile, Unmatched } from '../api/schema/imports';
import type { Cli } from './cli';
import { openApi } from './client';
import { money, wallClock } from './screen';
import { termOf } from './terms';

const FILES = 50;

/** Prints the files imported, and the payments that wait for their customer. */
export async function importStatus(cli: Cli, { json }: { json?: boolean }): Promise<void> {
  const api = await openApi(cli);
  const files = await api.list('/imports', { answer: ImportedFile, limit: FILES });
  const unmatched = await api.get('/unmatched-payments', { answer: Unmatched });
  if (json) {
    cli.screen.json({ files, unmatched });
    return;
  }
  await printFiles(cli, files);
  await printUnmatched(cli, unmatched);
}

async function printFiles(
  cli: Cli,
  files: readonly z.output<typeof ImportedFile>[],
): Promise<void> {
  const { t, screen } = cli;
  if (files.length === 0) {
    screen.line(t('import.status.none'));
    return;
  }
  const counts = [t('head.read'), t('head.taken'), t('head.unchanged'), t('head.rejected')];
  await screen.table(
    [
      ...[{ head: t('head.imported') }, { head: t('head.kind') }, { head: t('head.status') }],
      { head: t('head.file'), grows: true },
      ...counts.map((head) => ({ head, right: true })),
    ],
    files.map((file) => [
      ...[wallClock(file.importedAt), termOf(cli, file.kind), termOf(cli, file.state), file.name],
      ...[file.rowsRead, file.rowsTaken, file.rowsUnchanged, file.rowsRejected],
    ]),
  );
}

async function printUnmatched(
  { t, screen }: Cli,
  { count, amountFen, first }: z.output<typeof Unmatched>,
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

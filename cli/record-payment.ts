import { randomUUID } from 'node:crypto';
import type { Config } from '../config';
import { openDb } from '../db/client';
import { kinds } from '../db/import-kinds';
import { readRow } from '../db/import-rows';
import { recordPayment, type NewPayment, type Recorded } from '../db/payments';
import { toFen, yuanForPeople } from '../domain/fen';
import { toInstant } from '../domain/time';
import { databaseUrlOf, plainly } from './database';
import { Exit, EXIT, type ExitCode } from './exit';
import { print, printJson } from './output';

export type PayOptions = Readonly<{
  ref?: string;
  channel: string;
  receivedAt?: string;
  dryRun?: boolean;
  json?: boolean;
}>;
type Asked = PayOptions & Readonly<{ customerNo: string; amount: string }>;

/** Records the payment and says what became of it. The worker tells the customer's open cycle within a second. */
export async function pay(config: Config, asked: Asked): Promise<ExitCode> {
  const payment = paymentFrom(asked);
  const db = openDb(databaseUrlOf(config), 1);
  try {
    const recorded = await plainly(() =>
      recordPayment(db, payment, { dryRun: asked.dryRun === true }),
    );
    if (asked.json) printJson({ ...recorded, dryRun: asked.dryRun === true });
    else print(`${asked.dryRun ? 'Dry run, nothing was written. ' : ''}${sentence(recorded)}`);
    return recorded.kind === 'conflict' ? EXIT.refused : EXIT.done;
  } finally {
    await db.$disconnect();
  }
}

/** By the same rules as a row of a file, so that the book cannot hold what a file may not bring. */
function paymentFrom({ customerNo, amount, ref, channel, receivedAt }: Asked): NewPayment {
  const paymentRef = ref ?? `cli-${randomUUID()}`;
  const anyInstant = '2000-01-01T00:00:00Z';
  const fields = [paymentRef, customerNo, amount, receivedAt ?? anyInstant, channel];
  const { values, reject } = readRow(kinds.payments.columns, { line: 0, raw: '', fields });
  if (reject !== null) throw new Exit(EXIT.usage, `${reject.column} ${reject.reason}.`);
  const [, , fen, at] = values;
  return {
    paymentRef: paymentRef.trim(),
    customerNo: customerNo.trim(),
    amountFen: toFen(Number(fen)),
    channel: channel.trim(),
    ...(receivedAt === undefined ? {} : { receivedAt: toInstant(at ?? '') }),
  };
}

function sentence({ kind, payment }: Recorded): string {
  const { paymentRef, customerNo, amountFen, receivedAt, channel, matched } = payment;
  const what = `¥${yuanForPeople(amountFen)} of ${customerNo}, received ${receivedAt} by ${channel}`;
  switch (kind) {
    case 'recorded':
      return matched
        ? `Recorded ${paymentRef}: ${what}.`
        : `Kept ${paymentRef} unmatched: ${what}. The book has no such customer; it is matched when the customer is imported.`;
    case 'unchanged':
      return `Already recorded: ${paymentRef}, ${what}. Nothing to do.`;
    case 'conflict':
      return `Refused: ${paymentRef} stands in the book with other content: ${what}.`;
  }
}

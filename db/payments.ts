import { toFen, type Fen } from '../domain/fen';
import type { Instant } from '../domain/time';
import { inTransaction, type Db, type Sql, type Tx } from './client';
import { stationNow } from './clock';
import { Prisma } from './generated/client';
import { MATCH_UNMATCHED, PAYMENT_LOCKS } from './import-sql';
import { nudgeCustomer } from './nudges';

export type Payment = Readonly<{
  paymentRef: string;
  /** As it was given; the book may not know such a customer. */
  customerNo: string;
  amountFen: Fen;
  receivedAt: Instant;
  channel: string;
}>;

/** Left out: now by the station's clock. In a repeat it is then not compared, because the first call's now stands. */
export type NewPayment = Omit<Payment, 'receivedAt'> & Readonly<{ receivedAt?: Instant }>;

/** `matched`: the book knows the customer. A payment that is not matched is kept, and waits for its customer. */
export type Recorded = Readonly<{
  kind: 'recorded' | 'unchanged' | 'conflict';
  /** What stands in the book now; for a conflict what stood there before, which is left as it is. */
  payment: Payment & Readonly<{ matched: boolean }>;
}>;

/**
 * Records a payment, and the nudge for the customer's open cycle, in one transaction: whoever reads the debt under the
 * customer's lock either sees it or comes before it (law 2). Safe to repeat by `paymentRef`: the same content is
 * `unchanged`, another one a `conflict`. A dry run tells what would happen and writes nothing.
 *
 * @throws {RangeError} when the amount is not above 0.
 */
export async function recordPayment(
  db: Db,
  payment: NewPayment,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<Recorded> {
  if (payment.amountFen <= 0)
    throw new RangeError(`not an amount to receive: ${payment.amountFen}`);
  return await inTransaction(db, (tx) => recordIn(tx, payment), { dryRun });
}

async function recordIn(tx: Tx, given: NewPayment): Promise<Recorded> {
  await tx.$executeRaw(Prisma.raw(PAYMENT_LOCKS));
  const { paymentRef, customerNo, amountFen, channel } = given;
  const receivedAt = given.receivedAt ?? (await stationNow(tx));
  // Waits before `recorded_at` is taken: it is after every claim that did not see this payment, which law 2 is checked by.
  await tx.$queryRaw`select from customer where customer_no = ${customerNo} for key share`;
  const inserted = await tx.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    values (${paymentRef}, (select customer_no from customer where customer_no = ${customerNo}), ${customerNo},
      ${BigInt(amountFen)}, ${receivedAt}::timestamptz, ${channel})
    on conflict (payment_ref) do nothing`;
  const payment = await paymentOf(tx, paymentRef);
  if (inserted === 0) return { kind: sameAs(given, payment) ? 'unchanged' : 'conflict', payment };
  if (payment.matched) await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
  return { kind: 'recorded', payment };
}

const sameAs = (given: NewPayment, { receivedAt, ...there }: Payment): boolean =>
  given.customerNo === there.customerNo &&
  given.amountFen === there.amountFen &&
  given.channel === there.channel &&
  (given.receivedAt ?? receivedAt) === receivedAt;

type PaymentRow = Omit<Payment, 'amountFen'> & { amountFen: bigint; matched: boolean };

async function paymentOf(sql: Sql, paymentRef: string): Promise<Recorded['payment']> {
  const [row] = await sql.$queryRaw<PaymentRow[]>`
    select payment_ref as "paymentRef", given_customer_no as "customerNo", amount_fen as "amountFen",
      instant_text(received_at) as "receivedAt", channel, customer_no is not null as matched
    from payment where payment_ref = ${paymentRef}`;
  if (row === undefined) throw new RangeError(`payment ${paymentRef} was not recorded`);
  return { ...row, amountFen: toFen(Number(row.amountFen)) };
}

/** Gives unmatched payments to customers that have come since. Safe to repeat. Imports of customers do it themselves. */
export async function matchUnmatched(db: Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ matched: number }[]>(Prisma.raw(MATCH_UNMATCHED));
  return row?.matched ?? 0;
}

/** How many payments have no customer on the book, and the ones that have waited longest. */
export async function listUnmatched(
  db: Sql,
  limit = 20,
): Promise<{ count: number; amountFen: Fen; first: Payment[] }> {
  const [all] = await db.$queryRaw<{ count: number; amountFen: string }[]>`
    select count(*)::int as count, coalesce(sum(amount_fen), 0)::text as "amountFen"
    from payment where customer_no is null`;
  const rows = await db.$queryRaw<Omit<PaymentRow, 'matched'>[]>`
    select payment_ref as "paymentRef", given_customer_no as "customerNo", amount_fen as "amountFen",
      instant_text(received_at) as "receivedAt", channel
    from payment where customer_no is null order by received_at, payment_ref limit ${limit}`;
  const first = rows.map((row) => ({ ...row, amountFen: toFen(Number(row.amountFen)) }));
  return { count: all?.count ?? 0, amountFen: toFen(Number(all?.amountFen ?? 0)), first };
}

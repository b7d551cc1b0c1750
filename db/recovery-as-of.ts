import type { Bill, Payment } from '../domain/allocation';
import { zeroFen } from '../domain/fen';
import { recovery, type RecoveryRates, type RecoverySums } from '../domain/recovery';
import { addSums, recoverySums } from '../domain/recovery-sums';
import { dateOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import { billsOfGroup, paymentsUntil } from './open-book';

export type StationRecovery = RecoverySums & RecoveryRates & Readonly<{ station: string }>;

type Book = Readonly<{ station: string; bills: Bill[]; payments: Payment[] }>;

/** Recovery of a past day, which nothing is kept of: of every station and, last, of all (`*`) as of one instant, by the one rule of allocation. Reads only. */
export async function recoveryByStation(sql: Sql, asOf: Instant): Promise<StationRecovery[]> {
  const books = await sql.$queryRaw<Book[]>`
    select c.station, ${billsOfGroup} as bills, ${paymentsUntil(asOf)} as payments
    from customer c join bill b on b.customer_no = c.customer_no where b.issued_on <= ${dateOf(asOf)}::date
    group by b.customer_no, c.station order by c.station`;
  const totals = new Map<string, RecoverySums>();
  for (const { station, bills, payments } of books) {
    const sums = recoverySums(bills, payments, asOf);
    for (const key of [station, '*']) totals.set(key, addSums(totals.get(key) ?? NONE, sums));
  }
  const all = totals.get('*') ?? NONE;
  totals.delete('*');
  return [...totals, ['*', all] as const].map(([station, sums]) => ({
    station,
    ...sums,
    ...recovery(sums),
  }));
}

const NONE: RecoverySums = {
  receivableFen: zeroFen,
  receivedFen: zeroFen,
  priorReceivableFen: zeroFen,
  priorReceivedFen: zeroFen,
};

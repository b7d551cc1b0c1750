import type { Instant } from '../domain/time';
import type { Db } from './client';
import { freshenStandings } from './standings';
import { within, type Stations } from './within';

/** Law 6 in figures: billed + unused credit = credited + received + outstanding + closed. All in fen. */
export type Ledger = Readonly<{
  billedFen: number;
  /** Bills below zero. */
  creditedFen: number;
  receivedFen: number;
  outstandingFen: number;
  /** Outstanding of bills that were handed over or written off. */
  closedFen: number;
  unusedCreditFen: number;
}>;

/** The book's sums as of now, by station; a payment of a customer who is not on the book is in none of them. */
export async function ledgerByStation(
  db: Db,
  stations: Stations,
  asOf: Instant,
): Promise<(Ledger & Readonly<{ station: string }>)[]> {
  await freshenStandings(db, asOf);
  return db.$queryRaw`
    select c.station, sum(billed_fen)::float8 as "billedFen", sum(credited_fen)::float8 as "creditedFen", sum(paid_fen)::float8 as "receivedFen",
      sum(owed_fen)::float8 as "outstandingFen", sum(closed_fen)::float8 as "closedFen", sum(credit_fen)::float8 as "unusedCreditFen"
    from customer_standing join customer c using (customer_no) where ${within(stations)} group by c.station order by c.station`;
}

/** Whether the sums agree to the fen. */
export const agrees = (sums: Ledger): boolean =>
  sums.billedFen + sums.unusedCreditFen ===
  sums.creditedFen + sums.receivedFen + sums.outstandingFen + sums.closedFen;

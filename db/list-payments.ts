import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within, type Stations } from './within';

export type PaymentRow = Readonly<{
  paymentRef: string;
  /** Null while no such customer is on the book. */
  customerNo: string | null;
  givenCustomerNo: string;
  name: string | null;
  station: string | null;
  amountFen: number;
  receivedAt: Instant;
  channel: string;
}>;

type Wanted = Readonly<{
  /** Not null: without payments of nobody on the book. */
  stations: Stations;
  station: string | null;
  customerNo: string | null;
  /** False: only those of nobody on the book; null: all. */
  matched: boolean | null;
  /** Key of the last row seen: when it was received, and its reference. */
  after: readonly [string, string] | null;
  limit: number;
}>;

/** Payments, the latest first. */
export const listPayments = (
  sql: Sql,
  { stations, station, customerNo, matched, after, limit }: Wanted,
): Promise<PaymentRow[]> => {
  const where = every([
    within(stations),
    is(Prisma.sql`c.station`, station),
    is(Prisma.sql`p.customer_no`, customerNo),
    matched === null ? null : Prisma.sql`(p.customer_no is not null) = ${matched}`,
    after === null
      ? null
      : Prisma.sql`p.received_at <= ${after[0]}::timestamptz and (p.received_at < ${after[0]}::timestamptz or p.payment_ref > ${after[1]})`,
  ]);
  return sql.$queryRaw`
    select p.payment_ref as "paymentRef", p.customer_no as "customerNo", p.given_customer_no as "givenCustomerNo", c.name, c.station,
      p.amount_fen::float8 as "amountFen", instant_text(p.received_at) as "receivedAt", p.channel
    from payment p left join customer c using (customer_no) where ${where}
    order by p.received_at desc, p.payment_ref limit ${limit}`;
};

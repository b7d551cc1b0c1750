import { dateOf, type CivilDate, type Instant } from '../domain/time';
import type { Db } from './client';
import { Prisma } from './generated/client';
import { freshenStandings } from './standings';
import { every, is } from './where';
import { within, type Stations } from './within';

export type BillRow = Readonly<{
  billNo: string;
  customerNo: string;
  name: string;
  station: string;
  period: string;
  /** Below zero: a credit. */
  amountFen: number;
  outstandingFen: number;
  issuedOn: CivilDate;
  dueOn: CivilDate;
  closedAs: string | null;
  disputed: boolean;
}>;

type Wanted = Readonly<{
  stations: Stations;
  asOf: Instant;
  station: string | null;
  customerNo: string | null;
  period: string | null;
  /** Only those that are not paid, handed over or written off. */
  open: boolean;
  overdue: boolean;
  /** Key of the last row seen: its due date and number. */
  after: readonly [string, string] | null;
  limit: number;
}>;

const rows = Prisma.sql`
  select b.bill_no as "billNo", b.customer_no as "customerNo", c.name, c.station, b.period, b.amount_fen::float8 as "amountFen",
    coalesce(s.outstanding_fen, greatest(b.amount_fen, 0))::float8 as "outstandingFen", b.issued_on::text as "issuedOn", b.due_on::text as "dueOn",
    b.closed_as as "closedAs", exists (select from dispute d where d.bill_no = b.bill_no and d.resolved_at is null) as disputed
  from bill b join customer c using (customer_no) left join bill_standing s using (bill_no)`;

/** Bills, those due last first. */
export async function listBills(db: Db, wanted: Wanted): Promise<BillRow[]> {
  const { stations, asOf, station, customerNo, period, open, overdue, after, limit } = wanted;
  await freshenStandings(db, asOf);
  const where = every([
    within(stations),
    is(Prisma.sql`c.station`, station),
    is(Prisma.sql`b.customer_no`, customerNo),
    is(Prisma.sql`b.period`, period),
    open || overdue
      ? Prisma.sql`b.closed_as is null and coalesce(s.outstanding_fen, b.amount_fen) > 0`
      : null,
    overdue ? Prisma.sql`b.due_on < ${dateOf(asOf)}::date` : null,
    after === null ? null : Prisma.sql`(b.due_on, b.bill_no) < (${after[0]}::date, ${after[1]})`,
  ]);
  return db.$queryRaw`${rows} where ${where} order by b.due_on desc, b.bill_no desc limit ${limit}`;
}

/** One bill; null when unknown. */
export async function findBill(db: Db, billNo: string, asOf: Instant): Promise<BillRow | null> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<BillRow[]>`${rows} where b.bill_no = ${billNo}`;
  return row ?? null;
}

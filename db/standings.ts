import { settle, type Bill, type Payment } from '../domain/allocation';
import { sumFen, toFen, type Fen } from '../domain/fen';
import { recoverySums } from '../domain/recovery-sums';
import { dateOf, instantAt, toDate, yearOf, type Instant } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';

/** Customers brought up to date in one transaction. Of 2,000 the bills and payments took a worker 300 MiB while it wrote them (docs/performance.md). */
const BATCH = 250;

/**
 * Brings `customer_standing` and `bill_standing` up to date as of now: whoever got a bill, a payment or a dispute since, and whose day has come. By the one rule
 * of allocation. Two at once share the work and wait for each other's. What commits later is up to date the next time. Safe to repeat.
 */
export async function freshenStandings(db: Db, asOf: Instant): Promise<void> {
  while (await isStale(db, asOf)) await inTransaction(db, (tx) => freshenSome(tx, asOf));
}

async function isStale(sql: Sql, asOf: Instant): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ stale: boolean }[]>`
    select exists (select from standing_stale) or exists (select from customer_standing where changes_at <= ${asOf}::timestamptz) as stale`;
  return row?.stale === true;
}

/** Every standing is out of date: the station's clock was set, which may be back. */
export const forgetStandings = async (sql: Sql): Promise<void> => {
  await sql.$executeRaw`insert into standing_stale (customer_no) select customer_no from customer_standing`;
};

async function freshenSome(tx: Sql, asOf: Instant): Promise<void> {
  const marked = await tx.$queryRaw<{ customerNo: string }[]>`
    with taken as (select customer_no from standing_stale order by id limit ${BATCH} for update),
    gone as (delete from standing_stale where customer_no in (select customer_no from taken))
    select distinct customer_no as "customerNo" from taken`;
  const due = await tx.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from customer_standing where changes_at <= ${asOf}::timestamptz order by customer_no limit ${BATCH} for update`;
  const customerNos = [...new Set([...marked, ...due].map(({ customerNo }) => customerNo))];
  const books = await tx.$queryRaw<Book[]>`
    select c.customer_no as "customerNo",
      (select coalesce(jsonb_agg(jsonb_build_object('billNo', b.bill_no, 'period', b.period, 'issuedOn', b.issued_on, 'dueOn', b.due_on,
          'amountFen', b.amount_fen, 'closedAs', b.closed_as, 'disputed', dispute_days(b.bill_no))), '[]') from bill b where b.customer_no = c.customer_no) as bills,
      (select coalesce(jsonb_agg(jsonb_build_object('receivedAt', instant_text(p.received_at), 'amountFen', p.amount_fen)), '[]')
        from payment p where p.customer_no = c.customer_no) as payments
    from customer c where c.customer_no = any(${customerNos})`;
  const standings = books.map((book) => standingOf(book, asOf));
  await writeCustomers(
    tx,
    standings.map(({ customer }) => customer),
    asOf,
  );
  await writeBills(
    tx,
    standings.flatMap(({ bills }) => bills),
  );
}

type BookBill = Bill & Readonly<{ closedAs: string | null }>;
type Book = Readonly<{ customerNo: string; bills: BookBill[]; payments: Payment[] }>;

/** As a customer's page shows it: bills issued and payments received by now. */
function standingOf({ customerNo, bills, payments }: Book, asOf: Instant) {
  const today = dateOf(asOf);
  const issued = bills.filter(({ issuedOn }) => issuedOn <= today);
  const received = payments.filter(({ receivedAt }) => receivedAt <= asOf);
  const closed = new Set(
    issued.filter(({ closedAs }) => closedAs !== null).map(({ billNo }) => billNo),
  );
  const settled = settle(issued, received, asOf);
  const open = settled.bills.filter(({ billNo }) => !closed.has(billNo));
  const outstanding = (rows: typeof open): Fen =>
    sumFen(rows.map(({ outstandingFen }) => outstandingFen));
  const amounts = issued.map(({ amountFen }) => amountFen);
  return {
    customer: {
      customerNo,
      owedFen: outstanding(open),
      creditFen: settled.creditFen,
      billedFen: sumFen(amounts.filter((fen) => fen > 0)),
      creditedFen: toFen(0 - sumFen(amounts.filter((fen) => fen < 0))),
      paidFen: sumFen(received.map(({ amountFen }) => amountFen)),
      closedFen: outstanding(settled.bills.filter(({ billNo }) => closed.has(billNo))),
      oldestDueOn:
        open.flatMap((bill) => (bill.outstandingFen > 0 ? bill.dueOn : [])).sort()[0] ?? null,
      ...recoverySums(issued, received, asOf),
      changesAt: nextChange(bills, payments, asOf),
    },
    bills: settled.bills.map(({ billNo, period, amountFen, outstandingFen, paid }) => {
      return { billNo, period, amountFen, outstandingFen, paid };
    }),
  };
}

function nextChange(bills: readonly Bill[], payments: readonly Payment[], asOf: Instant): Instant {
  const newYear = instantAt(toDate(`${yearOf(dateOf(asOf)) + 1}-01-01`));
  const issues = bills.map(({ issuedOn }) => instantAt(issuedOn));
  const receipts = payments.map(({ receivedAt }) => receivedAt);
  const toCome = [newYear, ...issues, ...receipts].filter((at) => at > asOf).sort();
  return toCome[0] ?? newYear;
}

const writeCustomers = (tx: Sql, rows: readonly object[], asOf: Instant): Promise<number> =>
  tx.$executeRaw`
    insert into customer_standing (customer_no, owed_fen, credit_fen, billed_fen, credited_fen, paid_fen, closed_fen, oldest_due_on,
      receivable_fen, received_fen, prior_receivable_fen, prior_received_fen, as_of, changes_at)
    select "customerNo", "owedFen", "creditFen", "billedFen", "creditedFen", "paidFen", "closedFen", "oldestDueOn",
      "receivableFen", "receivedFen", "priorReceivableFen", "priorReceivedFen", ${asOf}::timestamptz, "changesAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("customerNo" text, "owedFen" bigint, "creditFen" bigint,
      "billedFen" bigint, "creditedFen" bigint, "paidFen" bigint, "closedFen" bigint, "oldestDueOn" date, "receivableFen" bigint,
      "receivedFen" bigint, "priorReceivableFen" bigint, "priorReceivedFen" bigint, "changesAt" timestamptz)
    order by 1
    on conflict (customer_no) do update set owed_fen = excluded.owed_fen, credit_fen = excluded.credit_fen,
      billed_fen = excluded.billed_fen, credited_fen = excluded.credited_fen, paid_fen = excluded.paid_fen,
      closed_fen = excluded.closed_fen, oldest_due_on = excluded.oldest_due_on, receivable_fen = excluded.receivable_fen,
      received_fen = excluded.received_fen, prior_receivable_fen = excluded.prior_receivable_fen,
      prior_received_fen = excluded.prior_received_fen, as_of = excluded.as_of, changes_at = excluded.changes_at`;

const writeBills = (tx: Sql, rows: readonly object[]): Promise<number> =>
  tx.$executeRaw`
    insert into bill_standing (bill_no, period, amount_fen, outstanding_fen, paid)
    select "billNo", period, "amountFen", "outstandingFen", paid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("billNo" text, period text, "amountFen" bigint,
      "outstandingFen" bigint, paid jsonb)
    order by 1
    on conflict (bill_no) do update set outstanding_fen = excluded.outstanding_fen, paid = excluded.paid
    where bill_standing.outstanding_fen <> excluded.outstanding_fen or bill_standing.paid <> excluded.paid`;

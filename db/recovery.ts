import { zeroFen, type Fen } from '../domain/fen';
import { recovery, type RecoveryRates, type RecoverySums } from '../domain/recovery';
import { addSums } from '../domain/recovery-sums';
import { dateOf, type CivilDate, type Instant, type Period } from '../domain/time';
import type { Db } from './client';
import { Prisma } from './generated/client';
import { freshenStandings } from './standings';
import { within, type Stations } from './within';

const NONE: RecoverySums = {
  receivableFen: zeroFen,
  receivedFen: zeroFen,
  priorReceivableFen: zeroFen,
  priorReceivedFen: zeroFen,
};

/** By what recovery is told apart. */
export const DIMENSIONS = ['station', 'level', 'category', 'collector'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** `key` null: who has none of it, such as no collector. */
export type RecoveryRow = RecoverySums & RecoveryRates & Readonly<{ key: string | null }>;

const KEY: Readonly<Record<Dimension, Prisma.Sql>> = {
  station: Prisma.sql`c.station`,
  level: Prisma.sql`c.latest_level::text`,
  category: Prisma.sql`c.category`,
  collector: Prisma.sql`c.collector`,
};
const SUMS = Prisma.sql`sum(receivable_fen)::float8 as "receivableFen", sum(received_fen)::float8 as "receivedFen",
  sum(prior_receivable_fen)::float8 as "priorReceivableFen", sum(prior_received_fen)::float8 as "priorReceivedFen"`;

/** Recovery as of now by one dimension, and of all of it; only of customers who were ever billed. */
export async function recoveryBy(
  db: Db,
  {
    dimension,
    stations,
    asOf,
  }: Readonly<{ dimension: Dimension; stations: Stations; asOf: Instant }>,
): Promise<{ total: RecoverySums & RecoveryRates; rows: RecoveryRow[] }> {
  await freshenStandings(db, asOf);
  const rows = await db.$queryRaw<(RecoverySums & { key: string | null })[]>`
    select ${KEY[dimension]} as key, ${SUMS}
    from customer_standing join customer c using (customer_no) where ${within(stations)} group by 1 order by 1`;
  const total = rows.reduce<RecoverySums>(addSums, NONE);
  return {
    total: { ...total, ...recovery(total) },
    rows: rows.map((sums) => ({ ...sums, ...recovery(sums) })),
  };
}

/** `day`: since the first of the period's bills was issued. `receivedFen`: of the period's bills until the end of that day. */
export type Curve = Readonly<{
  period: Period;
  issuedOn: CivilDate;
  billedFen: Fen;
  receivedFen: Fen;
  days: readonly Readonly<{ day: number; on: CivilDate; receivedFen: Fen }>[];
}>;

/** What came in of each period's bills, day by day, as of now: the latest `periods` up to the one named, that one first. */
export async function recoveryCurves(
  db: Db,
  {
    period,
    periods,
    stations,
    asOf,
  }: Readonly<{ period: Period; periods: number; stations: Stations; asOf: Instant }>,
): Promise<Curve[]> {
  await freshenStandings(db, asOf);
  return db.$queryRaw`
    with wanted as (select array(select distinct period from bill_standing where period <= ${period} order by period desc limit ${periods}) as periods),
    mine as materialized (
      select s.period, s.amount_fen, s.outstanding_fen, s.paid, b.issued_on
      from bill_standing s join bill b using (bill_no) join customer c using (customer_no)
      where s.period = any((select periods from wanted)::bpchar[]) and ${within(stations)}),
    began as (select period, min(issued_on) as first, sum(amount_fen) as billed, sum(amount_fen - outstanding_fen) as received from mine group by period),
    paid as materialized (
      select period, part."on", sum(part."amountFen") as fen
      from mine cross join jsonb_to_recordset(paid) as part ("on" date, "amountFen" bigint) group by 1, 2),
    daily as (select period, greatest("on", first) as "on", sum(fen) as fen from paid join began using (period) group by 1, 2),
    running as materialized (select period, "on", sum(fen) over (partition by period order by "on") as fen from daily)
    select period, first::text as "issuedOn", billed::float8 as "billedFen", received::float8 as "receivedFen",
      coalesce((select jsonb_agg(jsonb_build_object('day', "on" - first, 'on', "on", 'receivedFen', fen) order by "on")
        from running where running.period = began.period and "on" <= ${dateOf(asOf)}::date), '[]') as days
    from began order by period desc`;
}

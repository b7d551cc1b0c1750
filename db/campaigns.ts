import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';

/** The page of a station's customers after one number, in order of number. */
export async function customersAfter(
  sql: Sql,
  { station, after, size }: Readonly<{ station: string; after: string; size: number }>,
): Promise<string[]> {
  const rows = await sql.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from customer where station = ${station} and customer_no > ${after}
    order by customer_no limit ${size}`;
  return rows.map(({ customerNo }) => customerNo);
}

/** Puts the campaign on file. Safe to repeat: the first opening stands. */
export async function noteCampaign(
  sql: Sql,
  row: Readonly<{
    station: string;
    period: Period;
    asOf: Instant;
    policyId: string;
    openedBy: string;
  }>,
): Promise<void> {
  await sql.$executeRaw`
    insert into campaign (station, period, as_of, policy_id, opened_by)
    values (${row.station}, ${row.period}, ${row.asOf}::timestamptz, ${row.policyId}, ${row.openedBy}) on conflict do nothing`;
}

/** Marks the campaign as through. Safe to repeat. */
export async function closeCampaign(
  sql: Sql,
  { station, period }: Readonly<{ station: string; period: Period }>,
): Promise<void> {
  await sql.$executeRaw`
    update campaign set finished_at = clock_timestamp() where station = ${station} and period = ${period} and finished_at is null`;
}

/** All stations on the book, in order. */
export async function stations(sql: Sql): Promise<string[]> {
  const rows = await sql.$queryRaw<
    { station: string }[]
  >`select distinct station from customer order by station`;
  return rows.map(({ station }) => station);
}

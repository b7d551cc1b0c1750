import { deviceId } from '../domain/run-ids';
import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';

/** What the database lacks of what a run saw. */
export type Lack = Readonly<{
  customer: boolean;
  cycle: 'none' | 'open' | 'ended';
  /** Messages that it does not know, and those that it believes open and the run saw settled. */
  messages: readonly string[];
  unsettled: readonly string[];
  orders: readonly string[];
}>;

/** Compares one month with the ids that its runs name. Reads only. */
export async function lackOf(
  sql: Sql,
  month: Readonly<{ customerNo: string; period: Period }>,
  ids: Readonly<{
    messages: readonly string[];
    settled: readonly string[];
    orders: readonly string[];
  }>,
): Promise<Lack> {
  const [row] = await sql.$queryRaw<Lack[]>`
    select exists (select from customer where customer_no = ${month.customerNo}) as customer,
      coalesce((select case when outcome is null then 'open' else 'ended' end from cycle
        where customer_no = ${month.customerNo} and period = ${month.period}), 'none') as cycle,
      array(select id from unnest(${[...ids.messages]}::text[]) id where id::uuid not in (select m.id from message m
        where m.customer_no = ${month.customerNo})) as messages,
      array(select m.id::text from message m where m.id::text = any(${[...ids.settled]}) and m.status in ('sending', 'waiting')) as unsettled,
      array(select id from unnest(${[...ids.orders]}::text[]) id where id not in (select c.id from command c
        where c.customer_no = ${month.customerNo})) as orders`;
  if (row === undefined) throw new RangeError('a select of scalars gave no row');
  return row;
}

/** What of a step is on record, and what it asked for then by the payments received until it. */
export async function stepOnRecord(
  sql: Sql,
  {
    customerNo,
    billNos,
    stepKey,
    at,
  }: Readonly<{ customerNo: string; billNos: readonly string[]; stepKey: string; at: Instant }>,
): Promise<{ bills: string[]; done: string[]; intents: string[]; owedFen: number }> {
  const [row] = await sql.$queryRaw<
    { bills: string[]; done: string[]; intents: string[]; owedFen: number }[]
  >`
    select array(select bill_no from bill where bill_no = any(${[...billNos]}) and customer_no = ${customerNo} order by 1) as bills,
      array(select bill_no from step where step_key = ${stepKey} and bill_no = any(${[...billNos]}) and status <> 'deferred') as done,
      array(select bill_no || '/' || channel from intent where step_key = ${stepKey} and bill_no = any(${[...billNos]})) as intents,
      ((select coalesce(sum(amount_fen), 0) from bill where customer_no = ${customerNo}
          and issued_on <= (${at}::timestamptz at time zone 'Asia/Shanghai')::date)
        - (select coalesce(sum(amount_fen), 0) from payment where customer_no = ${customerNo}
          and received_at <= ${at}::timestamptz))::float8 as "owedFen"`;
  if (row === undefined) throw new RangeError('a select of scalars gave no row');
  return row;
}

/** Says of messages that were written back when they were claimed, by the engine's clock, and that their text is lost. */
export async function dateRecalled(tx: Sql, ids: readonly string[], wallAt: string): Promise<void> {
  await tx.$executeRaw`
    update message set claimed_at = ${wallAt}::timestamptz, detail = 'written back from the engine''s history; its text is lost'
    where id::text = any(${[...ids]})`;
}

/** What the database wants to have a run: open months, open proposals, and campaigns that were begun and not finished. */
export type Wanted = Readonly<{
  /** `starting`: of a campaign that is not through, so its run may still be on its way. */
  months: readonly Readonly<{ customerNo: string; period: Period; starting: boolean }>[];
  /** Customers; not those whose run is about to be started. */
  proposals: readonly string[];
  campaigns: readonly Readonly<{ station: string; period: Period; openedBy: string }>[];
}>;

/** Reads only. */
export async function wanted(sql: Sql): Promise<Wanted> {
  const [row] = await sql.$queryRaw<Wanted[]>`
    select (select coalesce(jsonb_agg(jsonb_build_object('customerNo', y.customer_no, 'period', y.period,
          'starting', g.station is not null) order by y.customer_no), '[]')
        from cycle y left join campaign g on g.station = y.station and g.period = y.period and g.finished_at is null
        where y.outcome is null) as months,
      array(select customer_no from device_case where closed_at is null
        and not exists (select from nudge where workflow_id = ${deviceId('')} || customer_no) order by 1) as proposals,
      (select coalesce(jsonb_agg(jsonb_build_object('station', station, 'period', period, 'openedBy', opened_by)), '[]')
        from campaign where finished_at is null) as campaigns`;
  if (row === undefined) throw new RangeError('a select of scalars gave no row');
  return row;
}

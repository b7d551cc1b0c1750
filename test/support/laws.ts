import type { Sql } from '../../db/client';
import { Prisma } from '../../db/generated/client';
import type { Taken } from './crowd';

/** What one law was checked on, and each thing that breaks it. */
export type Verdict = Readonly<{ checked: number; broken: readonly string[] }>;
export type Verdicts = Readonly<
  Record<'law1' | 'law2' | 'law3' | 'law4' | 'law5' | 'law6', Verdict>
>;

/**
 * Holds the whole database, and what it is told, against the laws of design 9. With SQL of its own: no rule here comes from the product.
 * Fit for books without disputes and without bills in other hands.
 */
export async function checkLaws(sql: Sql, { taken, balances }: Told): Promise<Verdicts> {
  return {
    law1: await judge(sql, law1(taken)),
    law2: await judge(sql, LAW_2),
    law3: await judge(sql, LAW_3),
    law4: await judge(sql, LAW_4),
    law5: await judge(sql, LAW_5),
    law6: await judge(sql, law6(balances)),
  };
}

/** What the providers took, and the balances that the product reports. */
type Told = Readonly<{
  taken: readonly Taken[];
  balances: readonly Readonly<{ customerNo: string; balanceFen: number }>[];
}>;

async function judge(sql: Sql, cases: Prisma.Sql): Promise<Verdict> {
  const rows = await sql.$queryRaw<{ what: string; holds: boolean }[]>(cases);
  return {
    checked: rows.length,
    broken: rows.filter(({ holds }) => !holds).map(({ what }) => what),
  };
}

/**
 * Each rung and channel has one intent and one message, which belong together; and nobody was given more messages than were recorded as
 * taken or maybe taken, nor fewer than were recorded as taken.
 */
const law1 = (taken: Told['taken']): Prisma.Sql => Prisma.sql`
      select 'intent ' || bill_no || ' ' || step_key || ' ' || channel as what, count(*) = 1 as holds
      from intent group by bill_no, step_key, channel
      union all
      select 'messages ' || customer_no || ' ' || step_key || ' ' || channel || ' ' || bills, count(*) = 1 and bills <> ''
      from (select m.*, (select coalesce(string_agg(i.bill_no, ' ' order by i.bill_no), '') from intent i
          where i.message_id = m.id and i.step_key = m.step_key and i.channel = m.channel) as bills from message m) m
      group by customer_no, period, step_key, channel, bills
      union all
      select 'handed to ' || address || ': ' || coalesce(given, 0) || ' of ' || coalesce(sure, 0) || ' to ' || coalesce(most, 0),
        coalesce(given, 0) between coalesce(sure, 0) and coalesce(most, 0)
      from (select channel, address, count(*) as given
          from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as row (channel text, address text) group by 1, 2) fake
        full join (select channel, address, count(*) filter (where status = 'accepted') as sure,
          count(*) filter (where status in ('accepted', 'unknown', 'sending')) as most from message group by 1, 2) own using (channel, address)`;

/** `recorded_at` has milliseconds, so it may be half of one late. */
const COMMITTED = Prisma.sql`p.recorded_at + interval '1 millisecond' <= m.claimed_at`;

/** At the claim of each message of a customer who has ever paid, something was owed. */
const LAW_2 = Prisma.sql`
  select 'message ' || m.id || ' to ' || m.customer_no as what,
    (select coalesce(sum(b.amount_fen), 0) from bill b where b.customer_no = m.customer_no and b.recorded_at <= m.claimed_at)
    > (select coalesce(sum(p.amount_fen), 0) from payment p where p.customer_no = m.customer_no and ${COMMITTED}) as holds
  from message m where exists (select from payment p where p.customer_no = m.customer_no)`;

/** Holds as spans of the station's time, with the customer that each concerns. */
const HELD = Prisma.sql`
  held as (
    select c.customer_no, tstzrange(h.from_at, least(h.released_at, h.until_at)) as span
    from hold h join customer c on case h.scope when 'everything' then true when 'station' then c.station = h.ref
      when 'customer' then c.customer_no = h.ref else c.customer_no = (select customer_no from bill b where b.bill_no = h.ref) end)`;

/** No step of a customer was taken while a hold over it was in force. */
const LAW_3 = Prisma.sql`
  with ${HELD}
  select 'step ' || s.bill_no || ' ' || s.step_key || ' at ' || s.at as what,
    not exists (select from held where held.customer_no = s.customer_no and span @> s.at) as holds
  from step s where s.status = 'done' and s.customer_no in (select customer_no from held)`;

const ISSUED = Prisma.sql`bill.issued_on::timestamp at time zone 'Asia/Shanghai'`;

/** For how long holds stood over a customer from the issue of `bill` until then, which a fault may put before it; two at the same time stand once. */
const stood = (customer: Prisma.Sql, until: Prisma.Sql): Prisma.Sql => Prisma.sql`
  coalesce((select sum(upper(span) - lower(span)) from unnest(
      (select range_agg(span) from held where held.customer_no = ${customer})
      * tstzmultirange(tstzrange(${ISSUED}, greatest(${until}, ${ISSUED})))) span), interval '0')`;

/** The first instant of a rung's day by the policy. */
const DAY = Prisma.sql`
  ((case r.anchor when 'issue' then bill.issued_on else bill.due_on end) + r.day)::timestamp at time zone 'Asia/Shanghai'`;

/**
 * A step came no earlier than its day, counted without the time that holds stood over the customer; every mandatory notice before it in the
 * ladder of the level at that time had been done; and it came at least the shortest gap, in days, after the step before it. Nor was a rung
 * left out: of who owes the whole bill, each has been done, merged or found too late two days after its day, by the last step of the station.
 */
const LAW_4 = Prisma.sql`
  with ${HELD},
  rung as (
    select p.id as policy_id, ladder.key::int as level, r.ord, r.rung ->> 'key' as key, r.rung ->> 'anchor' as anchor,
      (r.rung ->> 'day')::int as day, (r.rung ->> 'mandatory')::boolean as mandatory, (p.body ->> 'shortestGapDays')::int as gap
    from policy p, jsonb_each(p.body -> 'ladders') ladder, jsonb_array_elements(ladder.value) with ordinality as r (rung, ord)
    where p.kind = 'ladder' and r.rung ->> 'kind' <> 'levelRise'),
  taken as (
    select s.bill_no, s.step_key, s.at, r.*, s.at - ${stood(Prisma.sql`s.customer_no`, Prisma.sql`s.at`)} as policy_at,
      ${DAY} as earliest, lag(s.at) over (partition by s.bill_no order by s.at) as before
    from step s join bill using (bill_no) join cycle y on y.customer_no = s.customer_no and y.period = s.period
      join rung r on r.policy_id = y.policy_id and r.key = s.step_key and r.level =
        (select g.level from grade g where g.customer_no = s.customer_no and g.as_of <= s.at order by g.id desc limit 1)
    where s.status = 'done'),
  reached as (select customer.station, max(at) as at from step join customer using (customer_no) group by 1)
  select 'rung ' || bill_no || ' ' || step_key || ' at ' || at || ', earliest ' || earliest || ', before ' || coalesce(before::text, 'none') as what,
    policy_at >= earliest
    and (before is null or (at at time zone 'Asia/Shanghai')::date - (before at time zone 'Asia/Shanghai')::date >= gap)
    and not exists (select from rung m where m.policy_id = taken.policy_id and m.level = taken.level and m.mandatory and m.ord < taken.ord
      and not exists (select from step d where d.bill_no = taken.bill_no and d.step_key = m.key and d.status = 'done' and d.at <= taken.at)) as holds
  from taken
  union all
  select 'left out ' || bill_no || ' ' || r.key || ' by ' || reached.at,
    exists (select from step s where s.bill_no = bill.bill_no and s.step_key = r.key and s.status <> 'deferred')
  from cycle y join bill using (customer_no, period) join reached using (station) join rung r using (policy_id, level)
  where y.outcome is null and bill.amount_fen > 0 and not exists (select from payment p where p.customer_no = y.customer_no)
    and ${DAY} + interval '2 days' <= reached.at - ${stood(Prisma.sql`y.customer_no`, Prisma.sql`reached.at`)}`;

/**
 * Who owed something when the page of the campaign was opened that has the customer, by the payments on record then, has one cycle of the
 * month, and it is the only open one; who owed nothing has none. Of who has none, the next one's cycle tells when the page was: pages go by
 * number, and are later one by one.
 */
const LAW_5 = Prisma.sql`
  with page as (
    select g.period, c.customer_no,
      coalesce(y.opened_at, next.opened_at, g.as_of + (g.finished_at - g.started_at)) as at,
      coalesce(y.recorded_at, next.recorded_at, g.finished_at) as seen_at
    from campaign g join customer c using (station)
      left join cycle y on y.customer_no = c.customer_no and y.period = g.period
      left join lateral (select z.opened_at, z.recorded_at from cycle z
        where z.station = g.station and z.period = g.period and z.customer_no > c.customer_no
        order by z.customer_no limit 1) next on true),
  owed as (
    select period, customer_no,
      (select coalesce(sum(b.amount_fen), 0) from bill b
        where b.customer_no = page.customer_no and b.issued_on <= (page.at at time zone 'Asia/Shanghai')::date)
      - (select coalesce(sum(p.amount_fen), 0) from payment p
        where p.customer_no = page.customer_no and p.received_at <= page.at and p.recorded_at <= page.seen_at) as fen
    from page)
  select 'cycles ' || o.customer_no || '/' || o.period || ': ' || mine.count || ', open ' || mine.open as what,
    mine.count = case when o.fen > 0 then 1 else 0 end and mine.open <= 1 and mine.all_open <= 1 as holds
  from owed o cross join lateral (
    select count(*) filter (where y.period = o.period) as count,
      count(*) filter (where y.period = o.period and y.outcome is null) as open,
      count(*) filter (where y.outcome is null) as all_open
    from cycle y where y.customer_no = o.customer_no) mine`;

/**
 * By FIFO over due dates: billed + credited = received + outstanding, for each customer, as reported, and in total; a cycle that says
 * `paid` leaves nothing outstanding of its month or before; and a message asks for what was outstanding at its claim.
 */
const law6 = (balances: Told['balances']): Prisma.Sql => Prisma.sql`
  with due as (
    select *, sum(amount_fen) over (partition by customer_no order by due_on, issued_on, bill_no) as to_here
    from bill where amount_fen > 0),
  money as (
    select c.customer_no,
      (select coalesce(sum(amount_fen), 0) from bill b where b.customer_no = c.customer_no) as billed,
      (select coalesce(sum(amount_fen), 0) from payment p where p.customer_no = c.customer_no) as received,
      (select coalesce(sum(amount_fen), 0) from payment p where p.customer_no = c.customer_no)
        - (select coalesce(sum(amount_fen), 0) from bill b where b.customer_no = c.customer_no and b.amount_fen < 0) as means
    from customer c),
  settled as (
    select due.customer_no, period, least(amount_fen, greatest(0, to_here - means)) as outstanding from due join money using (customer_no)),
  sums as (
    select m.*, coalesce((select sum(outstanding) from settled s where s.customer_no = m.customer_no), 0) as outstanding,
      greatest(0, means - coalesce((select sum(amount_fen) from due where due.customer_no = m.customer_no), 0)) as credited
    from money m)
  select 'account ' || customer_no as what, billed + credited = received + outstanding
    and outstanding - credited is not distinct from reported."balanceFen" as holds
  from sums left join jsonb_to_recordset(${JSON.stringify(balances)}::jsonb) as reported ("customerNo" text, "balanceFen" bigint)
    on reported."customerNo" = customer_no
  union all
  select 'total', sum(billed) + sum(credited) = (select coalesce(sum(amount_fen), 0) from payment where customer_no is not null) + sum(outstanding)
  from sums having count(*) > 0
  union all
  select 'paid ' || y.customer_no || '/' || y.period, not exists
    (select from settled s where s.customer_no = y.customer_no and s.period <= y.period and s.outstanding > 0)
  from cycle y where y.outcome = 'paid'
  union all
  select 'asked ' || m.id || ' of ' || m.customer_no, m.owed_fen =
    (select coalesce(sum(b.amount_fen), 0) from bill b where b.customer_no = m.customer_no and b.recorded_at <= m.claimed_at)
    - (select coalesce(sum(p.amount_fen), 0) from payment p where p.customer_no = m.customer_no and ${COMMITTED})
  from message m`;

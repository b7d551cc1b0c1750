import type { Sql } from '../../db/client';
import { Prisma } from '../../db/generated/client';
import type { Taken } from './crowd';

/** What one law was checked on, and each thing that breaks it. */
export type Verdict = Readonly<{ checked: number; broken: readonly string[] }>;
export type Verdicts = Readonly<Record<'law1' | 'law2' | 'law5' | 'law6', Verdict>>;

/**
 * Holds the whole database, and what it is told, against the laws of design 9. With SQL of its own: no rule here comes from the product.
 * Fit for books without disputes and without bills in other hands.
 */
export async function checkLaws(sql: Sql, { taken, balances }: Told): Promise<Verdicts> {
  return {
    law1: await judge(sql, law1(taken)),
    law2: await judge(sql, LAW_2),
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

/** Who owed something when the campaign was opened has one cycle of the month, and it is the only open one; who owed nothing has none. */
const LAW_5 = Prisma.sql`
  with owed as (
    select g.period, c.customer_no,
      (select coalesce(sum(b.amount_fen), 0) from bill b
        where b.customer_no = c.customer_no and b.issued_on <= (g.as_of at time zone 'Asia/Shanghai')::date)
      - (select coalesce(sum(p.amount_fen), 0) from payment p
        where p.customer_no = c.customer_no and p.received_at <= g.as_of) as fen
    from campaign g join customer c using (station))
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

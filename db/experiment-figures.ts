import type { Arm } from '../domain/experiment';
import type { Instant } from '../domain/time';
import type { Db } from './client';
import costs from './policies/costs-v1.json';
import { freshenStandings } from './standings';
import { among, type Stations } from './within';
import { Prisma } from './generated/client';

/** One side of an experiment, of the months opened in it. Money in fen. */
export type ArmFigures = Readonly<{
  arm: Arm;
  customers: number;
  months: number;
  /** Months by how they ended; `open` while they run. */
  outcomes: Readonly<Record<string, number>>;
  /** Months that were moved to another version since: they blur the figures. */
  moved: number;
  /** Of the bills of those months. */
  billedFen: number;
  receivedFen: number;
  /** From a paid bill's issue to its last fen; null: none is paid. */
  medianDaysToPayment: number | null;
  sms: number;
  email: number;
  tasks: number;
  /** By costs-v1: round figures to compare by. */
  costFen: number;
  /** What had come in of the billed, so many days after the month was opened; 0 days: what came in before, too. */
  curve: readonly Readonly<{ day: number; receivedFen: number }>[];
}>;

/** Both sides beside each other, as of now, of those stations; a side without months is left out. Reads only, but for freshening. */
export async function experimentFigures(
  db: Db,
  { id, stations, asOf }: Readonly<{ id: string; stations: Stations; asOf: Instant }>,
): Promise<ArmFigures[]> {
  await freshenStandings(db, asOf);
  const { fen, smsParts } = costs.body;
  return db.$queryRaw`
    with mine as (
      select y.customer_no, y.period, y.arm, y.outcome, (y.opened_at at time zone 'Asia/Shanghai')::date as opened_on,
        exists (select from cycle_migration m where m.customer_no = y.customer_no and m.period = y.period) as moved
      from cycle y where y.experiment_id = ${id} and ${among(Prisma.sql`y.station`, stations)}),
    bills as (
      select m.arm, m.opened_on, b.issued_on, s.amount_fen, s.outstanding_fen, s.paid
      from mine m join bill b using (customer_no, period) join bill_standing s using (bill_no)),
    parts as (
      select arm, greatest(0, (part ->> 'on')::date - opened_on) as day, (part ->> 'amountFen')::bigint as fen
      from bills, jsonb_array_elements(paid) part),
    daily as (select arm, day, sum(sum(fen)) over (partition by arm order by day) as fen from parts group by arm, day),
    settled as (
      select arm, (select max((part ->> 'on')::date) from jsonb_array_elements(paid) part) - issued_on as took
      from bills where outstanding_fen = 0 and jsonb_array_length(paid) > 0),
    sent as (
      select m.arm, g.channel, case when g.channel = 'sms' then coalesce((${JSON.stringify(smsParts)}::jsonb ->> (
          select s.kind from step s where s.customer_no = g.customer_no and s.period = g.period and s.step_key = g.step_key limit 1))::int, 1)
          * ${fen.sms}::int else ${fen.email}::int end as fen
      from mine m join message g using (customer_no, period) where g.status <> 'dropped'),
    given as (
      select m.arm, coalesce((${JSON.stringify(fen)}::jsonb ->> t.kind)::int, 0) as fen
      from mine m join task t using (customer_no, period) where t.kind not like 'device%')
    select arm, count(distinct customer_no)::int as customers, count(*)::int as months,
      count(*) filter (where moved)::int as moved,
      (select jsonb_object_agg(o.outcome, o.n) from (select coalesce(x.outcome, 'open') as outcome, count(*) as n
        from mine x where x.arm = mine.arm group by 1) o) as outcomes,
      (select coalesce(sum(amount_fen), 0)::float8 from bills b where b.arm = mine.arm) as "billedFen",
      (select coalesce(sum(amount_fen - outstanding_fen), 0)::float8 from bills b where b.arm = mine.arm) as "receivedFen",
      (select percentile_disc(0.5) within group (order by took) from settled s where s.arm = mine.arm)::int as "medianDaysToPayment",
      (select count(*)::int from sent s where s.arm = mine.arm and s.channel = 'sms') as sms,
      (select count(*)::int from sent s where s.arm = mine.arm and s.channel = 'email') as email,
      (select count(*)::int from given g where g.arm = mine.arm) as tasks,
      ((select coalesce(sum(fen), 0) from sent s where s.arm = mine.arm)
        + (select coalesce(sum(fen), 0) from given g where g.arm = mine.arm))::float8 as "costFen",
      (select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'receivedFen', d.fen) order by d.day), '[]')
        from daily d where d.arm = mine.arm) as curve
    from mine group by arm order by arm`;
}

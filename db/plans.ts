import { nextStep } from '../domain/ladder';
import type { Plan } from '../domain/plan';
import { plusMs, type Instant, type Period } from '../domain/time';
import type { Db, Sql } from './client';
import { loadAccounts } from './facts';
import { Prisma } from './generated/client';
import type { RuleBook } from './rules';
import { within, type Stations } from './within';

/** A plan is looked at again after this time: tomorrow's workload may be so old. */
const KEEP_MS = 60 * 60 * 1000;
const BATCH = 200;

/**
 * Brings up to date what the ladder will do next for some open months, by the same rule that does it: those never looked at, and those last
 * looked at an hour ago. Nothing decides by these rows. Safe to repeat, and for two at once. @returns whether there may be more.
 */
export async function refreshPlans(db: Db, book: RuleBook, asOf: Instant): Promise<boolean> {
  const due = await db.$queryRaw<{ customerNo: string; period: Period }[]>`
    select y.customer_no as "customerNo", y.period from cycle y left join planned_step p using (customer_no)
    where y.outcome is null and (p.as_of is null or p.as_of <= ${plusMs(asOf, -KEEP_MS)}::timestamptz or p.as_of > ${asOf}::timestamptz)
    order by y.customer_no limit ${BATCH}`;
  const periods = [...new Set(due.map(({ period }) => period))];
  for (const period of periods) {
    const nos = due.filter((one) => one.period === period).map(({ customerNo }) => customerNo);
    await writePlans(db, await plansOf(db, book, { nos, period, asOf }), asOf);
  }
  await db.$executeRaw`
    delete from planned_step p where not exists (select from cycle y where y.customer_no = p.customer_no and y.outcome is null)`;
  return due.length === BATCH;
}

type PlanRow = Readonly<{
  customerNo: string;
  at: Instant | null;
  kind: string;
  channels: readonly string[];
  tasks: readonly string[];
}>;

async function plansOf(
  sql: Sql,
  book: RuleBook,
  { nos, period, asOf }: Readonly<{ nos: readonly string[]; period: Period; asOf: Instant }>,
): Promise<PlanRow[]> {
  const rows: PlanRow[] = [];
  for (const { facts, policyId } of await loadAccounts(sql, nos, period, asOf)) {
    if (policyId === null) continue;
    const plan = nextStep(facts, await book.rules(policyId), asOf);
    rows.push({ customerNo: facts.customerNo, ...told(plan) });
  }
  return rows;
}

const told = (plan: Plan): Omit<PlanRow, 'customerNo'> =>
  plan.do === 'contact'
    ? { at: plan.at, kind: plan.kind, channels: plan.channels, tasks: plan.tasks }
    : { at: plan.at, kind: plan.do, channels: [], tasks: [] };

const writePlans = (sql: Sql, rows: readonly PlanRow[], asOf: Instant): Promise<number> =>
  sql.$executeRaw`
    insert into planned_step (customer_no, at, kind, channels, tasks, as_of)
    select "customerNo", at, kind, array(select jsonb_array_elements_text(channels)), array(select jsonb_array_elements_text(tasks)), ${asOf}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("customerNo" text, at timestamptz, kind text, channels jsonb, tasks jsonb)
    order by 1
    on conflict (customer_no) do update set at = excluded.at, kind = excluded.kind, channels = excluded.channels, tasks = excluded.tasks, as_of = excluded.as_of`;

/** What a day brings to one collector: work that exists (`due`) and work that the ladder will give out if nothing changes (`toCome`). */
export type Workload = Readonly<{
  station: string;
  collector: string | null;
  kind: string;
  /** Open tasks that are due by the end of the day, also those of days before. */
  due: number;
  /** Steps of that day: tasks by their kind, messages by their channel. */
  toCome: number;
}>;

/**
 * The work of a day by station, collector and kind, and when the oldest of the plans that it was counted from was made (null: no plan yet).
 * A customer's plan is its next step only, so a day further away than the ladder's shortest distance has less than it will have.
 */
export async function workloadOf(
  sql: Sql,
  { stations, from, until }: Readonly<{ stations: Stations; from: Instant; until: Instant }>,
): Promise<{ rows: Workload[]; plannedAsOf: Instant | null }> {
  const mine = within(stations);
  const rows = await sql.$queryRaw<Workload[]>`
    select station, collector, kind, sum(due)::int as due, sum(coming)::int as "toCome" from (
      select c.station, c.collector, t.kind, 1 as due, 0 as coming from task t join customer c using (customer_no)
      where t.outcome is null and t.due_at < ${until}::timestamptz and ${mine}
      union all
      select c.station, c.collector, what, 0, 1 from planned_step p join customer c using (customer_no), unnest(p.channels || p.tasks) what
      where p.at >= ${from}::timestamptz and p.at < ${until}::timestamptz and ${mine}) work
    group by station, collector, kind order by station, collector nulls last, kind`;
  const [oldest] = await sql.$queryRaw<{ asOf: Instant | null }[]>(
    Prisma.sql`select instant_text(min(p.as_of)) as "asOf" from planned_step p join customer c using (customer_no) where ${mine}`,
  );
  return { rows, plannedAsOf: oldest?.asOf ?? null };
}

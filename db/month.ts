import type { Level } from '../domain/policy';
import type { Stage } from '../domain/standing';
import { dateOf, instantAt, periodOf, plusDays, type Instant, type Period } from '../domain/time';
import type { Db, Sql } from './client';
import { freshenStandings } from './standings';
import { within, type Stations } from './within';

type Asked = Readonly<{ stations: Stations; asOf: Instant }>;

/** The latest month of which bills were issued; the one of today before any. */
export async function latestPeriod(db: Db, asOf: Instant): Promise<Period> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<{ period: Period | null }[]>`
    select max(period) as period from bill_standing where period <= ${periodOf(dateOf(asOf))}`;
  return row?.period ?? periodOf(dateOf(asOf));
}

/** What was billed of one period and how much of it came in, in fen; bills handed over or written off are open as well. */
export async function moneyOf(
  db: Db,
  { stations, asOf, period }: Asked & Readonly<{ period: Period }>,
): Promise<{ billedFen: number; receivedFen: number; outstandingFen: number }> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<
    { billedFen: number; receivedFen: number; outstandingFen: number }[]
  >`
    select coalesce(sum(s.amount_fen), 0)::float8 as "billedFen", coalesce(sum(s.amount_fen - s.outstanding_fen), 0)::float8 as "receivedFen",
      coalesce(sum(s.outstanding_fen), 0)::float8 as "outstandingFen"
    from bill_standing s join bill b using (bill_no) join customer c using (customer_no) where s.period = ${period} and ${within(stations)}`;
  return row ?? { billedFen: 0, receivedFen: 0, outstandingFen: 0 };
}

export type MatrixCell = Readonly<{
  level: Level | null;
  stage: Stage;
  customers: number;
  owedFen: number;
}>;

/** Customers with an open month by level and stage; a cell of nobody is left out. */
export async function riskMatrix(db: Db, { stations, asOf }: Asked): Promise<MatrixCell[]> {
  await freshenStandings(db, asOf);
  return db.$queryRaw`
    select c.latest_level as level, y.ladder_stage as stage, count(*)::int as customers, coalesce(sum(st.owed_fen), 0)::float8 as "owedFen"
    from cycle y join customer c using (customer_no) left join customer_standing st using (customer_no)
    where y.outcome is null and ${within(stations)} group by 1, 2 order by 1, 2`;
}

export type MessageCount = Readonly<{
  channel: string;
  status: string;
  receipt: string | null;
  messages: number;
}>;

/** Messages handed over, or to be, since midnight. */
export const messagesOfDay = (sql: Sql, { stations, asOf }: Asked): Promise<MessageCount[]> =>
  sql.$queryRaw`
    select m.channel, m.status, m.receipt, count(*)::int as messages from message m join customer c using (customer_no)
    where m.sending_at >= ${instantAt(dateOf(asOf))}::timestamptz and ${within(stations)}
    group by 1, 2, 3 order by 1, 2, 3`;

export type TaskCount = Readonly<{
  kind: string;
  open: number;
  dueToday: number;
  overdue: number;
  escalated: number;
}>;

/** Open tasks by kind; `dueToday` are those that are due by midnight and not overdue yet. */
export const openTasks = (sql: Sql, { stations, asOf }: Asked): Promise<TaskCount[]> =>
  sql.$queryRaw`
    select t.kind, count(*)::int as open, count(*) filter (where t.due_at < ${asOf}::timestamptz)::int as overdue,
      count(*) filter (where t.due_at >= ${asOf}::timestamptz and t.due_at < ${instantAt(plusDays(dateOf(asOf), 1))}::timestamptz)::int as "dueToday",
      count(*) filter (where t.escalated_at is not null)::int as escalated
    from task t join customer c using (customer_no) where t.outcome is null and ${within(stations)} group by 1 order by 1`;

export type Trouble = Readonly<{
  /** When the last payment was received; null without any. */
  lastPaymentAt: Instant | null;
  /** Messages that the provider did not take and that are tried again. */
  messagesWaiting: number;
  /** Messages of the last seven days of which nobody can tell whether they went out. */
  messagesUnknown: number;
  /** Orders that the workflows were not told of yet, though tried at least once. */
  nudgesWaiting: number;
}>;

/** What would make the month's figures or its sending untrue. */
export async function troubleOf(sql: Sql, { stations, asOf }: Asked): Promise<Trouble> {
  const [row] = await sql.$queryRaw<Trouble[]>`
    select (select instant_text(max(p.received_at)) from payment p where p.received_at <= ${asOf}::timestamptz) as "lastPaymentAt",
      (select count(*)::int from message m join customer c using (customer_no)
        where m.status = 'waiting' and ${within(stations)}) as "messagesWaiting",
      (select count(*)::int from message m join customer c using (customer_no) where m.status = 'unknown'
        and m.sending_at > ${asOf}::timestamptz - interval '7 days' and ${within(stations)}) as "messagesUnknown",
      (select count(*)::int from nudge where attempts > 0) as "nudgesWaiting"`;
  if (row === undefined) throw new RangeError('a select of four scalars gave no row');
  return row;
}

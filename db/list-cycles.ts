import type { Arm } from '../domain/experiment';
import type { CycleOutcome } from '../domain/facts';
import type { Level } from '../domain/policy';
import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within, type Stations } from './within';

export type CycleRow = Readonly<{
  customerNo: string;
  name: string;
  station: string;
  period: string;
  /** At which it was opened. */
  level: Level;
  policyId: string;
  /** In which it was opened, and on which side; null: in none. */
  experimentId: string | null;
  arm: Arm | null;
  openedAt: Instant;
  outcome: CycleOutcome | null;
  closedAt: Instant | null;
}>;

/** One rung of one bill: taken, or not and why; `channels` says by which it went, or why not. */
export type StepRow = Readonly<{
  billNo: string;
  stepKey: string;
  kind: string;
  status: string;
  because: readonly string[];
  mergedInto: string | null;
  plannedAt: Instant;
  at: Instant;
  actor: string;
  channels: readonly Readonly<{
    channel: string;
    messageId: string | null;
    suppressedBecause: string | null;
  }>[];
}>;

type Wanted = Readonly<{
  stations: Stations;
  station: string | null;
  customerNo: string | null;
  period: string | null;
  level: number | null;
  /** `open`, or how it ended; null: all. */
  outcome: string | null;
  /** Key of the last row seen: when it was opened, its customer and month. */
  after: readonly [string, string, string] | null;
  limit: number;
}>;

const columns = Prisma.sql`y.customer_no as "customerNo", c.name, y.station, y.period, y.level, y.policy_id as "policyId",
  y.experiment_id as "experimentId", y.arm,
  instant_text(y.opened_at) as "openedAt", y.outcome, instant_text(y.closed_at) as "closedAt"`;

/** Customers' months, those opened last first. */
export const listCycles = (
  sql: Sql,
  { stations, station, customerNo, period, level, outcome, after, limit }: Wanted,
): Promise<CycleRow[]> => {
  const where = every([
    within(stations),
    is(Prisma.sql`y.station`, station),
    is(Prisma.sql`y.customer_no`, customerNo),
    is(Prisma.sql`y.period`, period),
    is(Prisma.sql`y.level`, level),
    outcome === 'open' ? Prisma.sql`y.outcome is null` : is(Prisma.sql`y.outcome`, outcome),
    after === null
      ? null
      : Prisma.sql`y.opened_at <= ${after[0]}::timestamptz
          and (y.opened_at < ${after[0]}::timestamptz or (y.customer_no, y.period) > (${after[1]}, ${after[2]}))`,
  ]);
  return sql.$queryRaw`
    select ${columns} from cycle y join customer c using (customer_no) where ${where}
    order by y.opened_at desc, y.customer_no, y.period limit ${limit}`;
};

/** One month of a customer; null when it was never opened. */
export async function findCycle(
  sql: Sql,
  customerNo: string,
  period: string,
): Promise<CycleRow | null> {
  const [row] = await sql.$queryRaw<CycleRow[]>`
    select ${columns} from cycle y join customer c using (customer_no) where y.customer_no = ${customerNo} and y.period = ${period}`;
  return row ?? null;
}

/** The rungs that were decided on in one month, in order. */
export const stepsOf = (sql: Sql, customerNo: string, period: string): Promise<StepRow[]> =>
  sql.$queryRaw`
    select s.bill_no as "billNo", s.step_key as "stepKey", s.kind, s.status, s.because, s.merged_into as "mergedInto",
      instant_text(s.planned_at) as "plannedAt", instant_text(s.at) as at, s.actor,
      (select coalesce(jsonb_agg(jsonb_build_object('channel', i.channel, 'messageId', i.message_id, 'suppressedBecause', i.suppressed_because)
          order by i.channel), '[]')
        from intent i where i.bill_no = s.bill_no and i.step_key = s.step_key) as channels
    from step s where s.customer_no = ${customerNo} and s.period = ${period}
    order by s.at, s.planned_at, s.bill_no, s.step_key`;

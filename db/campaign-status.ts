import { settle } from '../domain/allocation';
import { sumFen, toFen, type Fen } from '../domain/fen';
import { levelLabel, type Level } from '../domain/policy';
import { recovery } from '../domain/recovery';
import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';
import { stationNow } from './clock';
import { Prisma } from './generated/client';
import { billsOfGroup, paymentsUntil } from './open-book';
import { among, type Stations } from './within';

export type CampaignStatus = Readonly<{
  period: Period;
  stations: number;
  stationsThrough: number;
  cycles: Readonly<{
    total: number;
    open: number;
    paid: number;
    carriedForward: number;
    handedOver: number;
    writtenOff: number;
  }>;
  levels: readonly Readonly<{ level: Level; label: string; customers: number }>[];
  messages: readonly Readonly<{ step: string; channel: string; status: string; count: number }>[];
  tasks: readonly Readonly<{ kind: string; open: number; done: number }>[];
  deviceCases: number;
  nudgesWaiting: number;
  recovery: Readonly<{ billedFen: number; receivedFen: number; rate: number | null }>;
}>;

/** How a month stands in some stations (null: all). `wanted` null: the latest that was opened. Null when none was. Reads only. */
export async function campaignStatus(
  sql: Sql,
  wanted: Period | null,
  stations: Stations = null,
): Promise<CampaignStatus | null> {
  const here = among(Prisma.sql`station`, stations);
  const ofCustomers =
    stations === null
      ? Prisma.sql`true`
      : Prisma.sql`customer_no in (select customer_no from customer where ${here})`;
  const [campaign] = await sql.$queryRaw<{ period: Period; stations: number; through: number }[]>`
    select period, count(*)::int as stations, count(finished_at)::int as through from campaign
    where (${wanted}::text is null or period = ${wanted}) and ${here} group by period order by period desc limit 1`;
  if (campaign === undefined) return null;
  const { period } = campaign;
  const [cycles] = await sql.$queryRaw<CampaignStatus['cycles'][]>`
    select count(*)::int as total, count(*) filter (where outcome is null)::int as open,
      count(*) filter (where outcome = 'paid')::int as paid,
      count(*) filter (where outcome = 'carriedForward')::int as "carriedForward",
      count(*) filter (where outcome = 'handedOver')::int as "handedOver",
      count(*) filter (where outcome = 'writtenOff')::int as "writtenOff"
    from cycle where period = ${period} and ${here}`;
  const levels = await sql.$queryRaw<{ level: Level; customers: number }[]>`
    select level, count(*)::int as customers from cycle where period = ${period} and ${here} group by level order by level`;
  const messages = await sql.$queryRaw<CampaignStatus['messages']>`
    select step_key as step, channel, status, count(*)::int as count from message where period = ${period} and ${ofCustomers}
    group by 1, 2, 3 order by 1, 2, 3`;
  const tasks = await sql.$queryRaw<CampaignStatus['tasks']>`
    select kind, count(*) filter (where outcome is null)::int as open, count(outcome)::int as done
    from task where (period = ${period} or period is null) and ${here} group by kind order by kind`;
  const [rest] = await sql.$queryRaw<{ deviceCases: number; nudgesWaiting: number }[]>`
    select (select count(*)::int from device_case where closed_at is null and ${ofCustomers}) as "deviceCases", (select count(*)::int from nudge) as "nudgesWaiting"`;
  return {
    period,
    stations: campaign.stations,
    stationsThrough: campaign.through,
    cycles: cycles ?? {
      total: 0,
      open: 0,
      paid: 0,
      carriedForward: 0,
      handedOver: 0,
      writtenOff: 0,
    },
    levels: levels.map((row) => ({ ...row, label: levelLabel[row.level] })),
    messages,
    tasks,
    deviceCases: rest?.deviceCases ?? 0,
    nudgesWaiting: rest?.nudgesWaiting ?? 0,
    recovery: await recoveryOf(sql, period, { asOf: await stationNow(sql), ofCustomers }),
  };
}

type CustomerBook = Readonly<{
  bills: Parameters<typeof settle>[0];
  payments: Parameters<typeof settle>[1];
}>;

/** What the month billed, and how much of it is paid as of now by the one rule of allocation. */
async function recoveryOf(
  sql: Sql,
  period: Period,
  { asOf, ofCustomers }: Readonly<{ asOf: Instant; ofCustomers: Prisma.Sql }>,
): Promise<CampaignStatus['recovery']> {
  const books = await sql.$queryRaw<CustomerBook[]>`
    select ${billsOfGroup} as bills, ${paymentsUntil(asOf)} as payments
    from bill b where b.customer_no in (select customer_no from bill where period = ${period} and amount_fen > 0 and ${ofCustomers})
    group by b.customer_no`;
  const billed: Fen[] = [];
  const open: Fen[] = [];
  for (const { bills, payments } of books) {
    const ofMonth = settle(bills, payments, asOf).bills.filter((bill) => bill.period === period);
    billed.push(...ofMonth.map(({ amountFen }) => amountFen));
    open.push(...ofMonth.map(({ outstandingFen }) => outstandingFen));
  }
  const billedFen = sumFen(billed);
  const receivedFen = toFen(billedFen - sumFen(open));
  const none = toFen(0);
  const { currentYear } = recovery({
    receivableFen: billedFen,
    receivedFen,
    priorReceivableFen: none,
    priorReceivedFen: none,
  });
  return { billedFen, receivedFen, rate: currentYear };
}

import type { Sql } from '../../db/client';
import { recordPayment } from '../../db/payments';
import { stations } from '../../db/campaigns';
import { toFen } from '../../domain/fen';
import { campaignId, cycleId } from '../../domain/run-ids';
import type { Instant, Period } from '../../domain/time';
import type { RunCampaignInput } from '../../workflows/contract';
import { playProposal } from './device';
import { inLanes } from './lanes';
import type { Act, Stage, ToCome } from './stage';
import { forwardTo } from './time-skipping';

/** Customers played side by side: a skip takes about a second of the engine's own, in which it has time for others. */
const LANES = 60;

/** A run's clock goes on by itself while the others catch up; nothing is due in the hour before a month is opened. */
const QUIET_MS = 3_600_000;

export type Playing = Readonly<{
  payments: ReadonlyMap<string, readonly ToCome[]>;
  /** Told of each customer whose month was played. */
  onPlayed: () => void;
  signal: AbortSignal;
}>;

/** Opens a month at every station, and lets it pass for each customer: payments come at their instants, and what is due is done. */
export async function playAct(
  stage: Stage,
  { period, at, until }: Act,
  { payments, onPlayed, signal }: Playing,
): Promise<void> {
  const { db, worker } = stage;
  const opened = (await stations(db)).map(
    async (station) => [station, await open(stage, { station, period, at })] as const,
  );
  const offsets = new Map(await Promise.all(opened));
  // Those carried forward are told so.
  await worker.relay();
  const people = await everybody(db, period);
  await inLanes(people, LANES, async ({ customerNo, station, hasMonth }) => {
    signal.throwIfAborted();
    const toCome = payments.get(customerNo) ?? [];
    const due = toCome.filter(({ receivedAt }) => receivedAt > at && receivedAt <= until);
    const offsetMs = offsets.get(station) ?? 0;
    await playCustomer(stage, { customerNo, period, until, offsetMs, hasMonth, due });
    onPlayed();
  });
}

async function open(
  { worker: { client, meant }, taskQueue, prefix }: Stage,
  { station, period, at }: Readonly<{ station: string; period: Period; at: Instant }>,
): Promise<number> {
  meant(station, at);
  const offsetMs = Date.parse(at) - Date.now();
  const input: RunCampaignInput = { station, period, openedBy: 'rehearsal', offsetMs };
  const workflowId = campaignId(station, period);
  await client.workflow.start('runCampaign', { taskQueue, workflowId, args: [input] });
  await client.workflow.getHandle(`${prefix}${workflowId}`).result();
  return offsetMs;
}

type Person = Readonly<{ customerNo: string; station: string; hasMonth: boolean }>;

/** Everybody on the book, and whether a month is open for them. */
const everybody = (sql: Sql, period: Period): Promise<Person[]> => sql.$queryRaw`
  select c.customer_no as "customerNo", c.station, y.customer_no is not null as "hasMonth"
  from customer c left join cycle y on y.customer_no = c.customer_no and y.period = ${period} and y.outcome is null
  order by c.customer_no`;

type Part = Readonly<{
  customerNo: string;
  period: Period;
  until: Instant;
  /** The station's clock less the run's. */
  offsetMs: number;
  hasMonth: boolean;
  due: readonly ToCome[];
}>;

async function playCustomer(stage: Stage, part: Part): Promise<void> {
  const { customerNo, period, until, offsetMs, hasMonth, due } = part;
  const { db, connection, namespace, prefix, worker } = stage;
  const run = `${prefix}${cycleId(customerNo, period)}`;
  const forward = (toMs: number): Promise<boolean> =>
    forwardTo(connection, namespace, run, toMs - offsetMs);
  let runs = hasMonth;
  for (const { receivedAt, amountFen, ...payment } of due) {
    runs &&= await forward(Date.parse(receivedAt));
    await playProposal(stage, customerNo, receivedAt);
    worker.meant(customerNo, receivedAt);
    await recordPayment(db, { ...payment, receivedAt, amountFen: toFen(amountFen) });
    if (runs) await worker.relay();
  }
  if (runs) await forward(Date.parse(until) - QUIET_MS);
  await playProposal(stage, customerNo, until);
}

import type { Arm } from '../domain/experiment';
import { dateOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import type { Order } from './commands';
import { evidenceRefused, type Evidence } from './evidence';
import { Prisma } from './generated/client';
import { inForceOf } from './policy-versions';

export type Experiment = Readonly<{
  id: string;
  /** In force; it has all others. */
  championId: string;
  challengerId: string;
  sharePercent: number;
  reason: string;
  requestedBy: string;
  approvedBy: string;
  begunAt: Instant;
  endedAt: Instant | null;
  endApprovedBy: string | null;
}>;

const columns = Prisma.sql`id, champion_id as "championId", challenger_id as "challengerId", share_percent as "sharePercent", reason,
  requested_by as "requestedBy", approved_by as "approvedBy", instant_text(begun_at) as "begunAt", instant_text(ended_at) as "endedAt",
  end_approved_by as "endApprovedBy"`;

/** All of them, the latest first; a station has few. Reads only. */
export const listExperiments = (sql: Sql): Promise<Experiment[]> =>
  sql.$queryRaw`select ${columns} from experiment order by begun_at desc, id limit 200`;

/** One; null when there is none. Reads only. */
export async function experimentOf(sql: Sql, id: string): Promise<Experiment | null> {
  const [row] = await sql.$queryRaw<
    Experiment[]
  >`select ${columns} from experiment where id = ${id}`;
  return row ?? null;
}

/** The one that runs at an instant against the version that is in force; null: none. Reads only. */
export async function experimentAt(
  sql: Sql,
  championId: string,
  at: Instant,
): Promise<Experiment | null> {
  const [row] = await sql.$queryRaw<Experiment[]>`
    select ${columns} from experiment where champion_id = ${championId} and begun_at <= ${at}::timestamptz
      and (ended_at is null or ended_at > ${at}::timestamptz) order by begun_at desc limit 1`;
  return row ?? null;
}

export type WantedStart = Readonly<{ challengerId: string; sharePercent: number }> & Evidence;

/** Why one cannot begin as of the order's instant, as a sentence; null when it can. Reads only. */
export async function startRefused(
  tx: Sql,
  wanted: WantedStart,
  { at }: Pick<Order, 'at'>,
): Promise<string | null> {
  const { challengerId } = wanted;
  const champion = await inForceOf(tx, 'ladder', dateOf(at));
  const [policy] = await tx.$queryRaw<
    { kind: string }[]
  >`select kind from policy where id = ${challengerId}`;
  if (policy?.kind !== 'ladder') return `There is no ladder policy ${challengerId}.`;
  if (champion === null) return `No ladder is in force on ${dateOf(at)}.`;
  if (champion === challengerId) return `Policy ${challengerId} is in force for everybody already.`;
  return (await runs(tx)) ?? evidenceRefused(tx, challengerId, wanted, dateOf(at));
}

/** That one runs, as a sentence; null when none does. Reads only. */
async function runs(tx: Sql): Promise<string | null> {
  const [running] = await tx.$queryRaw<
    { id: string }[]
  >`select id from experiment where ended_at is null`;
  return running === undefined ? null : `Experiment ${running.id} runs. End it first.`;
}

/** Begins an approved one. Part of the approval's transaction. */
export async function beginExperiment(
  tx: Sql,
  { id, challengerId, sharePercent }: WantedStart & Readonly<{ id: string }>,
  { at, actor }: Pick<Order, 'at' | 'actor'>,
): Promise<void> {
  const champion = await inForceOf(tx, 'ladder', dateOf(at));
  await tx.$executeRaw`
    insert into experiment (id, champion_id, challenger_id, share_percent, reason, requested_by, approved_by, begun_at)
    select ${id}, ${champion}, ${challengerId}, ${sharePercent}::smallint, reason, requested_by, ${actor}, ${at}::timestamptz
    from approval where id = ${id}`;
}

/** Why one cannot be ended, as a sentence; null when it can. Reads only. */
export async function endRefused(tx: Sql, experimentId: string): Promise<string | null> {
  const found = await experimentOf(tx, experimentId);
  if (found === null) return `There is no experiment ${experimentId}.`;
  return found.endedAt === null ? null : `Experiment ${experimentId} has ended already.`;
}

/** Ends an approved one: no month is opened in it any more; those that run go on under the version they began with. */
export async function endExperiment(
  tx: Sql,
  experimentId: string,
  { at, actor }: Pick<Order, 'at' | 'actor'>,
): Promise<void> {
  await tx.$executeRaw`
    update experiment set ended_at = ${at}::timestamptz, end_approved_by = ${actor} where id = ${experimentId} and ended_at is null`;
}

/** The experiment in which a customer's open month was opened, and the version that it goes by; null: none. Reads only. */
export async function experimentOfCustomer(
  sql: Sql,
  customerNo: string,
): Promise<Readonly<{ id: string; arm: Arm; policyId: string }> | null> {
  const [row] = await sql.$queryRaw<{ id: string; arm: Arm; policyId: string }[]>`
    select experiment_id as id, arm, policy_id as "policyId" from cycle
    where customer_no = ${customerNo} and outcome is null and experiment_id is not null`;
  return row ?? null;
}

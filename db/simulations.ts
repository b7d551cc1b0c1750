import { createHash } from 'node:crypto';
import type { Capacities, PaymentModel } from '../domain/assumptions';
import type { PolicyKind } from '../domain/policy-check';
import { dateOf, type CivilDate } from '../domain/time';
import type { WorkCounts } from '../domain/trial';
import { inTransaction, type Db, type Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { Prisma } from './generated/client';
import { inForceOf } from './policy-versions';

/** Not heard of for so long, whoever had it is taken for dead: it tells every second or so. */
const SILENT_MS = 30_000;
/** Begun so often without an end, it is given up: the same book under the same rules would fail again. */
const TRIES = 3;

/** A simulation of the station's own book: a version against another of its kind, over days. */
export type Wish = Readonly<{
  policyId: string;
  /** Null: the one in force. */
  againstId: string | null;
  from: CivilDate;
  to: CivilDate;
  /** By what model people pay from the first day on; null: as recorded. */
  model: PaymentModel | null;
  /** What the work of each day is held against; null: nothing. */
  capacities: Capacities | null;
}>;

/**
 * Orders a simulation: a row, carried out by a worker (`takeSimulation`). Idempotent by the order's id; refused when there are no such
 * versions, or one of the same version is under way.
 */
export const orderSimulation = (db: Db, order: Order, wish: Wish): Promise<CommandResult> => {
  const { policyId, from, to, model, capacities } = wish;
  const entry = { kind: 'simulatePolicy', customerNo: null, body: wish };
  return command(db, order, entry, async (tx) => {
    const of = await versions(tx, wish, dateOf(order.at));
    if (typeof of === 'string') return refused(of);
    const { id, actor, reason, at } = order;
    const entered = await tx.$executeRaw`
      insert into simulation (id, kind, policy_id, against_id, beside_id, from_day, to_day, model, capacities, reason, actor, at, state)
      values (${id}, ${of.kind}, ${policyId}, ${of.againstId}, ${of.besideId}, ${from}::date, ${to}::date,
        ${kept(model)}::jsonb, ${kept(capacities)}::jsonb, ${reason}, ${actor}, ${at}::timestamptz, 'waiting') on conflict do nothing`;
    return entered === 0
      ? refused(`A simulation of ${policyId} is under way. Wait for it, or stop it.`)
      : applied;
  });
};

const kept = (assumed: object | null): string | null =>
  assumed === null ? null : JSON.stringify(assumed);

type Versions = Readonly<{ kind: PolicyKind; againstId: string; besideId: string }>;

/** What is held against what, or why that cannot be, as a sentence. */
async function versions(
  tx: Sql,
  { policyId, againstId, from, to }: Wish,
  today: CivilDate,
): Promise<Versions | string> {
  if (to < from) return 'The last day must not be before the first.';
  const kinds = await tx.$queryRaw<{ id: string; kind: PolicyKind }[]>`
    select id, kind from policy where id = ${policyId} or id = ${againstId}`;
  const kindOf = (id: string): PolicyKind | undefined => kinds.find((row) => row.id === id)?.kind;
  const kind = kindOf(policyId);
  if (kind === undefined) return `There is no policy ${policyId}.`;
  const against = againstId ?? (await inForceOf(tx, kind, today));
  const beside = await inForceOf(tx, kind === 'ladder' ? 'grading' : 'ladder', today);
  if (against === null || beside === null) return `No policy is in force on ${today}.`;
  if (againstId !== null && kindOf(againstId) !== kind)
    return `There is no ${kind} policy ${againstId} to hold ${policyId} against.`;
  return against === policyId
    ? `Policy ${policyId} cannot be held against itself.`
    : { kind, againstId: against, besideId: beside };
}

/** Stops one that waits or runs; nothing of it is kept. Idempotent by the order's id; refused when it has ended. */
export const stopSimulation = (db: Db, order: Order, id: string): Promise<CommandResult> =>
  command(db, order, { kind: 'stopSimulation', customerNo: null, body: { id } }, async (tx) => {
    const stopped = await tx.$executeRaw`
      update simulation set state = 'stopped', ended_by = ${order.actor}, ended_at = ${order.at}::timestamptz
      where id = ${id} and state in ('waiting', 'running')`;
    return stopped === 0 ? refused(`Simulation ${id} has ended already.`) : applied;
  });

export type Taken = Readonly<{
  id: string;
  kind: PolicyKind;
  policyId: string;
  againstId: string;
  besideId: string;
  from: CivilDate;
  to: CivilDate;
  tries: number;
}> &
  Pick<Wish, 'model' | 'capacities'>;

/**
 * Takes the oldest simulation that nobody carries out: one that waits, or whose worker has not been heard of. Two workers never take the
 * same. One that was begun too often ends as failed. Null: nothing to do.
 */
export async function takeSimulation(db: Db, by: string): Promise<Taken | null> {
  await db.$executeRaw`
    update simulation set state = 'failed', ended_by = 'system', ended_at = ${stationClock}, failure = coalesce(failure, 'The worker ended.')
    where ${free()} and tries >= ${TRIES}`;
  const [taken] = await db.$queryRaw<Taken[]>`
    update simulation set state = 'running', taken_by = ${by}, taken_at = clock_timestamp(), tries = tries + 1, done = 0
    where id = (select id from simulation where ${free()} order by at, id limit 1 for update skip locked)
    returning id, kind, policy_id as "policyId", against_id as "againstId", beside_id as "besideId", from_day::text as "from",
      to_day::text as "to", model, capacities, tries`;
  return taken ?? null;
}

const free = () => Prisma.sql`(state = 'waiting' or (state = 'running'
  and (taken_at is null or taken_at < clock_timestamp() - make_interval(secs => ${SILENT_MS / 1_000}))))`;

/** Now, by the station's clock. */
const stationClock = Prisma.sql`clock_timestamp() + coalesce((select offset_ms from business_clock), 0) * interval '1 millisecond'`;

type Mine = Readonly<{ id: string; by: string }>;
const mine = ({ id, by }: Mine) =>
  Prisma.sql`id = ${id} and taken_by = ${by} and state = 'running'`;

/** Says how far it came, and that it is being carried out. False: it was stopped, or taken for dead and given to another. */
export async function noteSimulation(
  sql: Sql,
  of: Mine,
  { done, total }: Readonly<{ done: number; total: number }>,
): Promise<boolean> {
  const noted = await sql.$executeRaw`
    update simulation set done = ${done}, total = ${total}, taken_at = clock_timestamp() where ${mine(of)}`;
  return noted === 1;
}

/** Gives one back, to be taken at once; `failure`: why it is not carried out. Harmless when it is another's by now. */
export async function giveBackSimulation(
  sql: Sql,
  of: Mine,
  failure: string | null,
): Promise<void> {
  await sql.$executeRaw`
    update simulation set taken_at = null, failure = ${failure}, tries = tries - ${failure === null ? 1 : 0} where ${mine(of)}`;
}

export type DifferingCustomer = WorkCounts &
  Readonly<{ customerNo: string; station: string; costFen: number }>;
export type Found = Readonly<{
  /** The report, to the letter. */
  document: string;
  bodySha256: string;
  /** Customers, twice. */
  total: number;
  pages: Readonly<Record<'zh-CN' | 'en', string>>;
  customers: readonly DifferingCustomer[];
}>;

/** Keeps what was found, in one transaction. False: it was stopped or is another's by now, and nothing is kept. */
export const finishSimulation = (db: Db, of: Mine, found: Found): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const { document, bodySha256, total, pages, customers } = found;
    const finished = await tx.$executeRaw`
      update simulation set state = 'finished', ended_by = 'system', ended_at = ${stationClock}, failure = null, done = ${total}, total = ${total},
        document = ${document}, sha256 = ${sha256(document)}, body_sha256 = ${bodySha256}, page_zh = ${pages['zh-CN']}, page_en = ${pages.en}
      where ${mine(of)}`;
    if (finished === 0) return false;
    await tx.$executeRaw`
      insert into simulation_customer (simulation_id, customer_no, station, sms, email, call, visit, letter, review, proposal, cost_fen)
      select ${of.id}, "customerNo", station, sms, email, call, visit, letter, review, proposal, "costFen"
      from jsonb_to_recordset(${JSON.stringify(customers)}::jsonb) as row ("customerNo" text, station text, sms int, email int,
        call int, visit int, letter int, review int, proposal int, "costFen" bigint)`;
    return true;
  });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

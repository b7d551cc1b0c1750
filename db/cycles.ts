import type { Arm } from '../domain/experiment';
import type { CycleOutcome } from '../domain/facts';
import type { Level } from '../domain/policy';
import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';
import type { Experiment } from './experiments';

export type PenaltyRow = Readonly<{ billNo: string; amountFen: number; settledOn: string }>;

/**
 * Ends a cycle: messages not handed over are dropped, tasks that are no longer needed are closed, a promise that was open is kept when
 * everything is paid, and the penalty of bills paid late becomes an obligation of its own. Safe to repeat: the first ending stands.
 */
export async function closeCycle(
  tx: Sql,
  {
    customerNo,
    period,
    outcome,
    penalties,
    at,
  }: Readonly<{
    customerNo: string;
    period: Period;
    outcome: CycleOutcome;
    penalties: readonly PenaltyRow[];
    at: Instant;
  }>,
): Promise<void> {
  await tx.$executeRaw`
    with
    ended as (update cycle set outcome = ${outcome}, closed_at = ${at}::timestamptz
      where customer_no = ${customerNo} and period = ${period} and outcome is null),
    dropped as (update message set status = 'dropped', detail = ${outcome}, settled_at = ${at}::timestamptz
      where customer_no = ${customerNo} and period = ${period} and status = 'waiting'),
    kept as (update promise set kept = true, settled_at = ${at}::timestamptz
      where customer_no = ${customerNo} and kept is null and ${outcome} = 'paid'),
    unneeded as (update task set outcome = 'notNeeded', note = ${outcome}, done_at = ${at}::timestamptz, done_by = 'policy'
      where customer_no = ${customerNo} and outcome is null and kind not like 'device%' and ${outcome} <> 'carriedForward')
    insert into penalty (bill_no, customer_no, amount_fen, settled_on, posted_at)
    select "billNo", ${customerNo}, "amountFen", "settledOn", ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(penalties)}::jsonb) as row ("billNo" text, "amountFen" bigint, "settledOn" date)
    on conflict do nothing`;
}

export type NewCycle = Readonly<{
  customerNo: string;
  level: Level;
  /** The side of an experiment that it is opened on. */
  arm?: Arm;
}>;

/**
 * Opens cycles of one station and month, in one statement, and ends those of earlier months that are still open as carried forward.
 * Safe to repeat: a customer who has a cycle of this month keeps it, open or ended. Returns the cycles that were carried forward.
 */
export async function openCycles(
  tx: Sql,
  cycles: readonly NewCycle[],
  {
    station,
    period,
    policyId,
    experiment = null,
    at,
  }: Readonly<{
    station: string;
    period: Period;
    policyId: string;
    /** The one that runs: its challengers are opened under that version. */
    experiment?: Pick<Experiment, 'id' | 'challengerId'> | null;
    at: Instant;
  }>,
): Promise<{ customerNo: string; period: Period }[]> {
  const carried = await tx.$queryRaw<{ customerNo: string; period: Period }[]>`
    update cycle set outcome = 'carriedForward', closed_at = greatest(${at}::timestamptz, opened_at)
    from jsonb_to_recordset(${JSON.stringify(cycles)}::jsonb) as row ("customerNo" text)
    where cycle.customer_no = row."customerNo" and cycle.outcome is null and cycle.period < ${period}
    returning cycle.customer_no as "customerNo", cycle.period`;
  await tx.$executeRaw`
    insert into cycle (customer_no, period, station, level, policy_id, opened_at, arm, experiment_id)
    select "customerNo", ${period}, ${station}, level, case when arm = 'challenger' then ${experiment?.challengerId ?? policyId} else ${policyId} end,
      ${at}::timestamptz, arm, case when arm is not null then ${experiment?.id ?? null} end
    from jsonb_to_recordset(${JSON.stringify(cycles)}::jsonb) as row ("customerNo" text, level smallint, arm text)
    where not exists (select from cycle o where o.customer_no = row."customerNo" and o.outcome is null)
    on conflict (customer_no, period) do nothing`;
  return carried;
}

/** Those of the customers who have an open cycle of the period. */
export async function openAmong(
  sql: Sql,
  customerNos: readonly string[],
  period: Period,
): Promise<Set<string>> {
  const rows = await sql.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from cycle
    where customer_no = any(${[...customerNos]}) and period = ${period} and outcome is null`;
  return new Set(rows.map(({ customerNo }) => customerNo));
}

/** The open cycle of a customer, or null. */
export async function openCycleOf(sql: Sql, customerNo: string): Promise<Period | null> {
  const [row] = await sql.$queryRaw<{ period: Period }[]>`
    select period from cycle where customer_no = ${customerNo} and outcome is null`;
  return row?.period ?? null;
}

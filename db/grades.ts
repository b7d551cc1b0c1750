import type { Reason } from '../domain/scale';
import type { Level } from '../domain/policy';
import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';
import type { GradedCustomer } from './grading';

/** Appends grades, one for each customer, in one statement. */
export async function writeGrades(
  sql: Sql,
  grades: readonly GradedCustomer[],
  { policyId, asOf }: Readonly<{ policyId: string; asOf: Instant }>,
): Promise<void> {
  await sql.$executeRaw`
    insert into grade (customer_no, as_of, level, score, reasons, screened, source, policy_id)
    select "customerNo", ${asOf}::timestamptz, level, score, reasons, screened, source, ${policyId}
    from jsonb_to_recordset(${JSON.stringify(grades)}::jsonb) as row
      ("customerNo" text, level smallint, score smallint, reasons jsonb, screened boolean, source text)`;
}

/** The level risen to for having been late too long (`risenLevel`); the rung is recorded with it, so it happens once a bill. */
export async function raiseLevel(
  tx: Sql,
  row: Readonly<{
    customerNo: string;
    period: Period;
    billNo: string;
    stepKey: string;
    plannedAt: Instant;
    level: Level;
    policyId: string;
    at: Instant;
  }>,
): Promise<void> {
  await tx.$executeRaw`
    with risen as (
      insert into step (bill_no, step_key, customer_no, period, kind, status, planned_at, at)
      values (${row.billNo}, ${row.stepKey}, ${row.customerNo}, ${row.period}, 'levelRise', 'done',
        ${row.plannedAt}::timestamptz, ${row.at}::timestamptz)
      on conflict do nothing returning bill_no)
    insert into grade (customer_no, as_of, level, score, reasons, source, policy_id)
    select ${row.customerNo}, ${row.at}::timestamptz, ${row.level}::smallint,
      coalesce((select score from grade where customer_no = ${row.customerNo} order by id desc limit 1), 0),
      jsonb_build_array(jsonb_build_object('factor', 'overdue', 'points', 0, 'why', 'bill ' || risen.bill_no || ' long overdue')),
      'rise', ${row.policyId}
    from risen`;
}

export type GradeRow = Readonly<{
  /** A whole number, rising with each finding; the list's key. */
  id: string;
  asOf: Instant;
  level: Level;
  score: number;
  reasons: readonly Reason[];
  screened: boolean;
  source: 'graded' | 'rise' | 'escalation' | 'override';
  policyId: string;
}>;

/** A customer's grades with their reasons, the latest first; `after` is the id of the last one seen. Reads only. */
export const gradeHistory = (
  sql: Sql,
  {
    customerNo,
    after,
    limit,
  }: Readonly<{ customerNo: string; after: string | null; limit: number }>,
): Promise<GradeRow[]> =>
  sql.$queryRaw`
    select id::text as id, instant_text(as_of) as "asOf", level, score, reasons, screened, source, policy_id as "policyId"
    from grade where customer_no = ${customerNo} and (${after}::bigint is null or id < ${after}::bigint)
    order by id desc limit ${limit}`;

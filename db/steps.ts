import type { Channel, StepKind, TaskKind } from '../domain/policy';
import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';

export type StepRow = Readonly<{
  billNo: string;
  stepKey: string;
  kind: StepKind;
  status: 'deferred' | 'done' | 'merged' | 'expired';
  because: readonly string[];
  mergedInto: string | null;
  plannedAt: Instant;
}>;
export type MessageRow = Readonly<{
  id: string;
  stepKey: string;
  purpose: 'bill' | 'reminder' | 'demand' | 'marketing';
  channel: Channel;
  address: string;
  language: string;
  templateVersion: number;
  subject: string;
  body: string;
  html: string;
  bodySha256: string;
  owedFen: number;
  penaltyFen: number;
}>;
export type IntentRow = Readonly<{
  billNo: string;
  stepKey: string;
  channel: Channel;
  messageId: string | null;
  suppressedBecause: string | null;
}>;
export type TaskRow = Readonly<{
  id: string;
  /** Null: of no bill. */
  billNo: string | null;
  stepKey: string;
  kind: TaskKind;
  assignee: string;
  why: string;
  dueAt: Instant;
}>;

export type Claim = Readonly<{
  customerNo: string;
  station: string;
  period: Period;
  at: Instant;
  steps: readonly StepRow[];
  messages: readonly MessageRow[];
  intents: readonly IntentRow[];
  tasks: readonly TaskRow[];
}>;

/**
 * Writes one step with all that belongs to it, in one statement inside the caller's transaction: the rungs taken, merged and expired,
 * the messages as *sending*, their intents, and the tasks. A second claim of a rung, an intent or a task fails on its unique index.
 */
export async function writeClaim(
  tx: Sql,
  { customerNo, station, period, at, steps, messages, intents, tasks }: Claim,
): Promise<void> {
  await tx.$executeRaw`
    with
    stepped as (
      insert into step (bill_no, step_key, customer_no, period, kind, status, because, merged_into, planned_at, at)
      select "billNo", "stepKey", ${customerNo}, ${period}, kind, status,
        array(select jsonb_array_elements_text(because)), "mergedInto", "plannedAt", ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as row
        ("billNo" text, "stepKey" text, kind text, status text, because jsonb, "mergedInto" text, "plannedAt" timestamptz)
      on conflict (bill_no, step_key) do update
        set status = excluded.status, because = step.because || excluded.because, merged_into = excluded.merged_into, at = excluded.at,
          period = excluded.period
        where step.status = 'deferred'),
    messaged as (
      insert into message (id, customer_no, period, step_key, purpose, channel, address, language, template_version,
        subject, body, html, body_sha256, owed_fen, penalty_fen, status, attempts, sending_at)
      select id, ${customerNo}, ${period}, "stepKey", purpose, channel, address, language, "templateVersion",
        subject, body, html, "bodySha256", "owedFen", "penaltyFen", 'sending', 1, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as row
        (id uuid, "stepKey" text, purpose text, channel text, address text, language text, "templateVersion" int,
         subject text, body text, html text, "bodySha256" text, "owedFen" bigint, "penaltyFen" bigint)
      returning id),
    intended as (
      insert into intent (bill_no, step_key, channel, message_id, suppressed_because, at)
      select "billNo", "stepKey", channel, "messageId", "suppressedBecause", ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(intents)}::jsonb) as row
        ("billNo" text, "stepKey" text, channel text, "messageId" uuid, "suppressedBecause" text)
      left join messaged on messaged.id = "messageId")
    insert into task (id, customer_no, station, period, bill_no, step_key, kind, assignee, why, opened_at, due_at)
    select id, ${customerNo}, ${station}, ${period}, "billNo", "stepKey", kind, assignee, why, ${at}::timestamptz, "dueAt"
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as row
      (id uuid, "billNo" text, "stepKey" text, kind text, assignee text, why text, "dueAt" timestamptz)
    on conflict do nothing`;
}

export type DeferralRow = Pick<StepRow, 'billNo' | 'stepKey' | 'kind' | 'because' | 'plannedAt'> &
  Readonly<{ customerNo: string }>;

/** Notes that rungs are put off and why. Safe to repeat; a rung already taken stays as it is. */
export async function noteDeferrals(
  sql: Sql,
  rungs: readonly DeferralRow[],
  { period, at }: Readonly<{ period: Period; at: Instant }>,
): Promise<void> {
  if (rungs.length === 0) return;
  await sql.$executeRaw`
    insert into step (bill_no, step_key, customer_no, period, kind, status, because, planned_at, at)
    select "billNo", "stepKey", "customerNo", ${period}, kind, 'deferred', array(select jsonb_array_elements_text(because)),
      "plannedAt", ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rungs)}::jsonb) as row
      ("billNo" text, "stepKey" text, "customerNo" text, kind text, because jsonb, "plannedAt" timestamptz)
    on conflict (bill_no, step_key) do update set because = excluded.because, at = excluded.at where step.status = 'deferred'`;
}

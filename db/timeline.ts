import type { Happened } from '../domain/happened';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import { holdsOver } from './list-holds';

/**
 * All that is on record about one customer, in order: what was done, what was not and why, and who ordered it; together the procedure
 * file (过程档案). `since` leaves out what is older. Reads only; one statement, so one moment of the book.
 */
export const timelineOf = (
  sql: Sql,
  customerNo: string,
  since: string | null = null,
): Promise<Happened[]> => sql.$queryRaw`
  select instant_text(at) as at, kind, params from (${Prisma.join(
    SOURCES.map((source) => source(customerNo)),
    ' union all ',
  )}) rows
  where at is not null and (${since}::timestamptz is null or at >= ${since}::timestamptz)
  order by rows.at, kind, params::text`;

type Source = (no: string) => Prisma.Sql;
/** Midnight in Shanghai. */
const dayOf = (column: string): Prisma.Sql =>
  Prisma.raw(`(${column}::timestamp at time zone 'Asia/Shanghai')`);

const money: readonly Source[] = [
  (no) => Prisma.sql`
    select ${dayOf('issued_on')} as at, case when amount_fen < 0 then 'creditIssued' else 'billIssued' end as kind,
      jsonb_build_object('billNo', bill_no, 'period', period, 'amountFen', abs(amount_fen), 'dueOn', due_on) as params
    from bill where customer_no = ${no}`,
  (no) => Prisma.sql`
    select closed_at, 'billClosed', jsonb_build_object('billNo', bill_no, 'closedAs', closed_as) from bill where customer_no = ${no}`,
  (no) => Prisma.sql`
    select received_at, 'payment', jsonb_build_object('paymentRef', payment_ref, 'amountFen', amount_fen, 'channel', channel)
    from payment where customer_no = ${no}`,
  (no) => Prisma.sql`
    select at, 'penaltyWaived', jsonb_build_object('billNo', bill_no, 'amountFen', amount_fen) from waiver where customer_no = ${no}`,
];

const ladder: readonly Source[] = [
  (no) => Prisma.sql`
    select opened_at, 'monthOpened', jsonb_build_object('period', period, 'level', level, 'policyId',
      coalesce((select from_policy from cycle_migration m where m.customer_no = y.customer_no and m.period = y.period order by m.at, m.order_id limit 1), policy_id))
    from cycle y where customer_no = ${no}`,
  (no) => Prisma.sql`
    select at, 'monthMigrated', jsonb_build_object('period', period, 'from', from_policy, 'to', to_policy, 'by', actor) from cycle_migration where customer_no = ${no}`,
  (no) => Prisma.sql`
    select closed_at, 'monthEnded', jsonb_build_object('period', period, 'outcome', outcome) from cycle where customer_no = ${no}`,
  // What a done step sent or gave out stands below; the step itself says what was not done, and when the level rose.
  (no) => Prisma.sql`
    select at, case when status = 'done' then 'levelRose' else 'stepNotTaken' end, jsonb_build_object('billNo', bill_no, 'step', s.kind, 'stepKey', step_key, 'status', status,
      'because', because, 'mergedInto', merged_into, 'plannedAt', instant_text(planned_at), 'actor', actor)
    from step s where customer_no = ${no} and (status <> 'done' or s.kind = 'levelRise')`,
  (no) => Prisma.sql`
    select sending_at, 'offerLetter', jsonb_build_object('messageId', id, 'channel', channel, 'status', status, 'receipt', receipt,
      'sha256', body_sha256, 'because', case when status = 'dropped' then array[detail] else '{}' end)
    from message where customer_no = ${no} and purpose = 'marketing'`,
  (no) => Prisma.sql`
    select sending_at, 'message', jsonb_build_object('messageId', id, 'channel', channel, 'stepKey', step_key, 'purpose', purpose,
      'status', status, 'receipt', receipt, 'receiptAt', instant_text(receipt_at), 'providerId', provider_id, 'sha256', body_sha256,
      'owedFen', owed_fen, 'penaltyFen', penalty_fen, 'detail', detail)
    from message where customer_no = ${no} and purpose <> 'marketing'`,
  (no) => Prisma.sql`
    select i.at, 'notSent', jsonb_build_object('billNo', i.bill_no, 'stepKey', i.step_key, 'channel', i.channel, 'because', i.suppressed_because)
    from intent i join bill b using (bill_no) where b.customer_no = ${no} and i.suppressed_because is not null`,
  (no) => Prisma.sql`
    select since, 'channelEnded', jsonb_build_object('channel', channel, 'reason', reason, 'code', code) from suppression where customer_no = ${no}`,
  (no) => Prisma.sql`
    select received_at, 'wroteBack', jsonb_build_object('body', body, 'word', word) from inbound_message where customer_no = ${no}`,
  (no) => Prisma.sql`
    select as_of, 'graded', jsonb_build_object('level', level, 'score', score, 'source', source, 'policyId', policy_id, 'screened', screened)
    from grade where customer_no = ${no}`,
];

const people: readonly Source[] = [
  (no) => Prisma.sql`
    select opened_at, 'taskGiven', jsonb_build_object('taskId', id, 'task', t.kind, 'assignee', assignee, 'dueAt', instant_text(due_at), 'stepKey', step_key)
    from task t where customer_no = ${no}`,
  (no) => Prisma.sql`
    select escalated_at, 'taskEscalated', jsonb_build_object('taskId', id, 'task', t.kind) from task t where customer_no = ${no}`,
  (no) => Prisma.sql`
    select done_at, 'taskDone', jsonb_build_object('taskId', id, 'task', t.kind, 'outcome', outcome, 'by', done_by, 'note', note)
    from task t where customer_no = ${no}`,
  (no) => Prisma.sql`
    select at, 'letterPrinted', body || jsonb_build_object('by', actor)
    from command where customer_no = ${no} and kind = 'printLetter' and refused_because is null`,
  (no) => Prisma.sql`
    select placed_at, 'held', jsonb_build_object('scope', scope, 'ref', ref, 'from', instant_text(from_at), 'until', instant_text(until_at), 'by', placed_by, 'reason', reason)
    from hold h where ${holdsOver(no)}`,
  (no) => Prisma.sql`
    select released_at, 'released', jsonb_build_object('scope', scope, 'ref', ref, 'by', released_by, 'reason',
      (select c.reason from command c where c.kind = 'release' and c.at = h.released_at and c.actor = h.released_by order by c.recorded_at desc limit 1))
    from hold h where ${holdsOver(no)}`,
  (no) => Prisma.sql`
    select opened_at, 'disputed', jsonb_build_object('billNo', bill_no, 'by', opened_by, 'reason', reason) from dispute where customer_no = ${no}`,
  (no) => Prisma.sql`
    select resolved_at, 'disputeEnded', jsonb_build_object('billNo', bill_no, 'by', resolved_by, 'resolution', resolution) from dispute where customer_no = ${no}`,
  (no) => Prisma.sql`
    select made_at, 'promised', jsonb_build_object('promisedOn', promised_on, 'by', made_to) from promise where customer_no = ${no}`,
  (no) => Prisma.sql`
    select settled_at, case when kept then 'promiseKept' else 'promiseBroken' end, jsonb_build_object('promisedOn', promised_on) from promise where customer_no = ${no}`,
  (no) => Prisma.sql`
    select at, 'escalated', jsonb_build_object('toLevel', to_level, 'toStep', to_step, 'by', actor, 'reason', reason) from escalation where customer_no = ${no}`,
  (no) => Prisma.sql`
    select requested_at, 'approvalAsked', jsonb_build_object('what', a.kind, 'by', requested_by, 'reason', reason) from approval a where customer_no = ${no}`,
  (no) => Prisma.sql`
    select decided_at, 'approvalDecided', jsonb_build_object('what', a.kind, 'decision', decision, 'by', decided_by, 'reason', decision_reason)
    from approval a where customer_no = ${no}`,
  (no) => Prisma.sql`
    select opened_at, 'deviceProposed', jsonb_build_object('why', why) from device_case where customer_no = ${no}`,
  (no) => Prisma.sql`
    select stage_at, 'deviceStage', jsonb_build_object('stage', stage, 'reason', reason) from device_case where customer_no = ${no} and stage <> 'proposed'`,
  (no) => Prisma.sql`
    select at, c.kind, jsonb_build_object('by', actor, 'reason', reason)
    from command c where customer_no = ${no} and c.kind in ('offersUnwanted', 'offersWanted') and refused_because is null`,
  (no) => Prisma.sql`
    select at, 'orderRefused', jsonb_build_object('order', c.kind, 'by', actor, 'reason', reason, 'because', refused_because, 'door', door)
    from command c where customer_no = ${no} and refused_because is not null`,
];

const SOURCES = [...money, ...ladder, ...people];

import type { Fen } from '../domain/fen';
import type { Level } from '../domain/policy';
import { dateOf, type Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import {
  beginExperiment,
  endExperiment,
  endRefused,
  startRefused,
  type WantedStart,
} from './experiments';
import { evidenceRefused, withReport, type Evidence } from './evidence';
import { Prisma } from './generated/client';
import { beginOverride, overrideRefused } from './overrides';
import { activatePolicy, activationRefused } from './policy-versions';
import type { RuleBook } from './rules';
import { beginWaiver, waiverRefused } from './waivers';

/** What needs a second person, as it will be done when it is approved. */
export type Wanted =
  | Readonly<{ kind: 'override'; customerNo: string; level: Level; until: Instant }>
  | Readonly<{ kind: 'waiver'; customerNo: string; billNo: string; amountFen: Fen }>
  | (Readonly<{ kind: 'policyActivation'; policyId: string }> & Evidence)
  | (Readonly<{ kind: 'experimentStart' }> & WantedStart)
  | Readonly<{ kind: 'experimentEnd'; experimentId: string }>;
export type ApprovalKind = Wanted['kind'];

/**
 * Asks for what needs a second person. Nothing of it is done yet. The approval's id is the order's, which makes it idempotent; refused
 * when it could not be done now, or when the same thing waits for a decision already.
 */
export async function requestApproval(
  db: Db,
  book: RuleBook,
  order: Order,
  given: Wanted,
): Promise<CommandResult> {
  const wanted =
    given.kind === 'policyActivation' || given.kind === 'experimentStart'
      ? await withReport(db, given)
      : given;
  const { kind, customerNo, body } = split(wanted);
  const entry = { kind: `request ${kind}`, customerNo, body };
  return command(db, order, entry, async (tx) => {
    if (customerNo === null)
      // Nobody else asks for the same at the same time: a customer's row is locked by the command, the policies' here.
      await tx.$queryRaw`select from policy order by id for update`;
    const no = (await waitsAlready(tx, wanted)) ?? (await whyNot(tx, book, wanted, order));
    if (no !== null) return refused(no);
    await tx.$executeRaw`
      insert into approval (id, kind, customer_no, body, reason, requested_by, requested_at)
      values (${order.id}, ${kind}, ${customerNo}, ${JSON.stringify(body)}::jsonb, ${order.reason}, ${order.actor}, ${order.at}::timestamptz)`;
    return applied;
  });
}

export type Decision = 'approve' | 'reject' | 'withdraw';
const RECORDED = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;

/**
 * Decides about what was asked for. Approving and rejecting is for another person, withdrawing for the one who asked. An approval is
 * carried out in the same transaction, if it still can be: else it is refused and stays open. Idempotent by the order's id.
 */
export async function decideApproval(
  db: Db,
  book: RuleBook,
  order: Order,
  { id, decision }: Readonly<{ id: string; decision: Decision }>,
): Promise<CommandResult> {
  const known = await approvalOf(db, id);
  if (known === null) return refused(`There is no approval ${id}.`);
  const { customerNo, kind } = known;
  // Of what is about a policy the audit says what was decided on: the report with its digest, or why there was none.
  const about = customerNo === null ? known.body : {};
  const entry = { kind: `${decision} ${kind}`, customerNo, body: { ...about, id } };
  return command(db, order, entry, async (tx) => {
    await tx.$queryRaw`select from approval where id = ${id} for update`;
    const approval = (await approvalOf(tx, id)) ?? known;
    const wanted = wantedOf(approval);
    const no =
      mayDecide(approval, decision, order) ??
      (decision === 'approve' ? await noLonger(tx, book, wanted, order) : null);
    if (no !== null) return refused(no);
    await tx.$executeRaw`
      update approval set decision = ${RECORDED[decision]}, decided_by = ${order.actor}, decided_at = ${order.at}::timestamptz,
        decision_reason = ${order.reason} where id = ${id}`;
    if (decision === 'approve') await carryOut(tx, book, order, { id, wanted });
    return applied;
  });
}

function mayDecide(
  { id, requestedBy, decision: was, decidedBy }: ApprovalRow,
  decision: Decision,
  { actor }: Order,
): string | null {
  if (was !== null) return `Approval ${id} was ${was} by ${decidedBy ?? ''} already.`;
  const own = actor === requestedBy;
  if (decision === 'withdraw')
    return own
      ? null
      : `Approval ${id} was asked for by ${requestedBy}, who alone can withdraw it.`;
  return own
    ? `You asked for approval ${id} yourself: another person has to ${decision} it.`
    : null;
}

/** Why it cannot be done as of the order's instant, as a sentence; null when it can. */
async function whyNot(
  tx: Sql,
  book: RuleBook,
  wanted: Wanted,
  order: Order,
): Promise<string | null> {
  switch (wanted.kind) {
    case 'override':
      return overrideRefused(tx, wanted, order.at);
    case 'waiver':
      return waiverRefused(tx, book, wanted, order.at);
    case 'policyActivation':
      return (
        (await activationRefused(tx, wanted.policyId, order)) ??
        evidenceRefused(tx, wanted.policyId, wanted, dateOf(order.at))
      );
    case 'experimentStart':
      return startRefused(tx, wanted, order);
    case 'experimentEnd':
      return endRefused(tx, wanted.experimentId);
  }
}

async function noLonger(
  tx: Sql,
  book: RuleBook,
  wanted: Wanted,
  order: Order,
): Promise<string | null> {
  const no = await whyNot(tx, book, wanted, order);
  return no === null ? null : `This can no longer be done; it can be rejected. ${no}`;
}

async function carryOut(
  tx: Sql,
  book: RuleBook,
  order: Order,
  { id, wanted }: Readonly<{ id: string; wanted: Wanted }>,
): Promise<void> {
  switch (wanted.kind) {
    case 'override':
      return beginOverride(tx, book, { ...wanted, id }, order);
    case 'waiver':
      return beginWaiver(tx, { ...wanted, id }, order);
    case 'policyActivation':
      return activatePolicy(tx, wanted.policyId, order);
    case 'experimentStart':
      return beginExperiment(tx, { ...wanted, id }, order);
    case 'experimentEnd':
      return endExperiment(tx, wanted.experimentId, order);
  }
}

/** Two levels for one customer, two waivers of one bill or two activations of one policy would decide against each other. */
async function waitsAlready(tx: Sql, wanted: Wanted): Promise<string | null> {
  const { kind, customerNo } = split(wanted);
  const about = aboutOf(wanted);
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    select id from approval where decision is null and kind = ${kind} and customer_no is not distinct from ${customerNo}
      and body @> ${JSON.stringify(about)}::jsonb limit 1`;
  return open === undefined
    ? null
    : `Approval ${open.id} asks for this already. Decide or withdraw it first.`;
}

/** Whatever else is asked of the same customer, bill or version would decide against it. */
function aboutOf(wanted: Wanted): Readonly<Record<string, string>> {
  switch (wanted.kind) {
    case 'override':
      return {};
    case 'waiver':
      return { billNo: wanted.billNo };
    case 'policyActivation':
      return { policyId: wanted.policyId };
    case 'experimentStart':
    case 'experimentEnd':
      return {};
  }
}

type Stored = Readonly<{
  kind: ApprovalKind;
  customerNo: string | null;
  body: Readonly<Record<string, unknown>>;
}>;

/** As it is kept: the customer has a column of its own. */
function split(wanted: Wanted): Stored {
  const { kind, customerNo, ...body } = { customerNo: null, ...wanted };
  return { kind, customerNo, body };
}

/** The reverse of `split`. */
const wantedOf = ({ kind, customerNo, body }: Stored): Wanted =>
  ({ kind, ...(customerNo === null ? {} : { customerNo }), ...body }) as Wanted;

export type ApprovalRow = Stored &
  Readonly<{
    id: string;
    reason: string;
    requestedBy: string;
    requestedAt: Instant;
    decision: 'approved' | 'rejected' | 'withdrawn' | null;
    decidedBy: string | null;
    decidedAt: Instant | null;
    decisionReason: string;
  }>;

/** One approval; null when there is none. Reads only. */
export async function approvalOf(sql: Sql, id: string): Promise<ApprovalRow | null> {
  const [row] = await sql.$queryRaw<
    ApprovalRow[]
  >`select ${columns} from approval where id = ${id}`;
  return row ?? null;
}

export const APPROVAL_STATES = ['open', 'decided', 'all'] as const;

/** Approvals, the latest first, as far as they concern the stations; what is of no station is for those who have all. Reads only. */
export const listApprovals = (
  sql: Sql,
  {
    stations,
    state,
    kind,
    customerNo,
    after,
    limit,
  }: Readonly<{
    /** Null: all. */
    stations: readonly string[] | null;
    state: (typeof APPROVAL_STATES)[number];
    /** Null: all kinds. */
    kind: ApprovalKind | null;
    /** Null: of all customers. */
    customerNo: string | null;
    /** Key of the last row seen: when it was asked for, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<ApprovalRow[]> => sql.$queryRaw`
  select ${columns} from approval a
  where (${after?.[0] ?? null}::timestamptz is null or (requested_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    and (${state} = 'all' or (decision is null) = (${state} = 'open')) and (${kind}::text is null or kind = ${kind})
    and (${customerNo}::text is null or customer_no = ${customerNo})
    and (${stations === null} or exists (select from customer c where c.customer_no = a.customer_no and c.station = any(${[...(stations ?? [])]})))
  order by requested_at desc, id desc limit ${limit}`;

const columns = Prisma.sql`id, kind, customer_no as "customerNo", body, reason, requested_by as "requestedBy",
  instant_text(requested_at) as "requestedAt", decision, decided_by as "decidedBy", instant_text(decided_at) as "decidedAt",
  decision_reason as "decisionReason"`;

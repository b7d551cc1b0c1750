import {
  policyFaults,
  policyRefusal,
  type PolicyBody,
  type PolicyKind,
} from '../domain/policy-check';
import { dateOf, type CivilDate } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';

/** draft: on file, in force on no day. toCome: activated, its day is not yet there. past: a later one took its place. */
export const POLICY_STATES = ['draft', 'toCome', 'inForce', 'past'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

export type PolicyVersion = Readonly<{
  id: string;
  kind: PolicyKind;
  state: PolicyState;
  author: string;
  effectiveFrom: CivilDate;
  createdAt: string;
  activatedAt: string | null;
  activatedBy: string | null;
}>;

/** Every version, by kind, the latest day first, with what it is as of a day. A station has few: one page. Reads only. */
export const policyVersions = (sql: Sql, on: CivilDate): Promise<PolicyVersion[]> => sql.$queryRaw`
  select id, kind, author, effective_from::text as "effectiveFrom", instant_text(created_at) as "createdAt",
    instant_text(activated_at) as "activatedAt", activated_by as "activatedBy",
    case when activated_at is null then 'draft' when effective_from > ${on}::date then 'toCome'
      when id = (select f.id from policy f where f.kind = p.kind and f.activated_at is not null and f.effective_from <= ${on}::date
        order by f.effective_from desc, f.created_at desc limit 1) then 'inForce' else 'past' end as state
  from policy p order by kind, effective_from desc, created_at desc, id`;

/** The id of the version of a kind that is in force on a day; null when none is. Reads only. */
export async function inForceOf(sql: Sql, kind: PolicyKind, on: CivilDate): Promise<string | null> {
  const [row] = await sql.$queryRaw<{ id: string }[]>`
    select id from policy where kind = ${kind} and activated_at is not null and effective_from <= ${on}::date
    order by effective_from desc, created_at desc limit 1`;
  return row?.id ?? null;
}

export type PolicyDocument = PolicyVersion & Readonly<{ body: PolicyBody }>;

/** One version with its body; null when there is none. */
export async function policyVersion(
  sql: Sql,
  id: string,
  on: CivilDate,
): Promise<PolicyDocument | null> {
  const version = (await policyVersions(sql, on)).find((row) => row.id === id);
  if (version === undefined) return null;
  const [row] = await sql.$queryRaw<
    { body: PolicyBody }[]
  >`select body from policy where id = ${id}`;
  return row === undefined ? null : { ...version, body: row.body };
}

export type Draft = Readonly<{
  id: string;
  kind: PolicyKind;
  effectiveFrom: CivilDate;
  body: PolicyBody;
}>;

/**
 * Puts a new version on file, in force nowhere until two people activate it. Idempotent by the order's id; refused when the id is taken,
 * or with every rule that the body breaks.
 */
export const draftPolicy = (db: Db, order: Order, draft: Draft): Promise<CommandResult> => {
  const { id, kind, effectiveFrom, body } = draft;
  const entry = { kind: 'draftPolicy', customerNo: null, body: { id, kind, effectiveFrom } };
  return command(db, order, entry, async (tx) => {
    const no = policyRefusal(kind, body);
    if (no !== null) return refused(no);
    const entered = await tx.$executeRaw`
      insert into policy (id, kind, body, author, effective_from)
      values (${id}, ${kind}, ${JSON.stringify(body)}::jsonb, ${order.actor}, ${effectiveFrom}::date) on conflict (id) do nothing`;
    return entered === 0
      ? refused(`There is a policy ${id} already. A version never changes; choose another id.`)
      : applied;
  });
};

/**
 * Puts another draft in the place of one. Idempotent by the order's id; refused for what is or was in force, for what waits for a
 * second person (who would decide about another thing than was asked), and with every rule that the body breaks.
 */
export const replaceDraft = (
  db: Db,
  order: Order,
  { id, kind, effectiveFrom, body }: Draft,
): Promise<CommandResult> => {
  const entry = { kind: 'replaceDraft', customerNo: null, body: { id, kind, effectiveFrom } };
  return command(db, order, entry, async (tx) => {
    const no = (await notADraft(tx, id)) ?? policyRefusal(kind, body);
    if (no !== null) return refused(no);
    const replaced = await tx.$executeRaw`
      update policy set body = ${JSON.stringify(body)}::jsonb, author = ${order.actor}, effective_from = ${effectiveFrom}::date
      where id = ${id} and kind = ${kind} and activated_at is null`;
    return replaced === 0
      ? refused(`Policy ${id} is of another kind. Draft a ${kind} policy under another id.`)
      : applied;
  });
};

/** Takes a draft off the file. Idempotent by the order's id; refused as `replaceDraft` is. */
export const withdrawDraft = (db: Db, order: Order, id: string): Promise<CommandResult> =>
  command(db, order, { kind: 'withdrawDraft', customerNo: null, body: { id } }, async (tx) => {
    const no = await notADraft(tx, id);
    if (no !== null) return refused(no);
    await tx.$executeRaw`delete from policy where id = ${id} and activated_at is null`;
    return applied;
  });

/** Why a draft cannot be changed, as a sentence; null when it can. Locks its row, which whoever asks for its activation locks too. */
async function notADraft(tx: Sql, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<
    { active: boolean }[]
  >`select activated_at is not null as active from policy where id = ${id} for update`;
  if (row === undefined) return `There is no policy ${id}.`;
  if (row.active) return `Policy ${id} was activated. A version never changes; draft another.`;
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    select id from approval where decision is null and (kind = 'policyActivation' and body @> jsonb_build_object('policyId', ${id}::text)
      or kind = 'experimentStart' and body @> jsonb_build_object('challengerId', ${id}::text))`;
  if (open !== undefined)
    return `Approval ${open.id} asks to activate policy ${id} as it is. Decide or withdraw it first.`;
  const [tried] = await tx.$queryRaw<
    { id: string }[]
  >`select id from experiment where challenger_id = ${id} limit 1`;
  return tried === undefined
    ? null
    : `Experiment ${tried.id} opened months under policy ${id}. A version never changes; draft another.`;
}

/** Why a policy cannot be activated as of the order's instant, as a sentence; null when it can. Reads only. */
export async function activationRefused(
  tx: Sql,
  policyId: string,
  { at }: Pick<Order, 'at'>,
): Promise<string | null> {
  const today = dateOf(at);
  const [row] = await tx.$queryRaw<
    { kind: PolicyKind; body: PolicyBody; active: boolean; effectiveFrom: CivilDate }[]
  >`select kind, body, activated_at is not null as active, effective_from::text as "effectiveFrom" from policy where id = ${policyId}`;
  if (row === undefined) return `There is no policy ${policyId}.`;
  if (row.active) return `Policy ${policyId} is active already.`;
  if (row.effectiveFrom < today)
    return `Policy ${policyId} would be in force from ${row.effectiveFrom}, which is past. Draft it with a day from ${today} on.`;
  const [runs] = await tx.$queryRaw<
    { id: string }[]
  >`select id from experiment where ended_at is null and ${row.kind} = 'ladder'`;
  if (runs !== undefined)
    return `Experiment ${runs.id} runs against the ladder that is in force. End it first.`;
  // The rules for bodies may have grown since it was drafted.
  const [fault] = policyFaults(row.kind, row.body);
  return fault === undefined ? null : `Policy ${policyId}: ${fault.path}: ${fault.message}.`;
}

/** Puts an approved policy in force from its day. Part of the approval's transaction. */
export async function activatePolicy(
  tx: Sql,
  policyId: string,
  { at, actor }: Pick<Order, 'at' | 'actor'>,
): Promise<void> {
  await tx.$executeRaw`
    update policy set activated_at = ${at}::timestamptz, activated_by = ${actor} where id = ${policyId} and activated_at is null`;
}

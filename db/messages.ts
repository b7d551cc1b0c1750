import type { Channel, StepKind } from '../domain/policy';
import type { Instant } from '../domain/time';
import type { Sql } from './client';
import type { MessageRow } from './steps';

/** A provider's list may lag behind what it took (twilio-node #647): an attempt that left no word is looked up only after this. */
export const LOOK_UP_AFTER_MS = 60_000;

export type StoredMessage = Readonly<{
  id: string;
  channel: Channel;
  address: string;
  subject: string;
  body: string;
  html: string;
  stepKey: string;
  purpose: MessageRow['purpose'];
  /** How the customer ends such letters; of an offer only. */
  unsubscribeUrl: string | null;
  attempts: number;
  status: string;
  /** Wall clock of the claim, ISO: where a look-up at the provider begins. */
  claimedAt: string;
}>;

export type Settled = Readonly<{
  id: string;
  status: 'sending' | 'waiting' | 'accepted' | 'undeliverable' | 'unknown' | 'dropped';
  provider: string;
  providerId: string | null;
  detail: string;
  retryAt: Instant | null;
}>;

/** One message, for trying it again. Null when there is none of that id. */
export async function findMessage(sql: Sql, id: string): Promise<StoredMessage | null> {
  const [row] = await sql.$queryRaw<StoredMessage[]>`
    select id::text, channel, address, subject, body, html, step_key as "stepKey", purpose, unsubscribe_url as "unsubscribeUrl", attempts, status,
      instant_text(claimed_at) as "claimedAt"
    from message where id = ${id}::uuid`;
  return row ?? null;
}

/** The provider's names of the other messages to the same address: two texts may be alike, and each was taken once. */
export async function othersTo(
  sql: Sql,
  { id, address }: Pick<StoredMessage, 'id' | 'address'>,
): Promise<string[]> {
  const rows = await sql.$queryRaw<{ providerId: string }[]>`
    select m.provider_id as "providerId" from message m, message own
    where own.id = ${id}::uuid and m.address = ${address} and m.id <> own.id and m.provider_id is not null
      and (m.customer_no = own.customer_no or m.sending_at > own.sending_at - interval '1 day')`;
  return rows.map(({ providerId }) => providerId);
}

/** Records what became of messages. A message already settled keeps its first outcome, so a repeat is safe. */
export async function settleMessages(
  sql: Sql,
  outcomes: readonly Settled[],
  at: Instant,
): Promise<void> {
  await sql.$executeRaw`
    update message set status = row.status, provider = row.provider, provider_id = row."providerId", detail = row.detail,
      retry_at = row."retryAt", settled_at = case when row.status in ('sending', 'waiting') then null else ${at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as row
      (id uuid, status text, provider text, "providerId" text, detail text, "retryAt" timestamptz)
    where message.id = row.id and message.status in ('sending', 'waiting')`;
}

/** Takes a waiting message up again with today's text; its place in the caps stays where it was begun. */
export async function reclaimMessage(tx: Sql, message: MessageRow, at: Instant): Promise<void> {
  await tx.$executeRaw`
    update message set status = 'sending', attempts = attempts + 1, claimed_at = clock_timestamp(), retry_at = ${at}::timestamptz + ${LOOK_UP_AFTER_MS} * interval '1 millisecond',
      subject = ${message.subject}, body = ${message.body}, html = ${message.html}, body_sha256 = ${message.bodySha256},
      owed_fen = ${message.owedFen}, penalty_fen = ${message.penaltyFen}
    where id = ${message.id}::uuid and status in ('waiting', 'sending')`;
}

/** An address that will never do. Safe to repeat. */
export async function suppress(
  sql: Sql,
  {
    customerNo,
    channel,
    address,
    reason,
    code,
    at,
  }: Readonly<{
    customerNo: string;
    channel: Channel;
    address: string;
    reason: string;
    code: string;
    at: Instant;
  }>,
): Promise<void> {
  await sql.$executeRaw`
    insert into suppression (customer_no, channel, address, reason, code, since)
    values (${customerNo}, ${channel}, ${address}, ${reason}, ${code}, ${at}::timestamptz) on conflict do nothing`;
}

/** The rungs that a message is the intent of. */
export const rungsOf = (
  sql: Sql,
  messageId: string,
): Promise<{ billNo: string; stepKey: string }[]> =>
  sql.$queryRaw`select bill_no as "billNo", step_key as "stepKey" from intent where message_id = ${messageId}::uuid order by bill_no`;

/** The channels that a step of one bill has tried, and whether each may still reach the customer. */
export const triedFor = (
  sql: Sql,
  billNo: string,
  stepKey: string,
): Promise<{ channel: Channel; failed: boolean }[]> =>
  sql.$queryRaw`
    select i.channel, m.status in ('undeliverable', 'dropped') as failed
    from intent i join message m on m.id = i.message_id where i.bill_no = ${billNo} and i.step_key = ${stepKey}`;

/** The step that a message belongs to, with the bills whose rung it is. @throws when it is nobody's intent. */
export async function stepOfMessage(
  sql: Sql,
  id: string,
): Promise<{ stepKey: string; kind: StepKind; channel: Channel; billNos: string[] }> {
  const [row] = await sql.$queryRaw<
    { stepKey: string; kind: StepKind; channel: Channel; billNos: string[] }[]
  >`
    select m.step_key as "stepKey", min(s.kind) as kind, m.channel, array_agg(i.bill_no order by i.bill_no) as "billNos"
    from message m join intent i on i.message_id = m.id join step s on s.bill_no = i.bill_no and s.step_key = i.step_key
    where m.id = ${id}::uuid group by m.id`;
  if (row === undefined) throw new RangeError(`message ${id} belongs to no step`);
  return row;
}

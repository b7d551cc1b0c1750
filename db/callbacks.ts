import { receiptRank, type Receipt } from '../domain/receipt';
import type { InboundWord } from '../domain/inbound-word';
import type { Instant } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';
import { applied, commandIn, type Order } from './commands';
import { suppress } from './messages';
import { nudgeCustomer } from './nudges';

export type Report = Readonly<{
  /** The provider's name for the message. */
  providerId: string;
  /** Ours, from the signed address: the report may overtake the answer that brings us the provider's. */
  messageId: string | null;
  receipt: Receipt;
  code: string;
  /** Why the address will never do, when the code says so. */
  ends: string | null;
}>;

type Told = Readonly<{ customerNo: string; address: string; rose: boolean }>;

/**
 * Keeps what became of a text message; false when there is no such message. A state never gives way to an earlier one, nor a final one to
 * another, so reports may come twice and in any order.
 */
export const recordReceipt = (db: Db, report: Report, at: Instant): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const told = await keep(tx, report, at);
    if (told === null) return false;
    if (!told.rose || report.ends === null) return true;
    const { customerNo, address } = told;
    await suppress(tx, {
      customerNo,
      channel: 'sms',
      address,
      reason: report.ends,
      code: report.code,
      at,
    });
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return true;
  });

async function keep(tx: Sql, report: Report, at: Instant): Promise<Told | null> {
  const { providerId, messageId } = report;
  const [found] = await tx.$queryRaw<Found[]>`
    select id::text, customer_no as "customerNo", address, receipt from message
    where channel = 'sms' and (provider = 'twilio' and provider_id = ${providerId}
      or id = ${messageId}::uuid and provider_id is null and status in ('sending', 'unknown'))
    order by provider_id is null limit 1 for update`;
  if (found === undefined) return null;
  const rose = await raise(tx, found, { ...report, at });
  if (rose)
    await tx.$executeRaw`
      update message set provider = 'twilio', provider_id = ${providerId} where id = ${found.id}::uuid`;
  return { ...found, rose };
}

/** A message that something is told about. */
export type Found = Readonly<{
  id: string;
  customerNo: string;
  address: string;
  receipt: Receipt | null;
}>;

/**
 * Takes a later word in; false when it says no more than is known. It is proof that the message was taken, so an outcome that was open or
 * unknown is settled by it. The row is locked by the caller.
 */
export async function raise(
  tx: Sql,
  found: Found,
  { receipt, code, at }: Readonly<{ receipt: Receipt; code: string; at: Instant }>,
): Promise<boolean> {
  if (found.receipt !== null && receiptRank[receipt] <= receiptRank[found.receipt]) return false;
  await tx.$executeRaw`
    update message set receipt = ${receipt}, receipt_code = ${code}, receipt_at = ${at}::timestamptz,
      settled_at = case when status in ('sending', 'unknown') then ${at}::timestamptz else settled_at end,
      retry_at = case when status in ('sending', 'unknown') then null else retry_at end,
      status = case when status in ('sending', 'unknown') then 'accepted' else status end
    where id = ${found.id}::uuid`;
  return true;
}

export type Inbound = Readonly<{
  providerId: string;
  address: string;
  word: InboundWord;
  text: string;
}>;

/**
 * A text that came in. `stop` ends texts to the number, whoever of the book it belongs to and whatever they are for: one opts out of a channel,
 * and notices go on by mail, call or paper. `start` takes back only that. Anything else is kept for the customer whose number it is.
 * A repeat changes nothing.
 */
export const recordInbound = (db: Db, inbound: Inbound, order: Omit<Order, 'id'>): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { providerId, address, word, text } = inbound;
    // In the order of the key, so that two texts at once do not wait for each other.
    const customers = await tx.$queryRaw<{ customerNo: string }[]>`
      select customer_no as "customerNo" from customer where phone = ${address} order by customer_no`;
    const whose = customers.length === 1 ? (customers[0]?.customerNo ?? null) : null;
    const fresh = await tx.$executeRaw`
      insert into inbound_message (provider_id, address, word, received_at, customer_no, body)
      values (${providerId}, ${address}, ${word}, ${order.at}::timestamptz, ${whose}, ${whose === null ? '' : text})
      on conflict do nothing`;
    if (fresh === 0 || word === 'other') return;
    for (const { customerNo } of customers)
      await turn(tx, { customerNo, providerId, address, word }, order);
  });

async function turn(
  tx: Sql,
  {
    customerNo,
    providerId,
    address,
    word,
  }: Pick<Inbound, 'providerId' | 'address'> &
    Readonly<{ customerNo: string; word: 'stop' | 'start' }>,
  order: Omit<Order, 'id'>,
): Promise<void> {
  const entry = {
    kind: word === 'stop' ? 'optOut' : 'optIn',
    customerNo,
    body: { channel: 'sms' },
  };
  const id = `twilio/${providerId}/${customerNo}`;
  await commandIn(tx, { ...order, id }, entry, async () => {
    if (word === 'stop')
      await suppress(tx, {
        customerNo,
        channel: 'sms',
        address,
        reason: 'optedOut',
        code: 'STOP',
        at: order.at,
      });
    else
      await tx.$executeRaw`
        delete from suppression where customer_no = ${customerNo} and channel = 'sms' and address = ${address} and reason = 'optedOut'`;
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return applied;
  });
}

import { offerBar, type OfferBar } from '../domain/offer';
import type { Instant, Period } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';
import { applied, command, commandIn, refused, type CommandResult, type Order } from './commands';
import { loadDeviceCase, nudgeDevice } from './devices';
import { lockAccount, type Account } from './facts';
import type { MessageRow } from './steps';

export type OfferLetter = Readonly<{
  proposalId: string;
  customerNo: string;
  period: Period;
  /** The first instant at which it may go out, as far as is known now. */
  sendAt: Instant;
  unsubscribeUrl: string;
  message: MessageRow;
}>;

/** Why not, for who ordered it. */
const SENTENCES: Readonly<Record<OfferBar, string>> = {
  notOffered: 'The proposal is past the stages at which something is offered.',
  offersUnwanted: 'The customer wants no offers of the device.',
  noUsableAddress: 'There is no e-mail address that can be used for this customer.',
  held: 'The customer is held. Nothing is sent until the hold ends.',
};

/**
 * Orders the letter of an offer: it is written down as *waiting*, and the proposal's run sends it when it may go out. Idempotent by the order's id;
 * refused when it may not go out at all, or when this proposal had its letter.
 */
export const orderOffer = (db: Db, order: Order, letter: OfferLetter): Promise<CommandResult> => {
  const { proposalId, customerNo, period, sendAt, unsubscribeUrl, message: m } = letter;
  const entry = { kind: 'offer', customerNo, body: { proposalId, messageId: m.id } };
  return command(db, order, entry, async (tx) => {
    const account = await lockAccount(tx, customerNo, period, order.at);
    const bar = account === null ? 'notOffered' : await barOf(tx, account, proposalId, order.at);
    if (bar !== null) return refused(SENTENCES[bar]);
    const added = await tx.$executeRaw`
      insert into message (id, customer_no, period, step_key, purpose, channel, address, template_version, language, subject, body, html,
        body_sha256, owed_fen, penalty_fen, status, retry_at, sending_at, unsubscribe_url)
      values (${m.id}::uuid, ${customerNo}, ${period}, ${m.stepKey}, 'marketing', 'email', ${m.address}, ${m.templateVersion}, ${m.language},
        ${m.subject}, ${m.body}, ${m.html}, ${m.bodySha256}, 0, 0, 'waiting', ${sendAt}::timestamptz, ${sendAt}::timestamptz, ${unsubscribeUrl})
      on conflict (step_key) where purpose = 'marketing' do nothing`;
    if (added === 0) return refused('This proposal had its letter already.');
    await nudgeDevice(tx, customerNo);
    return applied;
  });
};

/** Why the letter of a proposal may not go out now; null when it may. */
export async function barOf(
  sql: Sql,
  { customer: { customerNo }, facts }: Pick<Account, 'customer' | 'facts'>,
  proposalId: string,
  asOf: Instant,
): Promise<OfferBar | null> {
  const found = await loadDeviceCase(sql, customerNo);
  const stage = found?.id === proposalId ? found.stage : null;
  return offerBar(facts, { stage, unwanted: await wantsNoOffers(sql, customerNo) }, asOf);
}

/** Turns a waiting letter to *sending*: from here on it is in doubt until there is an outcome. */
export async function claimOffer(
  tx: Sql,
  messageId: string,
  { at, lookUpAt }: Readonly<{ at: Instant; lookUpAt: Instant }>,
): Promise<void> {
  await tx.$executeRaw`
    update message set status = 'sending', attempts = attempts + 1, claimed_at = clock_timestamp(),
      sending_at = ${at}::timestamptz, retry_at = ${lookUpAt}::timestamptz
    where id = ${messageId}::uuid and status = 'waiting'`;
}

/** Puts a waiting letter off. */
export async function putOffOffer(tx: Sql, messageId: string, until: Instant): Promise<void> {
  await tx.$executeRaw`
    update message set retry_at = ${until}::timestamptz, sending_at = ${until}::timestamptz
    where id = ${messageId}::uuid and status = 'waiting'`;
}

/** Whether the customer said that no offers are wanted. Reads only. */
export async function wantsNoOffers(sql: Sql, customerNo: string): Promise<boolean> {
  const [row] = await sql.$queryRaw<
    unknown[]
  >`select from offer_opt_out where customer_no = ${customerNo}`;
  return row !== undefined;
}

/** Keeps whether offers are wanted. Idempotent by the order's id; refused when it is known already. */
export const setOffers = (
  db: Db,
  order: Order,
  { customerNo, wanted }: Readonly<{ customerNo: string; wanted: boolean }>,
): Promise<CommandResult> => {
  const entry = { kind: wanted ? 'offersWanted' : 'offersUnwanted', customerNo, body: {} };
  return command(db, order, entry, async (tx) => {
    const changed = wanted
      ? await tx.$executeRaw`delete from offer_opt_out where customer_no = ${customerNo}`
      : await optOut(tx, customerNo, order);
    return changed > 0 ? applied : refused('That is on record already.');
  });
};

/** Whose letter it is; null when there is none of that id that offers something. Reads only. */
export async function addressee(sql: Sql, messageId: string): Promise<string | null> {
  const [row] = await sql.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from message where id = ${messageId}::uuid and purpose = 'marketing'`;
  return row?.customerNo ?? null;
}

/** Ends offers to whom a letter went, by its own address. A repeat changes nothing; after offers were wanted again it ends them again. */
export const unsubscribe = (db: Db, order: Order, customerNo: string): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx.$queryRaw`select from customer where customer_no = ${customerNo} for update`;
    if (await wantsNoOffers(tx, customerNo)) return;
    await commandIn(tx, order, { kind: 'offersUnwanted', customerNo, body: {} }, async () => {
      await optOut(tx, customerNo, order);
      return applied;
    });
  });

const optOut = (tx: Sql, customerNo: string, { at, actor }: Order): Promise<number> =>
  tx.$executeRaw`
    insert into offer_opt_out (customer_no, since, told_by) values (${customerNo}, ${at}::timestamptz, ${actor}) on conflict do nothing`;

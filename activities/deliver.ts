import {
  findMessage,
  LOOK_UP_AFTER_MS,
  othersTo,
  settleMessages,
  suppress,
  type Settled,
  type StoredMessage,
} from '../db/messages';
import { plusMs, type Instant } from '../domain/time';
import type { Letter } from '../providers/mailer';
import type { Delivery, Found } from '../providers/sms';
import type { Deps } from './deps';

/** What a provider needs of a message. */
type Sendable = Pick<
  StoredMessage,
  'id' | 'channel' | 'address' | 'subject' | 'body' | 'html' | 'purpose'
> &
  Partial<Pick<StoredMessage, 'unsubscribeUrl'>>;

/** Waits between tries of a message that was certainly not taken; after the last the channel counts as failed for this step. */
const RETRY_AFTER_MS = [60_000, 300_000, 900_000, 3_600_000, 10_800_000] as const;

/** Outcomes by message id. `failed` is the channel failing for good for this step. */
export type Handed = Readonly<{
  id: string;
  status: Settled['status'];
  outcome: 'taken' | 'open' | 'failed';
}>;

/**
 * Hands messages over, all at the same time, and records what became of each. Outcomes are values; only a bug or refused credentials
 * throw, and then the messages stay *sending*, to be looked up before anything is sent again.
 */
export async function handOver(
  { db, sms, mailer }: Deps,
  customerNo: string,
  messages: readonly (Sendable & { attempts?: number })[],
  asOf: Instant,
): Promise<Handed[]> {
  const results = await Promise.all(
    messages.map(async (message) => ({
      message,
      delivery: await (message.channel === 'sms'
        ? sms.send(smsOf(message))
        : mailer.send(letterOf(message))),
    })),
  );
  const settled = results.map(({ message, delivery }) =>
    outcomeOf(message, delivery, message.channel === 'sms' ? sms.name : mailer.name, asOf),
  );
  if (settled.length > 0) await settleMessages(db, settled, asOf);
  for (const { message, delivery } of results) {
    // `refused` is about this message; the other reasons are about the address, which will never do.
    if (delivery.kind !== 'undeliverable' || delivery.reason === 'refused') continue;
    await suppress(db, {
      customerNo,
      channel: message.channel,
      address: message.address,
      reason: delivery.reason,
      code: delivery.code,
      at: asOf,
    });
  }
  return settled.map(({ id, status }) => ({ id, status, outcome: HANDED[status] }));
}

const HANDED = {
  accepted: 'taken',
  sending: 'open',
  waiting: 'open',
  unknown: 'taken',
  undeliverable: 'failed',
  dropped: 'failed',
} as const;

function outcomeOf(
  message: Sendable & { attempts?: number },
  delivery: Delivery,
  provider: string,
  asOf: Instant,
): Settled {
  const base = { id: message.id, provider, providerId: null, detail: '', retryAt: null };
  switch (delivery.kind) {
    case 'accepted':
      return { ...base, status: 'accepted', providerId: delivery.providerId };
    case 'undeliverable':
      return { ...base, status: 'undeliverable', detail: `${delivery.reason} ${delivery.code}` };
    case 'unknown':
      // It stays *sending* until the provider was asked.
      return {
        ...base,
        status: 'sending',
        detail: delivery.cause,
        retryAt: plusMs(asOf, LOOK_UP_AFTER_MS),
      };
    case 'tryLater': {
      const wait = RETRY_AFTER_MS[(message.attempts ?? 1) - 1];
      if (wait === undefined)
        return { ...base, status: 'undeliverable', detail: `gave up: ${delivery.cause}` };
      return {
        ...base,
        status: 'waiting',
        detail: delivery.cause,
        // A later time of the provider's or of our own limits stands; a sooner one would use the tries up within minutes.
        retryAt: plusMs(asOf, Math.max(wait, delivery.retryAfterMs ?? 0)),
      };
    }
  }
}

/**
 * Finds out whether an earlier attempt was taken, before anything is sent again: found, it is settled; certainly not taken, it waits to
 * be sent now; where nobody can tell it is settled as unknown and never sent again. Null when there was nothing to find out. Safe to repeat.
 */
export async function reconcile(
  { db, sms, mailer }: Deps,
  messageId: string,
  asOf: Instant,
): Promise<Settled['status'] | null> {
  const message = await findMessage(db, messageId);
  if (message?.status !== 'sending') return null;
  const provider = message.channel === 'sms' ? sms : mailer;
  const found: Found =
    message.channel === 'sms'
      ? await sms.find(smsOf(message), message.claimedAt, await othersTo(db, message))
      : await mailer.find(letterOf(message), message.claimedAt);
  const base = { id: message.id, provider: provider.name, providerId: null, retryAt: null };
  const outcome: Record<Found['kind'], Settled> = {
    found: {
      ...base,
      status: 'accepted',
      providerId: found.kind === 'found' ? found.providerId : null,
      detail: 'found by look-up',
    },
    notFound: { ...base, status: 'waiting', detail: 'not taken, says the provider', retryAt: asOf },
    cannotTell: { ...base, status: 'unknown', detail: 'no answer, and no look-up' },
  };
  await settleMessages(db, [outcome[found.kind]], asOf);
  return outcome[found.kind].status;
}

const smsOf = ({ id, address, body }: Sendable): { id: string; to: string; text: string } => ({
  id,
  to: address,
  text: body,
});
const letterOf = ({
  id,
  address,
  subject,
  body,
  html,
  purpose,
  unsubscribeUrl = null,
}: Sendable): Letter => ({
  ...{ id, to: address, subject, text: body, html, purpose },
  ...(unsubscribeUrl === null ? {} : { unsubscribeUrl }),
});

import { inTransaction } from '../db/client';
import { lockAccount } from '../db/facts';
import { findMessage, LOOK_UP_AFTER_MS, settleMessages } from '../db/messages';
import { barOf, claimOffer, putOffOffer } from '../db/offers';
import { startOf } from '../domain/gravest';
import { dateOf, periodOf, plusMs } from '../domain/time';
import type { DeviceTurn } from '../workflows/contract';
import { handOver, reconcile } from './deliver';
import type { Deps } from './deps';

/**
 * Sends the letter of an offer that a person ordered; what has come between is found here, in the moment of sending: it is dropped with the
 * reason, or put off by window and caps, in which it counts like any other. Safe to repeat.
 */
export async function deliverOffer(
  deps: Deps,
  { customerNo, asOf }: Pick<DeviceTurn, 'customerNo' | 'asOf'>,
  messageId: string,
): Promise<void> {
  await reconcile(deps, messageId, asOf);
  const letter = await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, customerNo, periodOf(dateOf(asOf)), asOf);
    const message = await findMessage(tx, messageId);
    if (account === null || message?.status !== 'waiting') return null;
    const bar = await barOf(tx, account, message.stepKey.slice('offer/'.length), asOf);
    if (bar !== null) {
      const nothing = { provider: '', providerId: null, retryAt: null };
      const dropped = { ...nothing, id: messageId, status: 'dropped', detail: bar } as const;
      await settleMessages(tx, [dropped], asOf);
      return null;
    }
    const { policy, calendar } = await deps.book.rules(await deps.book.ladderInForce(dateOf(asOf)));
    const { messagesAt } = account.facts;
    const { at } = startOf(asOf, policy.limits, { statutory: false, messagesAt }, calendar);
    if (at > asOf) {
      await putOffOffer(tx, messageId, at);
      return null;
    }
    await claimOffer(tx, messageId, { at: asOf, lookUpAt: plusMs(asOf, LOOK_UP_AFTER_MS) });
    return { ...message, attempts: message.attempts + 1 };
  });
  if (letter !== null) await handOver(deps, customerNo, [letter], asOf);
}

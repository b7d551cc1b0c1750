import { BEFORE_CONSENT, type DeviceStage } from './device';
import type { Facts } from './facts';
import { standsStill } from './holds';
import { stillnessOf } from './rungs';
import type { Instant } from './time';

export type OfferBar = 'notOffered' | 'offersUnwanted' | 'noUsableAddress' | 'held';

/**
 * Why the letter that offers the device may not go to the customer now, or null when it may. Asked when it is ordered, and again in the moment of
 * sending. Source: docs/policy.md, "Prepaid device".
 */
export function offerBar(
  facts: Facts,
  { stage, unwanted }: Readonly<{ stage: DeviceStage | null; unwanted: boolean }>,
  asOf: Instant,
): OfferBar | null {
  if (stage === null || !BEFORE_CONSENT.includes(stage)) return 'notOffered';
  if (unwanted) return 'offersUnwanted';
  if (!facts.reachable.includes('email')) return 'noUsableAddress';
  return standsStill(asOf, stillnessOf(facts, null, facts.openedAt)) ? 'held' : null;
}

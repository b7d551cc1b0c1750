import type { Clock } from './clock';

export type Reservation =
  { kind: 'granted'; waitMs: number } | { kind: 'full'; retryAfterMs: number };

/**
 * A token bucket that holds `burst` tokens and gets `perSecond` more, and hands out reservations: a caller either holds a slot
 * that comes within `maxWaitMs`, or learns at once when to come back. Those sent away are spread over the slots to
 * come, so that ten thousand of them do not all come back together.
 */
export function rateLimit({ perSecond, burst = 1, maxWaitMs }: RateSettings, clock: Clock) {
  const spacingMs = 1_000 / perSecond;
  let nextFreeMs = -Infinity;
  let lastHintMs = -Infinity;

  return (): Reservation => {
    const nowMs = clock.now();
    const freeMs = Math.max(nextFreeMs, nowMs - (burst - 1) * spacingMs);
    const waitMs = Math.max(0, freeMs - nowMs);
    if (waitMs > maxWaitMs) {
      lastHintMs = Math.max(freeMs, lastHintMs + spacingMs);
      return { kind: 'full', retryAfterMs: Math.ceil(lastHintMs - nowMs) };
    }
    nextFreeMs = freeMs + spacingMs;
    return { kind: 'granted', waitMs };
  };
}

export type RateSettings = Readonly<{ perSecond: number; burst?: number; maxWaitMs: number }>;

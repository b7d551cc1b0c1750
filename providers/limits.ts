import { circuitBreaker, type BreakerSettings } from './breaker';
import { bulkhead } from './bulkhead';
import { realClock, type Clock } from './clock';
import { rateLimit } from './rate';
import type { Delivery } from './sms';

export type Limits = Readonly<{
  perSecond: number;
  /** Attempts that may begin at once after a pause. Default 1: evenly spaced. */
  burst?: number;
  maxInFlight: number;
  /** The longest that a message may wait, for its slot and for a place, before it is sent back with `tryLater`. */
  maxWaitMs: number;
  breaker: BreakerSettings;
}>;

type Provider<M> = Readonly<{ send: (message: M) => Promise<Delivery> }>;

/**
 * The same provider with `send` held to its limits, so that a slow or stalled one costs others nothing: what cannot begin within
 * `maxWaitMs` is answered `tryLater` at once, with the time to come back where it is known. `tryLater`, `unknown` and a throw are
 * failures to the breaker, greylisting among them, so `failures` should be well above the few that chance brings together.
 * `find` and `close` pass untouched. Limits hold for this process: with n workers, give each an n-th of the provider's.
 */
export function guarded<M, P extends Provider<M>>(
  provider: P & Provider<M>,
  limits: Limits,
  clock: Clock = realClock,
): P {
  const reserve = rateLimit(limits, clock);
  const places = bulkhead(limits.maxInFlight, clock);
  const breaker = circuitBreaker(limits.breaker, clock);

  const attempt = async (message: M): Promise<Delivery> => {
    // Looked at again here: it may have opened while this message waited for its place.
    const openMs = breaker.waitMs();
    if (openMs > 0) return later('breaker open', openMs);
    breaker.begin();
    let succeeded = false;
    try {
      const outcome = await provider.send(message);
      succeeded = outcome.kind === 'accepted' || outcome.kind === 'undeliverable';
      return outcome;
    } finally {
      breaker.end(succeeded);
    }
  };

  const send = async (message: M): Promise<Delivery> => {
    const openMs = breaker.waitMs();
    if (openMs > 0) return later('breaker open', openMs);
    const slot = reserve();
    if (slot.kind === 'full') return later('over the rate', slot.retryAfterMs);
    if (slot.waitMs > 0) await new Promise<void>((run) => clock.after(slot.waitMs, run));

    const leave = await places.enter(limits.maxWaitMs - slot.waitMs);
    if (leave === null) return later('all places taken', null);
    try {
      return await attempt(message);
    } finally {
      leave();
    }
  };
  return { ...provider, send };
}

const later = (cause: string, retryAfterMs: number | null): Delivery => ({
  kind: 'tryLater',
  cause,
  retryAfterMs,
});

import type { Instant } from '../domain/time';

/** Longer than the engine and the machine take from an instant to its activity, shorter than anything a rule could mean. */
const GRACE_MS = 5 * 60_000;

export type ExactClock = Readonly<{
  /** Something is to happen then: to a customer, or to a station. */
  meant: (whose: string, at: Instant) => void;
  /** The latest instant that was meant, when `asOf` is at most five minutes after it; else `asOf` itself. */
  exact: (whose: string, asOf: Instant) => Instant;
}>;

/**
 * A clock without the machine's delay. What is meant for 09:00:00.000 is done by a real engine some hundredths of a second later, and a cap of so many
 * messages in seven days can tell the difference. A simulation has no delay; what is compared with it must have none either.
 */
export function exactClock(): ExactClock {
  const known = new Map<string, Set<Instant>>();
  return {
    meant(whose, at) {
      const instants = known.get(whose);
      if (instants === undefined) known.set(whose, new Set([at]));
      else instants.add(at);
    },
    exact(whose, asOf) {
      const latest = [...(known.get(whose) ?? [])]
        .filter((at) => at <= asOf)
        .sort()
        .at(-1);
      return latest !== undefined && Date.parse(asOf) - Date.parse(latest) <= GRACE_MS
        ? latest
        : asOf;
    },
  };
}

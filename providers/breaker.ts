import type { Clock } from './clock';

export type BreakerSettings = Readonly<{
  /** Failures in a row that open it. */
  failures: number;
  openMs: number;
}>;

/**
 * Opens for `openMs` after so many failures in a row, then lets one attempt through: its success closes the breaker, its failure
 * opens it anew.
 */
export function circuitBreaker({ failures, openMs }: BreakerSettings, clock: Clock) {
  let inARow = 0;
  let openUntilMs = -Infinity;
  let isTrying = false;

  const leftMs = (): number => Math.ceil(Math.max(0, openUntilMs - clock.now()));
  const isOpen = (): boolean => inARow >= failures;

  return {
    /** Milliseconds to stay away, or 0 when an attempt may begin. Changes nothing. */
    waitMs: (): number => {
      if (!isOpen()) return 0;
      return isTrying ? openMs : leftMs();
    },
    /** Call just before an attempt for which `waitMs` was 0, and `end` after it, whatever came of it. */
    begin: (): void => void (isTrying = isOpen()),
    end: (succeeded: boolean): void => {
      isTrying = false;
      inARow = succeeded ? 0 : inARow + 1;
      if (isOpen()) openUntilMs = clock.now() + openMs;
    },
  };
}

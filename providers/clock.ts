/** A monotonic clock, passed in so that tests hold it in their hands. Milliseconds from an arbitrary beginning. */
export type Clock = Readonly<{
  now: () => number;
  /** Calls `run` once, `ms` from now; the answer cancels it. */
  after: (ms: number, run: () => void) => () => void;
}>;

export const realClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

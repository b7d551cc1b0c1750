import type { Clock } from '../../providers/clock';

/** A clock that stands still until it is pushed. `pass` runs what falls due, in order, and lets promises settle in between. */
export function handClock(): Clock & { pass: (ms: number) => Promise<void> } {
  let nowMs = 0;
  const timers = new Set<{ atMs: number; run: () => void }>();
  const settle = () => new Promise((done) => setImmediate(done));
  const nextDue = (untilMs: number) =>
    [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];

  return {
    now: () => nowMs,
    after: (ms, run) => {
      const timer = { atMs: nowMs + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
        timers.delete(due);
        nowMs = due.atMs;
        due.run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

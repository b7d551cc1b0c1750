import type { WorkerOptions } from '@temporalio/worker';

/** How every worker works; the benchmark's bare worker too, so that the two can be compared. */
export const workerOptions = {
  // Time for activities under way when the worker is told to stop: a provider call and its record.
  shutdownGraceTime: '20 seconds',
  maxConcurrentActivityTaskExecutions: 60,
  // A cycle asleep costs memory while it is cached; one that is not is replayed in 50 ms (temporal.md 2.4).
  maxCachedWorkflows: 2_000,
} as const satisfies Partial<WorkerOptions>;

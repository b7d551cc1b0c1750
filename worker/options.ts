import type { WorkerOptions } from '@temporalio/worker';

/** How every worker works; the benchmark's bare worker too, so that the two can be compared. */
export const workerOptions = {
  // Time for activities under way when the worker is told to stop: a provider call and its record.
  shutdownGraceTime: '20 seconds',
  maxConcurrentActivityTaskExecutions: 60,
  // A cycle asleep costs some 0.4 MiB while it is cached; one that is not is replayed from its history. So many keep a worker below 700 MiB
  // however many months are open (docs/performance.md).
  maxCachedWorkflows: 600,
} as const satisfies Partial<WorkerOptions>;

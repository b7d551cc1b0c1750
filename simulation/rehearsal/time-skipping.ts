import type { Connection } from '@temporalio/client';

type Service = Connection['workflowService'];
type Run = Readonly<{ namespace: string; workflowId: string }>;

/**
 * Moves one run's clock forward to `toMs` (epoch, of that run's own clock); timers due on the way fire in order and their activities run.
 * A run that ends on the way is as far as it gets. @returns whether it still runs. Source of the calls: server 1.32, `timeskipping.go`.
 */
export async function forwardTo(
  { workflowService }: Connection,
  namespace: string,
  workflowId: string,
  toMs: number,
): Promise<boolean> {
  const run = { namespace, workflowId };
  try {
    const nowMs = await clockOf(workflowService, run);
    if (nowMs === null) return false;
    return nowMs >= toMs || (await skip(workflowService, run, toMs - nowMs));
  } catch (error) {
    if (!hasEnded(error)) throw error;
    return false;
  }
}

async function skip(service: Service, run: Run, ms: number): Promise<boolean> {
  const { namespace, workflowId } = run;
  const workflowExecution = { workflowId };
  const fastForwardId = `by-${ms}-${Math.round(performance.now() * 1000)}`;
  const duration = { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
  const timeSkippingConfig = {
    enabled: true,
    fastForwardConfig: { id: fastForwardId, duration },
  };
  await service.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: { timeSkippingConfig },
    updateMask: { paths: ['time_skipping_config'] },
  } as unknown as Parameters<Service['updateWorkflowExecutionOptions']>[0]);
  for (let before = await standOf(service, run); ;) {
    const result = await poll(service, { namespace, workflowExecution, fastForwardId });
    if (result !== POLL.timedOut) return result === POLL.completed;
    const after = await standOf(service, run);
    if (after.idle && after.events === before.events) return true;
    before = after;
  }
}

type Stand = Readonly<{ events: number; idle: boolean }>;

/**
 * How far a run has come, and whether nothing is under way. A run that is idle after a poll, at the same event as before it, has no timer: no
 * time brings it on, only a signal. One that is idle at a single look may be between the skip to its timer and the timer.
 */
async function standOf(service: Service, run: Run): Promise<Stand> {
  const { workflowExecutionInfo, pendingActivities, pendingWorkflowTask } = await describe(
    service,
    run,
  );
  return {
    events: Number(workflowExecutionInfo?.historyLength ?? 0),
    idle: pendingActivities.length === 0 && (pendingWorkflowTask ?? null) === null,
  };
}

type Poll = Parameters<Service['pollWorkflowExecutionTimeSkipping']>[0];

/** Once; it may come back before the run is there. */
async function poll(service: Service, request: Poll): Promise<number> {
  try {
    const { fastForwardPollingResult } = await service.pollWorkflowExecutionTimeSkipping(request);
    return fastForwardPollingResult;
  } catch (error) {
    // A busy server may let the call itself time out.
    if ((error as { code?: number }).code === DEADLINE_EXCEEDED) return POLL.timedOut;
    throw error;
  }
}

const DEADLINE_EXCEEDED = 4;
/** `temporal.api.enums.v1.FastForwardPollingResult`; a run that ends before it is there has failed to be. */
const POLL = { timedOut: 1, completed: 2 };

const describe = (service: Service, { namespace, workflowId }: Run) =>
  service.describeWorkflowExecution({ namespace, execution: { workflowId } });

/** The run's own clock, as epoch milliseconds; null when it has ended. */
async function clockOf(service: Service, run: Run): Promise<number | null> {
  const { workflowExecutionInfo, workflowExtendedInfo } = await describe(service, run);
  if (workflowExecutionInfo?.closeTime) return null;
  const { seconds, nanos } = workflowExtendedInfo?.timeSkippingInfo?.currentTime ?? {};
  return seconds ? Number(seconds) * 1000 + Math.floor((nanos ?? 0) / 1_000_000) : Date.now();
}

const hasEnded = (error: unknown): boolean => {
  const { code, details } = error as { code?: number; details?: string };
  return code === 5 || /completed|not found|already/i.test(details ?? '');
};

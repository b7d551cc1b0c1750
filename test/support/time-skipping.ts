import type { Connection } from '@temporalio/client';

type Service = Connection['workflowService'];

/**
 * Moves one run's clock forward to `toMs` (epoch, of that run's own clock); timers due on the way fire in order and their activities run.
 * A run that ends on the way is as far as it gets. Source: ../shared/engine.md, "Time skipping".
 */
export async function forwardTo(
  connection: Connection,
  namespace: string,
  workflowId: string,
  toMs: number,
): Promise<void> {
  const service: Service = connection.workflowService;
  const workflowExecution = { workflowId };
  const seconds = Math.ceil((toMs - (await clockOf(service, namespace, workflowId))) / 1000);
  if (seconds <= 0) return;
  const id = `to-${toMs}-${Math.round(performance.now())}`;
  const timeSkippingConfig = { enabled: true, fastForwardConfig: { id, duration: { seconds } } };
  try {
    await service.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      workflowExecutionOptions: { timeSkippingConfig },
      updateMask: { paths: ['time_skipping_config'] },
    } as unknown as Parameters<Service['updateWorkflowExecutionOptions']>[0]);
    await untilThere(service, { namespace, workflowExecution, fastForwardId: id });
  } catch (error) {
    if (!hasEnded(error)) throw error;
  }
}

async function untilThere(
  service: Service,
  request: Parameters<Service['pollWorkflowExecutionTimeSkipping']>[0],
): Promise<void> {
  for (;;) {
    const { fastForwardPollingResult } = await service.pollWorkflowExecutionTimeSkipping(request);
    // The poll's own time-out: ask again.
    if (!String(fastForwardPollingResult).endsWith('TIMEOUT')) return;
  }
}

/** The run's own clock, as epoch milliseconds. */
async function clockOf(service: Service, namespace: string, workflowId: string): Promise<number> {
  const { workflowExtendedInfo } = await service.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  });
  const current = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return current?.seconds ? Number(current.seconds) * 1000 : Date.now();
}

const hasEnded = (error: unknown): boolean => {
  const { code, details } = error as { code?: number; details?: string };
  return code === 5 || /completed|not found|already/i.test(details ?? '');
};

import type { Connection } from '@temporalio/client';

const UNIMPLEMENTED = 12;
const NOT_FOUND = 5;

/** Whether workflows of a namespace may skip time. */
export type TimeSkipping = 'on' | 'off' | 'noNamespace';

/**
 * Asks the server by an order to a workflow that does not exist: it refuses the feature before it looks for the
 * workflow, so nothing is ever changed.
 */
export async function timeSkippingOf(
  connection: Connection,
  namespace: string,
): Promise<TimeSkipping> {
  try {
    await connection.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId: 'tarim-probe-of-time-skipping' },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
      updateMask: { paths: ['time_skipping_config'] },
    });
    return 'on';
  } catch (error) {
    const { code, details } = error as { code?: number; details?: string };
    if (code === UNIMPLEMENTED) return 'off';
    if (code !== NOT_FOUND) throw error;
    return /namespace/i.test(details ?? '') ? 'noNamespace' : 'on';
  }
}

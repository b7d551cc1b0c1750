import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import type { StartCycle } from '../activities/campaign';
import type { Nudge } from '../db/nudges';
import { cycleId, deviceId } from '../domain/run-ids';
import type {
  CollectMonthInput,
  ProposeDeviceInput,
  RunCampaignInput,
} from '../workflows/contract';

/**
 * Starts cycles through `client`. A run that exists, open or ended, is a success: its id is its customer and month. One that failed or was
 * terminated by hand is started again, because its month is still open. One that begins in a hold is told to look: the nudge of a release
 * that came between its opening and its start found nobody. Another policy is for a repair: it knows that the month is open though its run
 * has ended.
 */
export const startCycleBy =
  (
    client: Client,
    taskQueue: string,
    workflowIdReusePolicy:
      'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE' = 'ALLOW_DUPLICATE_FAILED_ONLY',
  ): StartCycle =>
  async (input, delayMs) => {
    const args: [CollectMonthInput] = [input];
    const workflowId = cycleId(input.customerNo, input.period);
    try {
      await client.workflow.start('collectMonth', {
        taskQueue,
        workflowId,
        workflowIdReusePolicy,
        args,
        ...(delayMs > 0 ? { startDelay: delayMs } : {}),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    if (input.next.at === null)
      await signalIfThere(client, { workflowId, signal: 'changed', body: {} });
  };

async function signalIfThere(
  client: Client,
  { workflowId, signal, body }: Nudge,
): Promise<'sent' | 'gone'> {
  try {
    await client.workflow.getHandle(workflowId).signal(signal, body);
    return 'sent';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}

/** Starts a campaign's run. One that was opened before, running or through, stays as it is. */
async function startCampaign(
  client: Client,
  taskQueue: string,
  { workflowId, body }: Nudge,
): Promise<void> {
  const args = [body as RunCampaignInput] as const;
  const workflowIdReusePolicy = 'ALLOW_DUPLICATE_FAILED_ONLY';
  try {
    await client.workflow.start('runCampaign', {
      ...{ taskQueue, workflowId, workflowIdReusePolicy, args: [...args] },
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * Of a proposal's tasks: after those of months, which have the engine's middle, 3. On a bill day thousands of proposals begin within minutes, and
 * 640 of 2,000 payments waited behind them for a minute and more (docs/performance.md).
 */
const PROPOSALS_LAST = { priorityKey: 4 };

/** Shorter than the half minute for which nobody else takes a nudge that is being sent. */
const SEND_MS = 15_000;

/**
 * Sends one nudge. A campaign's run is started by it; a proposal's by its first; a cycle's run that has ended needs none.
 * Safe to repeat: a nudge only says "look again", and an order in it is known by its id.
 *
 * @throws when the engine has not answered within `withinMs`: one call without an answer would hold up all other nudges.
 */
export const sendNudgeBy =
  (client: Client, taskQueue: string, withinMs = SEND_MS) =>
  (nudge: Nudge): Promise<'sent' | 'gone'> =>
    client.withDeadline(Date.now() + withinMs, () => send(client, taskQueue, nudge));

async function send(client: Client, taskQueue: string, nudge: Nudge): Promise<'sent' | 'gone'> {
  const { workflowId, body } = nudge;
  if (workflowId.startsWith('campaign/')) {
    await startCampaign(client, taskQueue, nudge);
    return 'sent';
  }
  const customerNo = workflowId.split('/')[1] ?? '';
  if (workflowId === deviceId(customerNo)) {
    const input: ProposeDeviceInput = { customerNo, offsetMs: Number(body['offsetMs'] ?? 0) };
    await client.workflow.signalWithStart('proposeDevice', {
      taskQueue,
      workflowId,
      args: [input],
      priority: PROPOSALS_LAST,
      signal: 'changed',
      signalArgs: [],
    });
    return 'sent';
  }
  return signalIfThere(client, nudge);
}

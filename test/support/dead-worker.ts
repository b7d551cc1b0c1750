import type { Station } from './station';

/** What the new worker needs to be up, and the server to stop waiting for the old one. */
const GIVEN_UP_AFTER_S = 8;
const AT_ONCE = 25;

/**
 * The server learns of a killed worker by the time-outs of what that was doing, up to 90 s. This shortens them for what is under way
 * now, and changes nothing else: each attempt ends by its time-out, as it would have. Returns how many there were.
 */
export async function giveUpSooner(
  { connection: { workflowService }, namespace }: Pick<Station, 'connection' | 'namespace'>,
  workflowIds: readonly string[],
): Promise<number> {
  const one = async (workflowId: string): Promise<number> => {
    const execution = { workflowId };
    const pending = await workflowService
      .describeWorkflowExecution({ namespace, execution })
      .then(({ pendingActivities }) => pendingActivities)
      // Not started yet.
      .catch(() => []);
    for (const { activityId } of pending) {
      await workflowService
        .updateActivityOptions({
          namespace,
          execution,
          id: activityId ?? '',
          activityOptions: {
            startToCloseTimeout: seconds(GIVEN_UP_AFTER_S),
            heartbeatTimeout: seconds(GIVEN_UP_AFTER_S),
          },
          updateMask: { paths: ['start_to_close_timeout', 'heartbeat_timeout'] },
        } as unknown as Parameters<typeof workflowService.updateActivityOptions>[0])
        // Over by now: an answer that was on its way.
        .catch(() => undefined);
    }
    return pending.length;
  };
  const queue = [...workflowIds];
  let found = 0;
  const lane = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) found += await one(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return found;
}

const seconds = (count: number) => ({ seconds: count });

import { type Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Db } from '../db/client';

const LOOK_MS = 1_000;
/** A bill day of 10,000 proposals takes some minutes; who waits longer than this waits for ever. */
const PATIENCE_MS = 20 * 60_000;
const { TaskQueueType } = temporal.api.enums.v1;

/** Waits until no nudge is kept and no task waits for a worker: all that was begun has come to its next wait. @throws after 20 min. */
export async function settled(connection: Connection, namespace: string, db: Db): Promise<void> {
  const waiting = async (taskQueueType: temporal.api.enums.v1.TaskQueueType): Promise<number> => {
    const taskQueue = { name: 'tarim' };
    const asked = { namespace, taskQueue, taskQueueType, reportStats: true };
    const { stats } = await connection.workflowService.describeTaskQueue(asked);
    return Number(stats?.approximateBacklogCount ?? 0);
  };
  const began = performance.now();
  // Twice in a row: a nudge that was just sent is not a task yet.
  for (let calm = 0; calm < 2;) {
    const all = await Promise.all([
      db.nudge.count(),
      waiting(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
      waiting(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ]);
    calm = all.every((n) => n === 0) ? calm + 1 : 0;
    if (performance.now() - began > PATIENCE_MS)
      throw new Error(`${all.join(', ')} nudges, workflow tasks and activities still wait`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

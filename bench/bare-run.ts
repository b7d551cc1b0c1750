import type { ChildProcess } from 'node:child_process';
import type { Client } from '@temporalio/client';

const STARTS_IN_FLIGHT = 50;

/** Seconds until so many bare workflows have finished: the worker tells of each activity, and the last are asked for their result. */
export async function bareRun(
  client: Client,
  worker: ChildProcess,
  name: string,
  count: number,
): Promise<number> {
  let done = 0;
  const counted = new Promise<void>((resolve) => {
    const onDone = (): void => {
      done += 1;
      if (done < count) return;
      worker.off('message', onDone);
      resolve();
    };
    worker.on('message', onDone);
  });
  const began = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      await client.workflow.start('bare', {
        taskQueue: 'bare',
        workflowId: `bare/${name}/${n}`,
        args: [],
      });
    }
  };
  await Promise.all(Array.from({ length: STARTS_IN_FLIGHT }, lane));
  await counted;
  const last = Array.from({ length: STARTS_IN_FLIGHT }, (_, n) => `bare/${name}/${count - 1 - n}`);
  await Promise.all(last.map((id) => client.workflow.getHandle(id).result()));
  return (performance.now() - began) / 1000;
}

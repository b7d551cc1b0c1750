import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import sdk from '@temporalio/common/package.json';

const HISTORIES = join(__dirname, '..', 'replay', 'histories');

/**
 * Writes the history of every run of a task queue as `<workflow>.<case>.<sdk version>.json`, for the replay tests. Only under
 * `npm run record-history`: a committed history is never edited, a new one is recorded beside it.
 */
export async function recordHistories(client: Client, taskQueue: string): Promise<void> {
  if (process.env['TARIM_RECORD'] === undefined) return;
  mkdirSync(HISTORIES, { recursive: true });
  const shapes = new Set<string>();
  for await (const { workflowId, runId, type } of client.workflow.list({
    query: `TaskQueue = "${taskQueue}"`,
  })) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    // Another run through the same events proves nothing more.
    const shape = [type, ...(history.events ?? []).map(({ eventType }) => eventType)].join();
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    const name = `${type}.${workflowId.split('/').slice(1).join('-')}.${sdk.version}.json`;
    writeFileSync(join(HISTORIES, name), historyToJSON(history));
  }
}

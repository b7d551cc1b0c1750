import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import sdk from '@temporalio/common/package.json';
import { HISTORIES, historiesIn, readHistory } from './histories';

/** Of a crowd so many are enough; a scenario that has a name (`C-…`, `S-…`) is kept in any case. */
const NAMELESS_MOST = 8;

/**
 * Writes the history of every run of a task queue as `<e2e test>/<workflow>.<case>.<sdk version>.json.gz`, for the replay tests. Only under
 * `npm run record-history`: a committed history is never edited, a new one is recorded beside it.
 */
export async function recordHistories(client: Client, taskQueue: string): Promise<void> {
  if (process.env['TARIM_RECORD'] === undefined) return;
  const test = basename(expect.getState().testPath ?? '', '.test.ts');
  const folder = join(HISTORIES, test);
  mkdirSync(folder, { recursive: true });
  const shapes = new Set(
    historiesIn(folder).map((name) => shapeOf(readHistory(join(folder, name)) as Recorded)),
  );
  let nameless = 0;
  for await (const { workflowId, runId, type } of client.workflow.list({
    query: `TaskQueue = "${taskQueue}"`,
  })) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const text = historyToJSON(history);
    const shape = shapeOf(JSON.parse(text) as Recorded);
    // Another run through the same events proves nothing more.
    if (shapes.has(shape)) continue;
    const isNamed = /\/[CS]-/.test(workflowId);
    if (!isNamed && nameless >= NAMELESS_MOST) continue;
    if (!isNamed) nameless += 1;
    shapes.add(shape);
    const name = `${type}.${workflowId.split('/').slice(1).join('-')}.${sdk.version}`;
    writeFileSync(freeIn(folder, name), gzipSync(text, { level: 9 }));
  }
}

type Recorded = Readonly<{ events?: readonly { eventType?: unknown }[] }>;
/** The types of its events in order; the first names the workflow by what follows it. */
const shapeOf = ({ events = [] }: Recorded): string =>
  events.map(({ eventType }) => String(eventType)).join();

function freeIn(folder: string, name: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? `${name}.json.gz` : `${name}.${n}.json.gz`);
    if (!existsSync(path)) return path;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { changedBuild } from '../support/changed-build';

const HISTORIES = join(__dirname, 'histories');
const WORKFLOWS = join(__dirname, '..', '..', 'workflows', 'index.ts');
/** Those of before 2026-11-24 lie side by side, later ones in a folder for each e2e test. */
const files = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);
const historyOf = (file: string): unknown =>
  JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));

/** Runs under way must go on under today's code (law 7). A failure here wants `patched()` or a new workflow type, never an edited history. */
let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({ workflowsPath: WORKFLOWS });
}, 60_000);

test.each(files)('%s goes on under today’s code', async (file) => {
  await Worker.runReplayHistory({ workflowBundle }, historyOf(file));
});

describe('a build of a copy in which each turn looks first', () => {
  const looksFirst = '    plan = woken ?';
  const look = '    await look({ ...turn, commands: [] });\n';
  const months = files.filter((name) => basename(name).startsWith('collectMonth.'));
  const replayBy = async (line: string): Promise<Promise<void>[]> => {
    const build = changedBuild('collect-month.ts', [
      [looksFirst, `${line}${looksFirst}`],
      ["} from '@temporalio/workflow';", "  patched,\n} from '@temporalio/workflow';"],
    ]);
    try {
      const changed = await bundleWorkflowCode({ workflowsPath: build.workflows });
      return months.map((file) =>
        Worker.runReplayHistory({ workflowBundle: changed }, historyOf(file)),
      );
    } finally {
      build.remove();
    }
  };

  test('fails every month that took a turn', async () => {
    const results = await Promise.allSettled(await replayBy(look));
    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
  });

  test('replays all of them behind patched()', async () => {
    const results = await Promise.allSettled(
      await replayBy(`    if (patched('looks-first'))\n  ${look}`),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});

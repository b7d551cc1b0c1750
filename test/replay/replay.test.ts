import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { changedBuild } from '../support/changed-build';
import { HISTORIES, historiesIn, readHistory } from '../support/histories';

const E2E = join(__dirname, '..', 'e2e');
const WORKFLOWS = join(__dirname, '..', '..', 'workflows', 'index.ts');
const files = historiesIn(HISTORIES);
const historyOf = (file: string): unknown => readHistory(join(HISTORIES, file));

/** Runs under way must go on under today's code (law 7). A failure here wants `patched()` or a new workflow type, never an edited history. */
let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({ workflowsPath: WORKFLOWS });
}, 60_000);

test.each(files)('%s goes on under today’s code', async (file) => {
  await Worker.runReplayHistory({ workflowBundle }, historyOf(file));
});

/** What starts a station and does not say that its histories are of another build, or cannot be read. */
const recorded = readdirSync(E2E).filter((name) => {
  const text = readFileSync(join(E2E, name), 'utf8');
  return text.includes('startStation(') && !text.includes('recorded: false');
});

test.each(recorded)('of %s there are histories', (name) => {
  const folder = `${basename(name, '.test.ts')}/`;
  expect(files.filter((file) => file.startsWith(folder)).length).toBeGreaterThan(0);
});

test.each(files)('%s holds nothing personal', (file) => {
  const text = JSON.stringify(historyOf(file)).replace(
    /"data":"([A-Za-z0-9+/=]*)"/g,
    (_, data: string) => Buffer.from(data, 'base64').toString(),
  );
  // A number of a telephone, an address, a name: those of the scenarios are Chinese, and lie at example.test.
  expect(text).not.toMatch(/\+86\d|example\.test|\p{Script=Han}/u);
});

describe('a build of a copy in which each turn looks first', () => {
  const looksFirst = '    plan = woken ?';
  const look = '    await look({ ...turn, commands: [] });\n';
  const months = files.filter(
    (name) =>
      basename(name).startsWith('collectMonth.') &&
      /ACTIVITY_TASK_SCHEDULED|MARKER_RECORDED/.test(JSON.stringify(historyOf(name))),
  );
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

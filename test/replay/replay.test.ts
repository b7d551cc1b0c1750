import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const HISTORIES = join(__dirname, 'histories');
const WORKFLOWS = join(__dirname, '..', '..', 'workflows', 'index.ts');
const files = readdirSync(HISTORIES).filter((name) => name.endsWith('.json'));

/** Runs under way must go on under today's code (law 7). A failure here wants `patched()` or a new workflow type, never an edited history. */
let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({ workflowsPath: WORKFLOWS });
}, 60_000);

test.each(files)('%s goes on under today’s code', async (file) => {
  const history: unknown = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle }, history);
});

test('a changed workflow fails its history', async () => {
  const changed = { code: workflowBundle.code.replaceAll('takeTurn', 'takeAnotherTurn') };
  const file = files.find((name) => name.startsWith('collectMonth.')) ?? '';
  const history: unknown = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));
  await expect(Worker.runReplayHistory({ workflowBundle: changed }, history)).rejects.toThrow();
});

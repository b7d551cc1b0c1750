import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CHILD = join(__dirname, '..', 'support', 'cut-engine-child.ts');

test('what the native part of Temporal has to say of an engine that goes away is no part of standard output', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    CHILD,
  ]);
  expect(stdout).toBe('done');
  expect(stderr).not.toBe('');
});

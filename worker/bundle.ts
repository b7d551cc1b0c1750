import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BundleOptions, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { TSX } from './tsx';

const PROGRAM = join(__dirname, 'bundle-main.ts');
export type Given = Pick<
  BundleOptions,
  'workflowsPath' | 'payloadConverterPath' | 'failureConverterPath'
>;
export type Told = Readonly<{ bundle: WorkflowBundleWithSourceMap }> | Readonly<{ failed: string }>;

/**
 * The workflows as a worker runs them, made in a process of its own: the compiler would stay in the worker's memory, some 100 MiB of it
 * (docs/performance.md). Takes some seconds; safe to repeat. @throws with what the compiler said.
 */
export async function bundleApart(given: Given): Promise<WorkflowBundleWithSourceMap> {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(PROGRAM, { execArgv: ['--import', TSX], stdio: [...stdio] });
  child.send(given);
  // A number or the name of a signal when it ended without a word.
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
    Told | number | string | null,
  ];
  if (child.connected) child.disconnect();
  if (told === null || typeof told !== 'object')
    throw new Error(
      `the process that makes the bundle of the workflows ended with ${told ?? 'a signal'}`,
    );
  if ('failed' in told) throw new Error(told.failed);
  return told.bundle;
}

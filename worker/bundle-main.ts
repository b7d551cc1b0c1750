import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Given, Told } from './bundle';

const tell = (told: Told): boolean => process.send?.(told) ?? false;

/** Makes one bundle and tells it; the process ends when its parent lets go. */
process.once('message', (given: Given) => {
  bundleWorkflowCode({ ...given, logger: new DefaultLogger('WARN') }).then(
    (bundle) => tell({ bundle }),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

import { join } from 'node:path';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { workerOptions } from '../worker/options';

/** A worker of the same settings as Tarim's, for workflows that do nothing. Ends by SIGTERM. */
async function main(): Promise<void> {
  const connection = await NativeConnection.connect({
    address: process.env['TEMPORAL_ADDRESS'] ?? '',
  });
  const worker = await Worker.create({
    connection,
    namespace: process.env['TEMPORAL_NAMESPACE'] ?? '',
    taskQueue: 'bare',
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(__dirname, 'bare-workflow.ts'),
    }),
    activities: {
      nothing: () => {
        process.send?.('done');
        return Promise.resolve();
      },
    },
    ...workerOptions,
  });
  process.send?.('ready');
  await worker.run();
  await connection.close();
}

void main();

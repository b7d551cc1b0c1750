import type { Config } from '../config';
import { addressesOf } from '../engine/connect';

/** Runs the worker until it is told to stop, and tells the supervisor when it takes work. */
export async function worker(config: Config): Promise<void> {
  const { runWorker } = await import('../worker/main.js');
  const { databaseUrl, temporalAddress, namespace } = addressesOf(config);
  const told: Config = {
    ...config,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  };
  await runWorker(told, { onReady: () => process.send?.('ready') });
}

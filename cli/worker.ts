import type { Config } from '../config';
import { addressesOf } from '../engine/connect';

type Worker = {
  runWorker: (config: Config, told: { onReady: () => void }) => Promise<void>;
};
const MAIN: string = '../worker/main.js';

/** Runs the worker until it is told to stop, and tells the supervisor when it takes work. */
export async function worker(config: Config): Promise<void> {
  const { runWorker } = (await import(MAIN)) as Worker;
  const { databaseUrl, temporalAddress, namespace } = addressesOf(config);
  const told: Config = {
    ...config,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  };
  await runWorker(told, { onReady: () => process.send?.('ready') });
}

import { runApi } from '../api/main';
import type { Config } from '../config';
import { addressesOf } from '../engine/connect';

/** Serves the API until it is told to stop, and tells the supervisor when it listens. */
export async function api(config: Config): Promise<void> {
  const { databaseUrl, temporalAddress, namespace } = addressesOf(config);
  const told: Config = {
    ...config,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  };
  await runApi(told, {
    onReady: (url) => {
      process.stderr.write(`The API listens at ${url}.\n`);
      process.send?.('ready');
    },
  });
}

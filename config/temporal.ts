import { tlsNames } from './variables';
import type { Config } from '.';

/** How to reach Temporal, as a client's and a worker's connection both take it. */
export type TemporalReach = Readonly<{
  tls?: Readonly<{
    serverNameOverride?: string;
    serverRootCACertificate?: Uint8Array;
    clientCertPair?: Readonly<{ crt: Uint8Array; key: Uint8Array }>;
  }>;
  apiKey?: string;
}>;

/** TLS and the key that the environment names; plain where it names none. A certificate that is renewed is read at the next start. */
export function reachOf(config: Config): TemporalReach {
  const {
    TEMPORAL_TLS_CA: ca,
    TEMPORAL_TLS_CERT: crt,
    TEMPORAL_TLS_KEY: key,
    TEMPORAL_TLS_SERVER_NAME: name,
    TEMPORAL_API_KEY: apiKey,
  } = config;
  if (!config.TEMPORAL_TLS && tlsNames.every((one) => config[one] === undefined)) return {};
  return {
    tls: {
      ...(name === undefined ? {} : { serverNameOverride: name }),
      ...(ca === undefined ? {} : { serverRootCACertificate: Buffer.from(ca) }),
      ...(crt === undefined || key === undefined
        ? {}
        : { clientCertPair: { crt: Buffer.from(crt), key: Buffer.from(key) } }),
    },
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}

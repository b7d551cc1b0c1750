export const REHEARSAL_NAMESPACE = 'tarim-rehearsal';
/** Namespaces whose workflows may skip time. Never the one of the real book: a skipped month would dun real people. */
export const SKIPPING_NAMESPACES = ['tarim-test', REHEARSAL_NAMESPACE] as const;

export const TEMPORAL_PORTS = [
  'frontend',
  'frontendMembership',
  'history',
  'historyMembership',
  'matching',
  'matchingMembership',
  'temporalWorker',
  'temporalWorkerMembership',
] as const;
export type TemporalPorts = Readonly<Record<(typeof TEMPORAL_PORTS)[number], number>>;

/** Cannot be changed once a home has history. */
const SHARDS = 64;
/** Each of the four services opens this many; with the visibility store's it stays below half of Postgres's 200. */
const STORE_CONNECTIONS = 20;
const VISIBILITY_CONNECTIONS = 4;

/** A Postgres server and the pair of databases on it that Temporal uses. */
export type Store = Readonly<{
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  visibility: string;
  tls: Readonly<{ verify: boolean; caFile: string | null }> | null;
}>;

/**
 * @param url - of the product's own database.
 * @param ours - whether it is on our own Postgres; on another's, the names bear the product's database's name.
 */
export function storeOf(url: string, ours: boolean): Store {
  const at = new URL(url);
  const product = decodeURIComponent(at.pathname.slice(1));
  const database = ours ? 'temporal' : `${product}_temporal`;
  const mode = at.searchParams.get('sslmode') ?? 'disable';
  const encrypted = ['require', 'verify-ca', 'verify-full', 'no-verify'].includes(mode);
  return {
    host: at.hostname,
    port: Number(at.port || 5432),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password),
    database,
    visibility: `${database}_visibility`,
    tls: encrypted
      ? { verify: mode === 'verify-full', caFile: at.searchParams.get('sslrootcert') }
      : null,
  };
}

/** The server's configuration: everything on 127.0.0.1. JSON, which is YAML whose quoting needs no thought. */
export function serverConfig(
  store: Store,
  ports: TemporalPorts,
  dynamicConfigFile: string,
): string {
  const listens = (port: number, membership: number) => ({
    rpc: { grpcPort: port, membershipPort: membership, bindOnLocalHost: true },
  });
  return asYaml({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: SHARDS,
      datastores: {
        main: { sql: sqlOf(store, store.database, STORE_CONNECTIONS) },
        visibility: { sql: sqlOf(store, store.visibility, VISIBILITY_CONNECTIONS) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: listens(ports.frontend, ports.frontendMembership),
      history: listens(ports.history, ports.historyMembership),
      matching: listens(ports.matching, ports.matchingMembership),
      worker: listens(ports.temporalWorker, ports.temporalWorkerMembership),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  });
}

function sqlOf(store: Store, databaseName: string, connections: number) {
  return {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: `${store.host}:${store.port}`,
    connectProtocol: 'tcp',
    user: store.user,
    password: store.password,
    maxConns: connections,
    maxIdleConns: connections,
    maxConnLifetime: '1h',
    ...(store.tls ? { tls: tlsOf(store.tls) } : {}),
  };
}

const tlsOf = ({ verify, caFile }: NonNullable<Store['tls']>) => ({
  enabled: true,
  enableHostVerification: verify,
  ...(caFile ? { caFile } : {}),
});

/** Time skipping for the two namespaces of trial, and limits fit for one machine that one team uses. */
export function dynamicConfig(): string {
  const skipping = <Value>(value: Value) =>
    SKIPPING_NAMESPACES.map((namespace) => ({ value, constraints: { namespace } }));
  return asYaml({
    // The second name is the later one: 1.32.1 only warns about it.
    'frontend.WorkflowTimeSkippingEnabled': skipping(true),
    'system.workflowTimeSkippingEnabled': skipping(true),
    'frontend.WorkflowTimeSkippingMaxSkipPerSession': skipping(10_000),
    ...Object.fromEntries(Object.entries(LIMITS).map(([key, value]) => [key, [{ value }]])),
  });
}

/** The defaults guard a shared cluster against one tenant; here they would only stall a campaign. */
const LIMITS = {
  'frontend.rps': 20_000,
  'frontend.namespaceRPS': 20_000,
  'frontend.namespaceRPS.visibility': 1_000,
  'frontend.namespaceCount': 5_000,
  'history.rps': 50_000,
  'matching.rps': 50_000,
  'frontend.persistenceMaxQPS': 20_000,
  'history.persistenceMaxQPS': 50_000,
  'matching.persistenceMaxQPS': 50_000,
};

const asYaml = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { writePrivate } from './home';
import { makeDatabase } from './postgres';
import type { Command } from './process';
import type { Engine } from './temporal-binary';
import {
  dynamicConfig,
  serverConfig,
  SKIPPING_NAMESPACES,
  storeOf,
  type Store,
  type TemporalPorts,
} from './temporal-config';

export type Plan = Readonly<{
  home: string;
  engine: Engine;
  ports: TemporalPorts;
  databaseUrl: string;
  /** Whether `databaseUrl` is on the Postgres of this home. */
  ours: boolean;
  namespace: string;
}>;

/** Makes databases, schema and configuration as needed, and says how to start the server. Safe to repeat. */
export async function prepareTemporal(plan: Plan): Promise<Command> {
  return plan.engine.kind === 'server'
    ? prepareServer(plan, plan.engine)
    : commandOfCli(plan, plan.engine.cli);
}

async function prepareServer(
  plan: Plan,
  engine: Extract<Engine, { kind: 'server' }>,
): Promise<Command> {
  const store = storeOf(plan.databaseUrl, plan.ours);
  await Promise.all([
    prepareSchema(engine.sqlTool, plan.databaseUrl, store, 'temporal'),
    prepareSchema(engine.sqlTool, plan.databaseUrl, store, 'visibility'),
  ]);
  const config = join(plan.home, 'temporal.yaml');
  const dynamic = join(plan.home, 'temporal-dynamic.yaml');
  writePrivate(dynamic, dynamicConfig());
  writePrivate(config, serverConfig(store, plan.ports, dynamic));
  return {
    command: engine.server,
    args: ['--config-file', config, '--allow-no-auth', 'start'],
    log: join(plan.home, 'logs', 'temporal.log'),
    cwd: plan.home,
  };
}

/** The schema is inside the tool itself, so the cache alone suffices. */
async function prepareSchema(
  tool: string,
  databaseUrl: string,
  store: Store,
  schema: 'temporal' | 'visibility',
): Promise<void> {
  const database = schema === 'temporal' ? store.database : store.visibility;
  await makeDatabase(databaseUrl, database);
  const run = (...args: string[]) =>
    promisify(execFile)(tool, ['--plugin', 'postgres12', ...tlsFlags(store), ...args], {
      env: { ...process.env, ...sqlEnv(store, database) },
    });
  if (!(await hasSchema(databaseUrl, database))) await run('setup-schema', '-v', '0.0');
  await run('update-schema', '--schema-name', `postgresql/v12/${schema}`);
}

/** By environment, since anybody on the machine may read a command line. */
const sqlEnv = (store: Store, database: string) => ({
  SQL_HOST: store.host,
  SQL_PORT: String(store.port),
  SQL_USER: store.user,
  SQL_PASSWORD: store.password,
  SQL_DATABASE: database,
});

function tlsFlags({ tls }: Store): string[] {
  if (tls === null) return [];
  const ca = tls.caFile ? ['--tls-ca-file', tls.caFile] : [];
  return ['--tls', ...ca, ...(tls.verify ? [] : ['--tls-disable-host-verification'])];
}

async function hasSchema(databaseUrl: string, database: string): Promise<boolean> {
  const url = new URL(databaseUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('schema_version') is not null as there",
    );
    return rows[0]?.there === true;
  } finally {
    await client.end();
  }
}

/**
 * The CLI's development server keeps its own SQLite file. It cannot limit a setting to a namespace, so time
 * skipping is on only where the whole home is for trial.
 */
function commandOfCli({ home, ports, namespace }: Plan, cli: string): Command {
  const trial = SKIPPING_NAMESPACES.some((name) => name === namespace);
  const settings = trial
    ? [
        'frontend.WorkflowTimeSkippingEnabled=true',
        'frontend.WorkflowTimeSkippingMaxSkipPerSession=10000',
      ]
    : [];
  return {
    command: cli,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--headless', '--log-level', 'warn'],
      ...['--port', String(ports.frontend), '--db-filename', join(home, 'temporal.sqlite')],
      ...settings.flatMap((setting) => ['--dynamic-config-value', setting]),
    ],
    log: join(home, 'logs', 'temporal.log'),
    cwd: home,
  };
}

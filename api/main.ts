import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config';
import { reachOf } from '../config/temporal';
import { dataConverterOf } from '../config/temporal-codec';
import { openDb } from '../db/client';
import { missing } from '../db/migrate';
import { openRuleBook } from '../db/rules';
import type { Deps } from './deps';
import { logOptions } from './log';
import { buildServer } from './server';

/** Database connections of one API process: more would only queue in Postgres instead of here. */
const CONNECTIONS = 10;
const PORT = 7070;

/** Serves until SIGINT or SIGTERM, then finishes what is under way. `onReady` is told where it listens. */
export async function runApi(
  config: Config,
  told: { onReady: (url: string) => void },
): Promise<void> {
  const { deps, close } = wire(config);
  const app = await buildServer(deps, { logger: logOptions(config) });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    await app.listen({ host: config.API_HOST, port: config.API_PORT ?? PORT });
    const { port } = app.server.address() as AddressInfo;
    told.onReady(`http://${config.API_HOST}:${port}`);
    await stopped;
  } finally {
    await app.close();
    await close();
  }
}

/** The real things behind the routes; the engine is asked for only when needed, so that the book can be read without it. */
function wire(config: Config): { deps: Deps; close: () => Promise<void> } {
  const databaseUrl = given(config.DATABASE_URL);
  const address = given(config.TEMPORAL_ADDRESS);
  const namespace = config.TEMPORAL_NAMESPACE;
  const dataConverter = dataConverterOf(config);
  const db = openDb(databaseUrl, CONNECTIONS);
  let connecting: Promise<Connection> | null = null;
  const temporal = async (): Promise<Client> => {
    connecting ??= Connection.connect({
      address,
      ...reachOf(config),
      connectTimeout: '5 seconds',
    });
    try {
      return new Client({ ...{ namespace, dataConverter }, connection: await connecting });
    } catch (error) {
      // The next who asks tries again.
      connecting = null;
      throw error;
    }
  };
  const missingMigrations = async (): Promise<string | null> => {
    const names = await missing(databaseUrl);
    return names.length === 0 ? null : `not applied: ${names.join(', ')}; run npx tarim db migrate`;
  };
  const close = async (): Promise<void> => {
    await db.$disconnect();
    await (await connecting?.catch(() => null))?.close();
  };
  return { deps: { db, book: openRuleBook(db), config, temporal, missingMigrations }, close };
}

function given(value: string | undefined): string {
  if (value === undefined) throw new TypeError('the API needs DATABASE_URL and TEMPORAL_ADDRESS');
  return value;
}

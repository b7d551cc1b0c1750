import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { leaveToken } from '../../cli/operator-token';
import { openDb, type Db } from '../../db/client';
import { migrate } from '../../db/migrate';
import { readRun } from '../../engine/home';
import type { Command } from '../../engine/process';
import { purge } from '../../engine/purge';
import { supervise, type Addresses } from '../../engine/supervise';
import { apiCommand, workerCommand } from '../../engine/worker-command';
import { loadConfig } from '../../config';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';
import { startFakeTwilio, type FakeTwilio } from '../support/fake-twilio';
import { startProxy, type Proxy } from '../support/proxy';

export type ServiceName = 'postgres' | 'temporal' | 'worker' | 'api';

/** The whole product under its own supervisor, with proxies between it and what it depends on. */
export type Stack = Readonly<{
  db: Db;
  databaseUrl: string;
  temporalAddress: string;
  connection: Connection;
  client: Client;
  namespace: string;
  twilio: FakeTwilio;
  smtp: FakeSmtp;
  /** Between worker or API and the database or the engine. */
  proxies: Readonly<Record<'database' | 'engine', Proxy>>;
  /** The process that runs now; null between its end and its next start. */
  pidOf: (service: ServiceName) => number | null;
  api: Readonly<{ url: string; token: string }>;
  close: () => Promise<void>;
}>;

const NAMESPACE = 'tarim-test';
/** Where the provider believes the API to be. */
export const PUBLIC_URL = 'https://tarim.example.test';

/** Starts one in a throw-away home; `close` ends all of it. Whatever is killed, the supervisor starts again, as at a station. */
export async function startStack(say: (line: string) => void): Promise<Stack> {
  // In a test run, below its folder: what a killed run leaves there is ended by the next.
  const home = mkdtempSync(join(process.env['TARIM_TEST_FOLDER'] ?? tmpdir(), 'tarim-chaos-'));
  const [twilio, smtp] = await Promise.all([startFakeTwilio(), startFakeSmtp()]);
  const [database, engine] = await Promise.all([startProxy(), startProxy()]);
  const through = (at: Addresses): Addresses => ({
    ...at,
    databaseUrl: database.via(at.databaseUrl),
    temporalAddress: new URL(engine.via(`tcp://${at.temporalAddress}`)).host,
  });
  const running = await supervise({
    home,
    cache: loadConfig(process.env).TARIM_CACHE,
    namespace: NAMESPACE,
    databaseUrl: undefined,
    temporalAddress: undefined,
    migrate,
    worker: (at) => live(workerCommand(home, through(at)), twilio, smtp),
    api: {
      command: (at, port) => live(apiCommand(home, through(at), port), twilio, smtp),
      port: await freePort(),
    },
    withUi: false,
    // As at a station: what Postgres said it has, it has after a kill.
    lasting: true,
    say,
    signal: new AbortController().signal,
  });
  const { databaseUrl, temporalAddress } = running.addresses;
  const connection = await Connection.connect({ address: temporalAddress });
  const db = openDb(databaseUrl, 8);
  const token = readFileSync(await leaveToken(home, databaseUrl), 'utf8').trim();
  return {
    db,
    databaseUrl,
    temporalAddress,
    connection,
    client: new Client({ connection, namespace: NAMESPACE }),
    namespace: NAMESPACE,
    twilio,
    smtp,
    proxies: { database, engine },
    pidOf: (service) => readRun(home)?.services[service]?.pid ?? null,
    api: { url: running.run.apiAddress ?? '', token },
    async close() {
      await db.$disconnect();
      await connection.close();
      await running.stop();
      await Promise.all([database.close(), engine.close()]);
      await Promise.all([twilio.close(), smtp.close()]);
      purge(home);
    },
  };
}

/** With live adapters against the fake providers. */
function live(command: Command, twilio: FakeTwilio, smtp: FakeSmtp): Command {
  const env: NodeJS.ProcessEnv = {
    ...command.env,
    DELIVERY: 'live',
    LOG_LEVEL: 'info',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'fees@example.test',
    MAIL_ID_DOMAIN: 'example.test',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: '+8613800000000',
    TWILIO_API_BASE_URL: twilio.url,
    SMS_PER_SECOND: '1000',
    MAIL_PER_SECOND: '1000',
    PROVIDER_TIMEOUT_MS: '3000',
    PUBLIC_BASE_URL: PUBLIC_URL,
  };
  return { ...command, env };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { codecOf } from '../../config/temporal-codec';
import { openDb, type Db } from '../../db/client';
import { openRuleBook, type RuleBook } from '../../db/rules';
import { campaignId } from '../../domain/run-ids';
import type { RunCampaignInput, RunCampaignResult } from '../../workflows/contract';
import type { Instant, Period } from '../../domain/time';
import { freshDatabase } from './database';
import { startFakeSmtp, type FakeSmtp } from './fake-smtp';
import { startFakeTwilio, type FakeTwilio } from './fake-twilio';
import { recordHistories } from './record';

/** The real thing: a database, a worker process with live adapters against fake providers, and a client to drive it. */
export type Station = Readonly<{
  db: Db;
  book: RuleBook;
  databaseUrl: string;
  connection: Connection;
  client: Client;
  namespace: string;
  taskQueue: string;
  twilio: FakeTwilio;
  smtp: FakeSmtp;
  /** Opens the month of every customer of a station as of an instant, as the CLI does. */
  openCampaign: (
    station: string,
    period: Period,
    asOf: Instant,
  ) => Promise<{ seen: number; opened: number }>;
  /** Ends the worker by SIGKILL: nothing that it was doing is finished. */
  killWorker: () => Promise<void>;
  /** Starts a worker, of another build where one is named, in place of the one that was killed, or that is told to stop first. */
  startAgain: (program?: string) => Promise<void>;
  /** `recorded` false: its histories are of another build, and not for the replay tests. */
  close: (how?: { recorded: boolean }) => Promise<void>;
}>;

const PROGRAM = join(__dirname, '..', '..', 'bin', 'tarim.mjs');

/**
 * Starts one; `close` ends all of it. Runs on the engine of the test run, in the namespace where time may be skipped. `reach` gives the
 * worker's way to the database, when it is not the straight one; `more` are variables of its environment.
 */
export async function startStation(
  reach: (databaseUrl: string) => Promise<string> = (url) => Promise.resolve(url),
  more: NodeJS.ProcessEnv = {},
): Promise<Station> {
  const database = await freshDatabase();
  const [twilio, smtp] = await Promise.all([startFakeTwilio(), startFakeSmtp()]);
  const address = given('TEMPORAL_ADDRESS');
  const namespace = given('TEMPORAL_NAMESPACE');
  const taskQueue = `test-${randomUUID()}`;
  const env = {
    DATABASE_URL: await reach(database.url),
    TEMPORAL_TASK_QUEUE: taskQueue,
    ...liveAgainst(twilio, smtp),
    ...more,
  };
  let worker = await startWorker(env);
  const connection = await Connection.connect({ address });
  const keys = more['TEMPORAL_CODEC_KEYS'];
  const dataConverter = keys === undefined ? {} : { payloadCodecs: [codecOf(keys)] };
  const client = new Client({ connection, namespace, dataConverter });
  const db = openDb(database.url, 5);
  return {
    db,
    book: openRuleBook(db),
    databaseUrl: database.url,
    connection,
    client,
    namespace,
    taskQueue,
    twilio,
    smtp,
    openCampaign: (station, period, asOf) =>
      openCampaign(client, taskQueue, { station, period, asOf }),
    killWorker: () => endWorker(worker, 'SIGKILL'),
    async startAgain(program) {
      await endWorker(worker);
      worker = await startWorker(env, program);
    },
    async close({ recorded } = { recorded: true }) {
      if (recorded) await recordHistories(client, taskQueue);
      await endWorker(worker);
      await terminateAll(client, taskQueue);
      await db.$disconnect();
      await connection.close();
      await Promise.all([twilio.close(), smtp.close()]);
      await database.drop();
    },
  };
}

async function openCampaign(
  client: Client,
  taskQueue: string,
  { station, period, asOf }: { station: string; period: Period; asOf: Instant },
): Promise<{ seen: number; opened: number }> {
  const input: RunCampaignInput = {
    station,
    period,
    openedBy: 'test',
    offsetMs: Date.parse(asOf) - Date.now(),
  };
  return client.workflow.execute<(input: RunCampaignInput) => Promise<RunCampaignResult>>(
    'runCampaign',
    {
      taskQueue,
      workflowId: campaignId(station, period),
      args: [input],
    },
  );
}

/** The environment of live delivery against the fakes. */
export const liveAgainst = (twilio: FakeTwilio, smtp: FakeSmtp): NodeJS.ProcessEnv => ({
  DELIVERY: 'live',
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
});

/** A worker as `tarim up` runs it. Its log goes to TARIM_TEST_LOG, where one is named. */
async function startWorker(env: NodeJS.ProcessEnv, program = PROGRAM): Promise<ChildProcess> {
  const logFile = process.env['TARIM_TEST_LOG'];
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a');
  const child = spawn(process.execPath, [program, 'worker'], {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  if (typeof log === 'number') closeSync(log);
  const word = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (word[0] !== 'ready')
    throw new Error(`the worker ended before it was ready: ${String(word[0])}`);
  return child;
}

async function endWorker(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** Runs of a database that is gone would only be in the way of a server that outlives the test. */
async function terminateAll(client: Client, taskQueue: string): Promise<void> {
  for await (const { workflowId } of client.workflow.list({
    query: `TaskQueue = "${taskQueue}" and ExecutionStatus = "Running"`,
  })) {
    await client.workflow
      .getHandle(workflowId)
      .terminate('test is over')
      .catch(() => undefined);
  }
}

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this by npm run test:e2e.`);
  return value;
}

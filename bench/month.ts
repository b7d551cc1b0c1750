import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { openDb, type Db } from '../db/client';
import { stationNow } from '../db/clock';
import { freshenStandings } from '../db/standings';
import { toInstant, toPeriod } from '../domain/time';
import { campaignId } from '../domain/run-ids';
import type { RunCampaignInput } from '../workflows/contract';
import type { Addresses } from '../engine/supervise';
import { endProcess, PROGRAM, startBenchEngine, startProcess } from './engine';
import { bareRun } from './bare-run';
import { loadBook, machine } from './book';
import { untilCaptured } from './opening';
import { scriptedMonths, type Scripted } from './scripted';

const PERIOD = toPeriod('2005-09');
const AS_OF = toInstant('2005-09-01T09:00:00+08:00');

export type MonthFigures = Readonly<{
  machine: string;
  book: string;
  customers: number;
  campaignSeconds: number;
  campaignPerSecond: number;
  bareSeconds: readonly number[];
  barePerSecond: number;
  ratio: number;
  scripted: readonly Scripted[];
}>;

/**
 * Opens a campaign of so many customers and, on the same server and with the same worker settings, as many bare workflows before it and
 * after it, so that a drift of the machine falls on both. The campaign is through when every first message is captured.
 */
export async function benchMonth({
  book,
  customers,
}: {
  book: string;
  customers: number;
}): Promise<MonthFigures> {
  const engine = await startBenchEngine();
  const connection = await Connection.connect({ address: engine.at.temporalAddress });
  const client = new Client({ connection, namespace: engine.at.namespace });
  const db = openDb(engine.at.databaseUrl, 4);
  try {
    await loadBook(engine.at.databaseUrl, book);
    // What an import leaves to do is no part of a campaign.
    await freshenStandings(db, await stationNow(db));
    const bareWorker = await startProcess(
      ['--require', 'tsx/cjs', join(__dirname, 'bare-worker.ts')],
      engine.at,
    );
    await bareRun(client, bareWorker, 'warm', 200);
    const before = await bareRun(client, bareWorker, 'before', customers);
    await endProcess(bareWorker);
    const worker = await startProcess([PROGRAM, 'worker'], engine.at);
    const { seconds, opened } = await campaignRun(client, db, customers);
    await endProcess(worker);
    const bareAgain = await startProcess(
      ['--require', 'tsx/cjs', join(__dirname, 'bare-worker.ts')],
      engine.at,
    );
    const after = await bareRun(client, bareAgain, 'after', customers);
    await endProcess(bareAgain);
    const campaignPerSecond = opened / seconds;
    const barePerSecond = (2 * customers) / (before + after);
    return {
      machine: machine(),
      book,
      customers: opened,
      campaignSeconds: round(seconds),
      campaignPerSecond: round(campaignPerSecond),
      bareSeconds: [round(before), round(after)],
      barePerSecond: round(barePerSecond),
      ratio: round(campaignPerSecond / barePerSecond),
      scripted: await scripted(engine.at),
    };
  } finally {
    await db.$disconnect();
    await connection.close();
    await engine.end();
  }
}

/** The same engine serves the scripted months: its namespace may skip time. */
async function scripted({
  databaseUrl,
  temporalAddress,
  namespace,
}: Addresses): Promise<readonly Scripted[]> {
  Object.assign(process.env, {
    TARIM_TEST_DATABASE_ADMIN_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  });
  return scriptedMonths();
}

const round = (value: number): number => Math.round(value * 100) / 100;

async function campaignRun(
  client: Client,
  db: Db,
  customers: number,
): Promise<{ seconds: number; opened: number }> {
  const [station] = await db.$queryRaw<{ station: string }[]>`
    select station from customer group by station order by count(*) desc limit 1`;
  const input: RunCampaignInput = {
    station: station?.station ?? '',
    period: PERIOD,
    openedBy: 'bench',
    offsetMs: Date.parse(AS_OF) - Date.now(),
    limit: customers,
  };
  const began = performance.now();
  await client.workflow.execute('runCampaign', {
    taskQueue: 'tarim',
    workflowId: campaignId(input.station, PERIOD),
    args: [input],
  });
  const opened = await untilCaptured(db);
  return { seconds: (performance.now() - began) / 1000, opened };
}

import type { Client } from '@temporalio/client';
import { orderId, type Told } from '../activities/recall';
import { isSettled } from '../activities/witness';
import type { Db } from '../db/client';
import { lackOf, wanted, type Lack, type Wanted } from '../db/recall';
import { campaignId, cycleId, deviceId } from '../domain/run-ids';
import { readRun } from './histories';

/** Where the engine's runs and the database's facts differ. */
export type Differences = Readonly<{
  /** What the database wants to have a run and has none. */
  missing: Wanted;
  /** Runs of months and proposals that the database does not hold for open. */
  surplus: readonly string[];
  /** Months of which the engine knows more than the database. */
  forgotten: readonly Forgotten[];
}>;
export type Forgotten = Readonly<{ told: Told; lack: Lack }>;

export type At = Readonly<{ db: Db; client: Client; taskQueue: string }>;
type Runs = ReadonlyMap<string, Readonly<{ runIds: string[]; running: boolean }>>;
const LANES = 16;

/**
 * Compares the two. Of the histories of months that both hold for open at most `histories` are read, chosen by chance, because each costs some
 * milliseconds. Reads only. What is on its way meanwhile seems to differ: who is not sure looks twice (`inBoth`).
 */
export async function differences(at: At, histories: number): Promise<Differences> {
  const [months, proposals, campaigns] = await Promise.all([
    runsOf(at, 'collectMonth'),
    runsOf(at, 'proposeDevice'),
    runsOf(at, 'runCampaign'),
  ]);
  // After the runs: what was opened meanwhile is no surplus.
  const book = await wanted(at.db);
  const isRunning = (runs: Runs, id: string): boolean => runs.get(id)?.running === true;
  const open = new Set([
    ...book.months.map(({ customerNo, period }) => cycleId(customerNo, period)),
    ...book.proposals.map(deviceId),
  ]);
  const surplus = [...months, ...proposals].filter(([id, { running }]) => running && !open.has(id));
  const ids = surplus.map(([id]) => id);
  const common = [...months.keys()].filter((id) => open.has(id));
  const chosen = [...ids.filter((id) => months.has(id)), ...byChance(common, histories)];
  return {
    missing: {
      months: book.months.filter(
        ({ customerNo, period, starting }) =>
          !starting && !isRunning(months, cycleId(customerNo, period)),
      ),
      proposals: book.proposals.filter((customerNo) => !isRunning(proposals, deviceId(customerNo))),
      campaigns: book.campaigns.filter(
        ({ station, period }) => !isRunning(campaigns, campaignId(station, period)),
      ),
    },
    surplus: ids,
    forgotten: await forgottenOf(at, months, chosen),
  };
}

/** What differs in both of two looks, as the second found it. */
export function inBoth(first: Differences, second: Differences): Differences {
  const only = <T>(before: readonly T[], after: readonly T[], key: (one: T) => string): T[] => {
    const keys = new Set(before.map(key));
    return after.filter((one) => keys.has(key(one)));
  };
  const month = (one: Readonly<{ customerNo: string; period: string }>): string =>
    cycleId(one.customerNo, one.period);
  return {
    missing: {
      months: only(first.missing.months, second.missing.months, month),
      proposals: only(first.missing.proposals, second.missing.proposals, String),
      campaigns: only(first.missing.campaigns, second.missing.campaigns, ({ station, period }) =>
        campaignId(station, period),
      ),
    },
    surplus: only(first.surplus, second.surplus, String),
    // Chosen by chance, each time others: what one history says stays true.
    forgotten: second.forgotten,
  };
}

async function runsOf({ client, taskQueue }: At, type: string): Promise<Runs> {
  const runs = new Map<string, { runIds: string[]; running: boolean }>();
  const query = `WorkflowType = '${type}' and TaskQueue = '${taskQueue}'`;
  for await (const { workflowId, runId, status } of client.workflow.list({ query })) {
    const known = runs.get(workflowId);
    runs.set(workflowId, {
      // The list begins with the latest.
      runIds: [runId, ...(known?.runIds ?? [])],
      running: status.name === 'RUNNING' || known?.running === true,
    });
  }
  return runs;
}

function byChance(ids: readonly string[], most: number): readonly string[] {
  if (ids.length <= most) return ids;
  return ids
    .map((id) => ({ id, dice: Math.random() }))
    .sort((a, b) => a.dice - b.dice)
    .slice(0, most)
    .map(({ id }) => id);
}

async function forgottenOf(at: At, runs: Runs, ids: readonly string[]): Promise<Forgotten[]> {
  const queue = [...ids];
  const found: Forgotten[] = [];
  const lane = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const told = await readAll(at.client, id, runs.get(id)?.runIds ?? []);
      const lack = told === null ? null : await lackOf(at.db, told, idsOf(told));
      if (told !== null && lack !== null && isLacking(told, lack)) found.push({ told, lack });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return found;
}

/** All runs of one month as one story. */
async function readAll(
  client: Client,
  workflowId: string,
  runIds: readonly string[],
): Promise<Told | null> {
  const all: Told[] = [];
  for (const runId of runIds) {
    const told = await readRun(client, { workflowId, runId });
    if (told !== null) all.push(told);
  }
  const [first] = all;
  return first === undefined ? null : { ...first, seen: all.flatMap(({ seen }) => seen) };
}

function idsOf({ seen }: Told) {
  const taken = seen.flatMap((one) => ('taken' in one ? one.taken.messages : []));
  return {
    messages: taken.map(({ id }) => id),
    settled: taken.filter(({ status }) => isSettled(status)).map(({ id }) => id),
    orders: seen.flatMap((one) => ('order' in one ? [orderId(one.order)] : [])),
  };
}

/** A month that the database does not have at all counts when its run did something; else it is only surplus. */
function isLacking({ seen }: Told, { cycle, messages, unsettled, orders }: Lack): boolean {
  if (cycle === 'none') return seen.length > 0;
  return messages.length > 0 || unsettled.length > 0 || orders.length > 0;
}

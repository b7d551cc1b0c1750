import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { recall, type Told } from '../activities/recall';
import { closeCampaign } from '../db/campaigns';
import { inTransaction } from '../db/client';
import { clockOffset, stationNow } from '../db/clock';
import { applied, command } from '../db/commands';
import { nudgeDevice } from '../db/devices';
import { loadAccounts } from '../db/facts';
import { nudgeStation, writeNudges } from '../db/nudges';
import { wanted } from '../db/recall';
import { openRuleBook } from '../db/rules';
import { nextStep } from '../domain/ladder';
import { campaignId, cycleId } from '../domain/run-ids';
import { differences, inBoth, type At, type Differences } from './differences';
import { startCycleBy } from './starts';

/** What was brought together, or would be. */
export type Repaired = Readonly<{
  /** Months of which the engine knew more, and steps and orders were written back. */
  recalled: number;
  /** Months whose customer or bills the database does not have: import them, then repair again. */
  unknown: readonly string[];
  /** Months, proposals and campaigns that were given a run. */
  started: number;
  /** Runs that were told to end, or ended. */
  ended: number;
}>;

const SETTLE_MS = 3_000;

/**
 * Brings the runs of the engine and the facts of the database together after one of them was restored to an earlier day. First what the
 * histories know is written back, so that nothing goes out twice; then missing runs are started at the step that the facts give and surplus ones
 * are ended; last, every open month is told to look again, because words on their way are lost with an engine. Safe to repeat.
 */
export async function repair(
  at: At,
  { dryRun, actor }: { dryRun: boolean; actor: string },
): Promise<Repaired> {
  const found = await looked(at, Infinity);
  if (dryRun) return counted(found);
  const { db } = at;
  const book = openRuleBook(db);
  const unknown: string[] = [];
  const owedNothing: string[] = [];
  for (const { told, lack } of found.forgotten) {
    const id = cycleId(told.customerNo, told.period);
    const became = await recall({ db, book }, told, lack);
    if (became === 'unknown') unknown.push(id);
    if (became === 'nothingOwed') owedNothing.push(id);
  }
  await closeThrough(at);
  // Months that were opened again have their runs; those that ended have not.
  const left = await differences(at, 0);
  const started = await startMissing(at, left, found.forgotten);
  const ended = await endSurplus(
    at,
    left.surplus.filter((id) => !unknown.includes(id)),
  );
  const result = { recalled: found.forgotten.length - unknown.length, unknown, started, ended };
  const order = {
    id: randomUUID(),
    actor,
    reason: 'doctor --repair',
    at: await stationNow(db),
    door: 'cli',
  } as const;
  const entry = { kind: 'repair', customerNo: null, body: { ...result, owedNothing } };
  await command(db, order, entry, async (tx) => {
    await nudgeStation(tx, null, { signal: 'changed', body: {} });
    return applied;
  });
  return result;
}

/** Looks twice when something differs: a run that starts or ends in this moment is no difference. */
export async function looked(at: At, histories: number): Promise<Differences> {
  const first = await differences(at, histories);
  if (total(first) === 0) return first;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return inBoth(first, await differences(at, histories));
}

const total = ({ missing, surplus, forgotten }: Differences): number =>
  missing.months.length +
  missing.proposals.length +
  missing.campaigns.length +
  surplus.length +
  forgotten.length;

function counted({ missing, surplus, forgotten }: Differences): Repaired {
  const unknown = forgotten.filter(({ lack }) => !lack.customer);
  return {
    recalled: forgotten.length - unknown.length,
    unknown: unknown.map(({ told }) => cycleId(told.customerNo, told.period)),
    started: missing.months.length + missing.proposals.length + missing.campaigns.length,
    ended: surplus.filter(
      (id) => !forgotten.some(({ told }) => id === cycleId(told.customerNo, told.period)),
    ).length,
  };
}

/** A campaign whose run has gone through all its pages, though the database forgot that. */
async function closeThrough({ db, client }: At): Promise<void> {
  for (const campaign of (await wanted(db)).campaigns) {
    const handle = client.workflow.getHandle(campaignId(campaign.station, campaign.period));
    const { status } = await handle.describe().catch(ifThere({ status: { name: 'NONE' } }));
    if (status.name === 'COMPLETED') await closeCampaign(db, campaign);
  }
}

async function startMissing(
  at: At,
  { missing }: Differences,
  forgotten: Differences['forgotten'],
): Promise<number> {
  const { db, client, taskQueue } = at;
  const offsetMs = await clockOffset(db);
  const book = openRuleBook(db);
  const start = startCycleBy(client, taskQueue, 'ALLOW_DUPLICATE');
  let started = 0;
  for (const { customerNo, period } of missing.months) {
    const asOf = await stationNow(db);
    const [account] = await loadAccounts(db, [customerNo], period, asOf);
    if (!account?.policyId) continue;
    const plan = nextStep(account.facts, await book.rules(account.policyId), asOf);
    // The end of a month is written by a turn; a run that began with it would leave it open.
    const next =
      plan.do === 'close' ? ({ do: 'wait', at: asOf, why: 'ladderEnded' } as const) : plan;
    const delayMs = next.at === null ? 0 : Math.max(0, Date.parse(next.at) - Date.parse(asOf));
    const known = lastSeen(forgotten, customerNo, period);
    await start({ customerNo, period, next, offsetMs, ...(known ? { known } : {}) }, delayMs);
    started += 1;
  }
  await inTransaction(db, async (tx) => {
    for (const customerNo of missing.proposals) await nudgeDevice(tx, customerNo);
    await writeNudges(
      tx,
      missing.campaigns.map(({ station, period, openedBy }) => ({
        ...{ workflowId: campaignId(station, period), signal: 'changed' as const },
        body: { station, period, openedBy, offsetMs },
      })),
    );
  });
  return started + missing.proposals.length + missing.campaigns.length;
}

/** The last step that the ended run of the month saw. */
function lastSeen(forgotten: Differences['forgotten'], customerNo: string, period: string) {
  const told: Told | undefined = forgotten.find(
    (one) => one.told.customerNo === customerNo && one.told.period === period,
  )?.told;
  return told?.seen.flatMap((one) => ('taken' in one ? [one.taken] : [])).at(-1);
}

/** One whose month or proposal has ended is told to look, and ends by itself; one of which the database has nothing is ended from outside. */
async function endSurplus({ db, client }: At, ids: readonly string[]): Promise<number> {
  for (const workflowId of ids) {
    const [kind, customerNo = '', period = ''] = workflowId.split('/');
    const there =
      kind === 'cycle'
        ? await db.cycle.count({ where: { customerNo, period } })
        : await db.deviceCase.count({ where: { customerNo } });
    if (there > 0)
      await inTransaction(db, (tx) =>
        writeNudges(tx, [{ workflowId, signal: 'changed', body: {} }]),
      );
    else await terminate(client, workflowId);
  }
  return ids.length;
}

const terminate = (client: Client, workflowId: string): Promise<unknown> =>
  client.workflow
    .getHandle(workflowId)
    .terminate('tarim doctor --repair: the database has no such month')
    .catch(ifThere(undefined));

/** Stands in for a run that is not there. */
const ifThere =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof WorkflowNotFoundError) return instead;
    throw error;
  };

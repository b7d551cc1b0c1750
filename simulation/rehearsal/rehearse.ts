import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TemporalReach } from '../../config/temporal';
import { openDb, type Db } from '../../db/client';
import { migrate } from '../../db/migrate';
import { makeOwnDatabase } from '../../db/own-database';
import { openRuleBook } from '../../db/rules';
import { instantAt, plusDays, plusMs, type CivilDate, type Instant } from '../../domain/time';
import { loadBook } from '../load-book';
import { openingsOf } from '../openings';
import type { Under } from '../run';
import { simulateBook } from '../simulate';
import { compareLines, type Compared } from './compare';
import { copyRules } from './copy-rows';
import { playProposal } from './device';
import { clear } from './clear';
import { linesOf, playedLines, type Line } from './lines';
import { takeToCome } from './place';
import { playAct } from './play';
import { sliceOf } from './slice';
import type { Source } from './source';
import type { Act, Stage, Worker } from './stage';

/** How to reach it, and how it is written to. */
type Temporal = TemporalReach & Readonly<{ address: string; dataConverter: DataConverter }>;

/** Where a worker of a rehearsal works, and what it has to ask before a turn. */
export type Site = Readonly<{
  databaseUrl: string;
  temporal: Temporal;
  namespace: string;
  taskQueue: string;
  prefix: string;
  beforeTurn: (customerNo: string, asOf: Instant) => Promise<void>;
}>;

export type Wishes = Readonly<{
  /** Of any database on the server that the rehearsal's own is made on. */
  databaseUrl: string;
  temporal: Temporal;
  /** One whose workflows may skip time. */
  namespace: string;
  source: Source;
  customers: number;
  from: CivilDate;
  to: CivilDate;
  /** Null: the ladder in force on the first day. */
  policyId: string | null;
  startWorker: (site: Site) => Promise<Worker>;
  /** Told the ladder's id when everything is in its place. */
  onBegin: (policyId: string) => void;
  onProgress: (played: number, all: number) => void;
  signal: AbortSignal;
}>;

const CONNECTIONS = 10;
const END_OF_TIME = '9999-12-31T23:59:59.999Z' as Instant;

export type Rehearsed = Compared &
  Played &
  Readonly<{
    customers: number;
    months: number;
    /** In all; `playedSeconds` of it on the engine. */
    seconds: number;
  }>;
type Played = Readonly<{ activities: number; playedSeconds: number }>;

/**
 * Plays months of a slice of a book twice: simulated in memory, and by the product's own worker and workflows on the real engine in virtual time, in a
 * database and with runs of their own, which are gone afterwards. @returns what differs. Nothing is sent: `startWorker` gives a worker that cannot.
 */
export async function rehearse(wishes: Wishes): Promise<Rehearsed> {
  const began = performance.now();
  const { from, to, source, signal } = wishes;
  const openings = openingsOf({ from, to });
  const people = sliceOf(await source.customerNos(), wishes.customers);
  const own = await makeOwnDatabase(wishes.databaseUrl, 'rehearsal');
  try {
    await migrate(own.url);
    await copyRules(wishes.databaseUrl, own.url);
    await source.place(own.url, people);
    const simulated = await simulate(own.url, wishes);
    signal.throwIfAborted();
    const end = plusMs(instantAt(plusDays(to, 1)), -1);
    const acts = openings.map(({ period, at }, n): Act => {
      return { period, at, until: openings[n + 1]?.at ?? end };
    });
    const { lines, ...played } = await play(own.url, acts, wishes);
    return {
      ...compareLines(simulated, lines),
      ...played,
      customers: people.length,
      months: acts.length,
      seconds: secondsSince(began),
    };
  } finally {
    await own.drop();
  }
}

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;

/** By the book and the rules that the engine will play by. */
async function simulate(databaseUrl: string, wishes: Wishes): Promise<Line[]> {
  const db = openDb(databaseUrl, 1);
  try {
    const under = await underOne(db, wishes);
    wishes.onBegin(under.rules.policy.id);
    return [...simulateBook(await loadBook(db), under, wishes)].flatMap(linesOf);
  } finally {
    await db.$disconnect();
  }
}

/** Leaves one ladder and one grading in force, on all days. */
async function underOne(db: Db, { policyId, from }: Wishes): Promise<Under> {
  const onFile = openRuleBook(db);
  const ladderId = policyId ?? (await onFile.ladderInForce(from));
  const { policy } = await onFile.rules(ladderId);
  const { id: gradingId } = await onFile.grading(from);
  await db.$executeRaw`delete from policy where id <> ${policy.id} and id <> ${gradingId}`;
  await db.$executeRaw`update policy set effective_from = '0001-01-01', activated_at = clock_timestamp(), activated_by = 'rehearsal'`;
  const book = openRuleBook(db);
  return { rules: await book.rules(ladderId), grading: await book.grading(from) };
}

async function play(
  databaseUrl: string,
  acts: readonly Act[],
  wishes: Wishes,
): Promise<Played & { lines: Line[] }> {
  const { temporal, namespace, onProgress, signal } = wishes;
  const payments = await takeToCome(databaseUrl, acts[0]?.at ?? END_OF_TIME);
  const name = `rehearsal-${randomBytes(4).toString('hex')}`;
  const site = { databaseUrl, temporal, namespace, taskQueue: name, prefix: `${name}/` };
  const db = openDb(databaseUrl, CONNECTIONS, { repeats: true });
  const connection = await Connection.connect(temporal);
  const worker = await wishes.startWorker({
    ...site,
    beforeTurn: (customerNo, asOf) => playProposal(stage, customerNo, asOf),
  });
  const stage: Stage = { ...site, db, connection, worker };
  const all = acts.length * (await db.customer.count());
  let done = 0;
  const onPlayed = (): void => onProgress((done += 1), all);
  const began = performance.now();
  try {
    // Whoever waits for a run's clock would wait for ever without a worker. Each call listens.
    const over = AbortSignal.any([signal, worker.ended]);
    setMaxListeners(0, over);
    await connection.withAbortSignal(over, async () => {
      for (const act of acts) await playAct(stage, act, { payments, onPlayed, signal });
    });
    const playedSeconds = secondsSince(began);
    return { lines: await playedLines(db), activities: worker.activities(), playedSeconds };
  } catch (error) {
    signal.throwIfAborted();
    worker.ended.throwIfAborted();
    throw error;
  } finally {
    await worker.stop();
    await clear(stage);
    await Promise.all([db.$disconnect(), connection.close()]);
  }
}

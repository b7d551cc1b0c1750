import type { FastifyInstance } from 'fastify';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import gradePolicy from '../db/policies/tabei-grade-v2.json';
import { z } from 'zod';
import { route } from '../api/route';
import { buildServer } from '../api/server';
import { loadConfig } from '../config';
import { openDb, type Db } from '../db/client';
import { openRuleBook } from '../db/rules';
import { machine } from './book';
import { startBenchEngine } from './engine';
import { openMidMonth } from './mid-month';
import { startSimulations } from '../worker/simulations';
import { addressesOf, isSum, type Ask } from './addresses';
import { percentilesOf, say } from './measure';
import { issueToken } from './token';

const CONNECTIONS = 10;
const WARM = 5;
/** The aim. Source: issue 4, "It is done when". */
const AIM_MS = 150;

export type Measured = Readonly<{
  address: string;
  p50: number;
  p95: number;
  /** p95 as a multiple of the floor's. */
  timesFloor: number;
}>;
export type ApiFigures = Readonly<{
  machine: string;
  book: string;
  customers: number;
  monthsOpen: number;
  messages: number;
  rounds: number;
  floor: Omit<Measured, 'timesFloor'>;
  /** The slowest first. */
  measured: readonly Measured[];
  /** Lists and details whose p95 misses the aim. */
  slow: readonly string[];
  /** Sums over the whole book, which have no aim. */
  sums: readonly string[];
}>;

/**
 * Asks every list and detail address that the API's own document names, of a full book in the middle of a month, by HTTP on this machine, one
 * request at a time; `SELECT 1` through the same stack is the floor.
 */
export async function benchApi({
  book,
  rounds,
}: Readonly<{ book: string; rounds: number }>): Promise<ApiFigures> {
  const engine = await startBenchEngine();
  const connection = Connection.lazy({ address: engine.at.temporalAddress });
  const db = openDb(engine.at.databaseUrl, CONNECTIONS, { repeats: true });
  const rules = openRuleBook(db);
  const config = loadConfig({ DATABASE_URL: engine.at.databaseUrl, LOG_LEVEL: 'silent' });
  const client = new Client({ connection, namespace: engine.at.namespace });
  const deps = { db, book: rules, config, temporal: () => Promise.resolve(client) };
  const app = await buildServer(
    { ...deps, missingMigrations: () => Promise.resolve(null) },
    { more: [floor] },
  );
  try {
    const { databaseUrl } = engine.at;
    const monthsOpen = await openMidMonth(db, rules, { databaseUrl, book });
    const ask = await asker(app, db);
    await giveOrders(ask);
    say('a simulation');
    await simulateOnce(db, databaseUrl, ask);
    say('measuring');
    const figures = await measure(app, ask, rounds);
    const [customers, messages] = [await db.customer.count(), await db.message.count()];
    return { machine: machine(), book, customers, monthsOpen, messages, rounds, ...figures };
  } finally {
    await app.close();
    await db.$disconnect();
    await connection.close();
    await engine.end();
  }
}

async function measure(
  app: FastifyInstance,
  ask: Ask,
  rounds: number,
): Promise<Pick<ApiFigures, 'floor' | 'measured' | 'slow' | 'sums'>> {
  const addresses = await addressesOf(app, ask);
  const before = await time(ask, '/floor', rounds);
  const took: Omit<Measured, 'timesFloor'>[] = [];
  for (const address of addresses) took.push(await time(ask, address, rounds));
  const after = await time(ask, '/floor', rounds);
  const least = { p50: mean(before.p50, after.p50), p95: mean(before.p95, after.p95) };
  return {
    floor: { address: before.address, ...least },
    measured: took
      .map((one) => ({ ...one, timesFloor: round(one.p95 / least.p95) }))
      .sort((a, b) => b.p95 - a.p95),
    slow: took
      .filter(({ p95, address }) => p95 >= AIM_MS && !isSum(address))
      .map(({ address }) => address),
    sums: addresses.filter(isSum),
  };
}

/** One of each of what waits for people, so that its page is not measured empty. */
async function giveOrders(ask: Ask): Promise<void> {
  const { items } = (await ask('/cycles?outcome=open&level=2&limit=1')) as {
    items: { customerNo: string }[];
  };
  const reason = 'bench';
  await ask(`/customers/${items[0]?.customerNo ?? ''}/grade-overrides`, {
    ...{ level: 1, until: '2099-01-01T00:00:00Z', reason },
  });
  await ask('/bulk-orders', { kind: 'hold', filter: { level: 2 }, reason });
}

/** One over a month of the book, of a draft and carried out as a worker does it. */
async function simulateOnce(db: Db, databaseUrl: string, ask: Ask): Promise<void> {
  const month = { from: '2005-08-01', to: '2005-08-31', reason: 'bench' };
  const { id, kind, body } = gradePolicy;
  await ask('/policies', {
    id,
    draft: { kind, body, effectiveFrom: '2006-01-01' },
    reason: 'bench',
  });
  await ask(`/policies/${id}/simulations`, month);
  const loop = startSimulations(db, databaseUrl, pino({ level: 'silent' }));
  const waiting = () => db.simulation.count({ where: { endedAt: null } });
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  await loop.stop();
}

/** Everything that a request passes through, and the least that a database can be asked. */
function floor(app: FastifyInstance, { db }: Readonly<{ db: Db }>): void {
  const spec = {
    permission: 'system.read',
    tag: 'bench',
    summary: 'SELECT 1',
    response: { 200: z.object({ one: z.int() }) },
  } as const;
  route(app, 'GET', '/floor', spec, async () => {
    const [row] = await db.$queryRaw<{ one: number }[]>`select 1 as one`;
    return row;
  });
}

/** What is an administrator's alone. */
const OF_ADMINISTRATORS = /^\/(users|erasable-customers)/;

/** Asks by HTTP, as a supervisor of all stations where that role may; with a body it orders. @throws unless the answer is a success. */
async function asker(app: FastifyInstance, db: Db): Promise<Ask> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const supervisor = await issueToken(db, 'supervisor');
  const administrator = await issueToken(db, 'administrator');
  return async (address, body) => {
    const authorization = `Bearer ${OF_ADMINISTRATORS.test(address) ? administrator : supervisor}`;
    const order = { method: 'POST', body: JSON.stringify(body) };
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(
      `${url}/api/v1${address}`,
      body === undefined ? { headers: { authorization } } : { ...order, headers },
    );
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
}

async function time(
  ask: Ask,
  address: string,
  rounds: number,
): Promise<Omit<Measured, 'timesFloor'>> {
  const took: number[] = [];
  for (let n = -WARM; n < rounds; n += 1) {
    const began = performance.now();
    await ask(address);
    if (n >= 0) took.push(performance.now() - began);
  }
  const at = percentilesOf(took);
  return { address, p50: round(at(0.5)), p95: round(at(0.95)) };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
const mean = (a: number, b: number): number => round((a + b) / 2);

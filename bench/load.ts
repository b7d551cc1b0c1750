import type { ChildProcess } from 'node:child_process';
import { Client, Connection } from '@temporalio/client';
import { openDb, type Db } from '../db/client';
import { setClock } from '../db/clock';
import { toInstant, toPeriod } from '../domain/time';
import { loadBook, machine } from './book';
import { diskOf } from './disk';
import { endProcess, PROGRAM, startApi, startBenchEngine, startProcess } from './engine';
import { say } from './measure';
import { memoryOf } from './memory';
import { opener } from './opening';
import { settled } from './settled';
import { reading, type Reading } from './readers';
import { stopping, type Stopping } from './stopping';
import { issueToken } from './token';

const PERIOD = toPeriod('2005-09');
const AS_OF = toInstant('2005-09-01T09:00:00+08:00');
/** The second is asked for (source: issue 7.4); the first tells the latency where the second is more than the machine can do. */
const PAYMENTS_PER_SECOND = [20, 50] as const;
const PAYING_SECONDS = 40;
/** Of a small book no more are opened, as some of its customers owe nothing. */
const PART_OF_BOOK = 0.7;
const READERS = 200;
/** Of twenty parts of the customers: opened while people read. */
const READ_PARTS = 2;

export type LoadFigures = Readonly<{
  machine: string;
  book: string;
  /** When `stopping` was measured, and in the end. */
  monthsOpen: readonly [number, number];
  /** At one rate after the other. */
  stopping: readonly Stopping[];
  /** While months are opened. */
  reading: Reading;
  /** Of the first twentieth of the customers and of the last, and their quotient; the aim is 1.2. */
  secondsEach: Readonly<{ first: number; last: number; growth: number }>;
  /** MiB with all months open; the aim for the worker is 700. */
  memory: Readonly<Record<'worker' | 'api' | 'temporal' | 'postgres', number>>;
  /** KiB on disk that a month added to each database: opened, with its first messages; some were paid. */
  kibEach: Readonly<Record<string, number>>;
}>;

/**
 * A house that grows: a twentieth of its months, a quarter of them, all. On the way payments come and people read; before what is measured, what
 * came before has come to its end, the proposals of devices too, which begin minutes after their months. The worker, the API, the engine and the
 * database are processes of their own.
 */
export async function benchLoad({
  book,
  customers: wanted,
}: Readonly<{ book: string; customers: number }>): Promise<LoadFigures> {
  const engine = await startBenchEngine();
  const connection = await Connection.connect({ address: engine.at.temporalAddress });
  const client = new Client({ connection, namespace: engine.at.namespace });
  const db = openDb(engine.at.databaseUrl, 10);
  const running: ChildProcess[] = [];
  try {
    say('importing the book');
    await loadBook(engine.at.databaseUrl, book);
    await setClock(db, AS_OF, 'bench');
    const offsetMs = Date.parse(AS_OF) - Date.now();
    const worker = await startProcess([PROGRAM, 'worker'], engine.at);
    running.push(worker);
    const { api, url } = await startApi(engine.at);
    running.push(api);
    const customers = Math.min(wanted, PART_OF_BOOK * (await db.customer.count()));
    const stage = Math.round(customers / 20);
    const open = opener(client, db, { period: PERIOD, offsetMs });
    const settle = (): Promise<void> => settled(connection, engine.at.namespace, db);

    const before = await diskOf(db);
    say('opening the first months');
    await open(stage / 4);
    await settle();
    const first = await open(stage);
    const { open: quarter } = await open(customers / 4 - 1.25 * stage);
    await settle();
    say('taking payments');
    const stopped: Stopping[] = [];
    for (const perSecond of PAYMENTS_PER_SECOND) {
      stopped.push(await stopping(db, { perSecond, seconds: PAYING_SECONDS, offsetMs }));
      say(JSON.stringify(stopped.at(-1)));
    }
    say('opening the others, while people read');
    const read = await reading(await asker(db, url), {
      readers: READERS,
      customerNos: await someCustomers(db),
      over: open(READ_PARTS * stage),
    });
    say(JSON.stringify(read));
    say('opening the others');
    await open(0.75 * customers - (READ_PARTS + 1) * stage);
    await settle();
    say('opening the last months');
    const last = await open(stage);
    const pids = { worker: worker.pid ?? 0, api: api.pid ?? 0, ...engine.pids };
    const memory = Object.fromEntries(
      Object.entries(pids).map(([name, pid]) => [name, memoryOf(pid)]),
    ) as LoadFigures['memory'];
    const kibEach = Object.entries(await diskOf(db)).map(([name, kib]) => [
      name,
      round((kib - (before[name] ?? 0)) / last.open),
    ]);
    return {
      machine: machine(),
      book,
      monthsOpen: [quarter, last.open],
      stopping: stopped,
      reading: read,
      secondsEach: {
        first: round(first.secondsEach),
        last: round(last.secondsEach),
        growth: round(last.secondsEach / first.secondsEach),
      },
      memory,
      kibEach: Object.fromEntries(kibEach) as LoadFigures['kibEach'],
    };
  } finally {
    await Promise.all(running.map(endProcess));
    await db.$disconnect();
    await connection.close();
    await engine.end();
  }
}

async function asker(db: Db, url: string): Promise<(address: string) => Promise<void>> {
  const headers = { authorization: `Bearer ${await issueToken(db, 'supervisor')}` };
  return async (address) => {
    const answer = await fetch(`${url}/api/v1${address}`, { headers });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${answer.status} ${address.replace(/C\d+/, '{customerNo}')}`);
  };
}

async function someCustomers(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ no: string }[]>`
    select customer_no as no from cycle order by md5(customer_no) limit 500`;
  return rows.map(({ no }) => no);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

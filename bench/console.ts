import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { hashPassword } from '../api/password';
import { openDb, type Db } from '../db/client';
import { refreshPlans } from '../db/plans';
import { openRuleBook } from '../db/rules';
import { freshenStandings } from '../db/standings';
import { toInstant, toPeriod } from '../domain/time';
import { choosePorts } from '../engine/ports';
import { loadBook, machine } from './book';
import { scrolling, searching, visits, type Scrolling, type Spread, type Visit } from './browsing';
import { endProcess, startBenchEngine, startProcess } from './engine';
import { say } from './measure';
import { openMonths } from './open-months';

const PROGRAM = join(__dirname, '..', 'bin', 'tarim.mjs');
const PERIOD = toPeriod('2005-09');
const AS_OF = toInstant('2005-10-10T10:00:00+08:00');
const PERSON = { username: 'gao', password: 'correct horse battery' };

export type ConsoleFigures = Readonly<{
  machine: string;
  book: string;
  customers: number;
  monthsOpen: number;
  /** Each in a browser with an empty cache; the aim of what is painted first is 1,500 ms. */
  month: Visit;
  list: Visit;
  /** From Enter until the customer of that number stands alone in the list. */
  searchMs: Spread;
  scroll: Scrolling;
}>;

/** What a supervisor waits for, of a full book in the middle of a month: the API is a process of its own, the browser a real one. */
export async function benchConsole({
  book,
  rounds,
}: Readonly<{ book: string; rounds: number }>): Promise<ConsoleFigures> {
  const engine = await startBenchEngine();
  const db = openDb(engine.at.databaseUrl, 10, { repeats: true });
  const running: ChildProcess[] = [];
  let browser: Browser | null = null;
  try {
    say('importing the book');
    await loadBook(engine.at.databaseUrl, book);
    say('opening the months');
    const rules = openRuleBook(db);
    const monthsOpen = await openMonths(db, rules, { period: PERIOD, asOf: AS_OF });
    // What a worker does by itself.
    await freshenStandings(db, AS_OF);
    while (await refreshPlans(db, rules, AS_OF));
    await db.$executeRawUnsafe('analyze');
    await addSupervisor(db);
    const { api: port } = await choosePorts(['api']);
    const more = { API_PORT: String(port), API_HOST: '127.0.0.1' };
    running.push(await startProcess([PROGRAM, 'api'], engine.at, more));
    browser = await launch();
    const house = { browser, url: `http://127.0.0.1:${port}`, person: PERSON };
    say('visiting');
    const month = await visits(house, '/', 'article, section', rounds);
    const list = await visits(house, '/customers', '[aria-rowindex] a', rounds);
    say('searching');
    const searchMs = await searching(house, await someCustomers(db, rounds));
    say('scrolling');
    const scroll = await scrolling(house);
    const customers = await db.customer.count();
    return { machine: machine(), book, customers, monthsOpen, month, list, searchMs, scroll };
  } finally {
    await browser?.close();
    await Promise.all(running.map(endProcess));
    await db.$disconnect();
    await engine.end();
  }
}

/** Root has no sandbox; the pages are our own. */
function launch(): Promise<Browser> {
  const executablePath = process.env['TARIM_TEST_CHROMIUM'];
  if (executablePath === undefined)
    throw new Error('TARIM_TEST_CHROMIUM is not set: run this by npm run bench -- console.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

async function addSupervisor(db: Db): Promise<void> {
  const passwordHash = await hashPassword(PERSON.password);
  const all = { role: 'supervisor', allStations: true, createdBy: 'bench' };
  await db.staff.create({ data: { username: PERSON.username, name: '高', ...all, passwordHash } });
}

async function someCustomers(db: Db, count: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ no: string }[]>`
    select customer_no as no from customer order by md5(customer_no) limit ${count}`;
  return rows.map(({ no }) => no);
}

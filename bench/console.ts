import type { ChildProcess } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { hashPassword } from '../api/password';
import { openDb, type Db } from '../db/client';
import { openRuleBook } from '../db/rules';
import { launchChromium } from '../test/support/chromium';
import { machine } from './book';
import { scrolling, searching, visits, type Scrolling, type Spread, type Visit } from './browsing';
import { endProcess, startApi, startBenchEngine } from './engine';
import { say } from './measure';
import { openMidMonth } from './mid-month';

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
    const { databaseUrl } = engine.at;
    const monthsOpen = await openMidMonth(db, openRuleBook(db), { databaseUrl, book });
    await addSupervisor(db);
    const { api, url } = await startApi(engine.at);
    running.push(api);
    // By itself it would end this process on a signal, before what else runs is ended.
    browser = await launchChromium({ handleSIGINT: false, handleSIGTERM: false });
    const house = { browser, url, person: PERSON };
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

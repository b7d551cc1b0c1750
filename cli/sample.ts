import { stations } from '../db/campaigns';
import { openDb, type Db } from '../db/client';
import { campaignStatus } from '../db/campaign-status';
import { openMonth } from '../db/open-month';
import { openRuleBook } from '../db/rules';
import { loadSample } from '../db/sample';
import type { Rules } from '../domain/plan';
import {
  dateOf,
  instantAt,
  instantOf,
  minuteOfDay,
  periodOf,
  plusDays,
  type Instant,
} from '../domain/time';
import type { Addresses } from '../engine/supervise';
import { printStatus } from './campaign-show';
import type { Cli } from './cli';

/** Longer than any run of holidays: by then a day on which messages may go out has been found. */
const DAYS_BACK_MAX = 30;
/** A little before the window closes, where the moment has to lie on an earlier day. */
const BEFORE_CLOSING_MINUTES = 60;
const PATIENCE_MS = 180_000;

/** Loads the sample book into an empty database, opens its campaign, and prints how the month stands. Safe to repeat. */
export async function sample(cli: Cli, at: Addresses, say: (line: string) => void): Promise<void> {
  const db = openDb(at.databaseUrl, 2);
  try {
    if ((await db.customer.count()) === 0) await loadAndOpen(db, at, say);
    const found = await campaignStatus(db, null);
    if (found !== null) await printStatus(cli, found);
  } finally {
    await db.$disconnect();
  }
}

async function loadAndOpen(db: Db, at: Addresses, say: (line: string) => void): Promise<void> {
  const book = openRuleBook(db);
  const now = instantOf(Date.now());
  const rules = await book.rules(await book.ladderInForce(dateOf(now)));
  const asOf = lastSendingMoment(now, rules);
  if (asOf !== now) say(`No message may go out now, so the sample runs as of ${asOf}.`);
  const loaded = await loadSample(at.databaseUrl, dateOf(asOf));
  say(
    `Sample book: ${loaded.customers.rowsTaken} customers, ${loaded.bills.rowsTaken} bills, ${loaded.payments.rowsTaken} payments.`,
  );
  const period = periodOf(dateOf(asOf));
  const moved = { period, limit: null, asOf: asOf === now ? null : asOf };
  const order = { id: `sample-${period}`, actor: 'sample', reason: 'sample', at: now } as const;
  await openMonth(db, { ...order, door: 'system' }, { ...moved, stations: await stations(db) });
  await untilNotified(db, say);
}

/** Now, where messages may go out now; otherwise shortly before the last time they might. */
function lastSendingMoment(now: Instant, { policy, calendar }: Rules): Instant {
  const { windowFromMinute, windowToMinute } = policy.limits;
  for (let back = 0; back <= DAYS_BACK_MAX; back += 1) {
    const day = plusDays(dateOf(now), -back);
    if (calendar.isHoliday(day)) continue;
    const minute = minuteOfDay(now);
    if (back === 0 && minute < windowFromMinute) continue;
    return back === 0 && minute < windowToMinute
      ? now
      : instantAt(day, windowToMinute - BEFORE_CLOSING_MINUTES);
  }
  throw new RangeError(`no day without a holiday in the ${DAYS_BACK_MAX} days before ${now}`);
}

/** Until every month that was opened has had its first step and what followed from it, or patience ends. */
async function untilNotified(db: Db, say: (line: string) => void): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const [row] = await db.$queryRaw<{ left: number; opening: number }[]>`
      select (select count(*)::int from campaign where finished_at is null) + (select (count(*) = 0)::int from campaign) as opening,
        (select count(*)::int from cycle cy where outcome is null
          and not exists (select from step s where s.customer_no = cy.customer_no and s.status <> 'deferred'))
          + (select count(*)::int from message where status = 'sending') + (select count(*)::int from nudge where not_before <= clock_timestamp()) as left`;
    if (row !== undefined && row.opening === 0 && row.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  say('Not everybody has had the first step yet. See: npx tarim campaign status');
}

import costsV1 from '../../db/policies/costs-v1.json';
import type { Sql } from '../../db/client';
import { stationNow } from '../../db/clock';
import { BODY_SHA256 } from '../../db/list-simulations';
import { openRuleBook } from '../../db/rules';
import type { DifferingCustomer, Found, Taken } from '../../db/simulations';
import type { Work } from '../../domain/assumptions';
import type { GradingPolicy } from '../../domain/grading';
import type { TrialDocument, TrialSide, WorkCounts } from '../../domain/trial';
import { differenceOf } from '../difference';
import { loadsOf, type Loads } from '../load';
import { loadBook } from '../load-book';
import { reportHtml } from '../report';
import type { Under } from '../run';
import { summarise, type DayCount, type Summary } from '../summary';
import { NO_WORK, type Costs } from '../work';

const costs: Costs = { id: costsV1.id, ...costsV1.body };

/** How far a trial came, in customers; each is taken twice, once on either side. */
export type Told = (done: number, total: number) => void;

/** Simulates the station's own book under a version and under another, and writes the report. Reads only; the same book gives the same. */
export async function tryPolicy(sql: Sql, trial: Taken, told: Told): Promise<Found> {
  const { id, kind, policyId, againstId, from, to, capacities } = trial;
  const { tried, against, bodySha256 } = await sides(sql, trial);
  const readAt = await stationNow(sql);
  const book = await loadBook(sql);
  const total = 2 * book.length;
  const span = { from, to, costs, model: trial.model ?? undefined };
  const summary = summarise(book, tried, { ...span, told: (done) => told(done, total) });
  const other = summarise(book, against, {
    ...{ ...span, told: (done) => told(book.length + done, total) },
  });
  const difference = { ...differenceOf(summary, other), against: againstId };
  const { totals, costFen, customers } = difference;
  const held = (side: Summary): Loads | null =>
    capacities === null ? null : loadsOf(side, capacities);
  const loads = held(summary);
  const document: TrialDocument = {
    ...{ simulation: id, kind, policyId, againstId, bodySha256, from, to, readAt },
    ...{ customers: book.length, model: summary.model, capacities: capacities?.name ?? null },
    policy: sideOf(summary, loads),
    against: sideOf(other, held(other)),
    difference: { totals, costFen, customers: customers.length },
    days: daysOf(summary.days, other.days),
  };
  const page = (lang: 'zh-CN' | 'en') =>
    reportHtml({ lang, from, to, summary: { ...summary, policyId }, difference, loads });
  const pages = { 'zh-CN': page('zh-CN'), en: page('en') };
  const rows: readonly DifferingCustomer[] = customers;
  return {
    ...{ document: `${JSON.stringify(document, null, 1)}\n`, bodySha256, total, pages },
    customers: rows,
  };
}

/** The rules of either side: of the two kinds one is tried and the other stands beside it. @throws when a version is gone. */
async function sides(
  sql: Sql,
  { kind, policyId, againstId, besideId }: Taken,
): Promise<Readonly<{ tried: Under; against: Under; bodySha256: string }>> {
  const [row] = await sql.$queryRaw<{ hash: string }[]>`
    select ${BODY_SHA256} as hash from policy where id = ${policyId} and kind = ${kind}`;
  if (row === undefined) throw new Error(`There is no ${kind} policy ${policyId} any more.`);
  const book = openRuleBook(sql);
  const under = async (ladder: string, grading: string): Promise<Under> => ({
    rules: await book.rules(ladder),
    grading: await gradingOf(sql, grading),
  });
  const of = (id: string) => (kind === 'ladder' ? under(id, besideId) : under(besideId, id));
  return { tried: await of(policyId), against: await of(againstId), bodySha256: row.hash };
}

async function gradingOf(sql: Sql, id: string): Promise<GradingPolicy> {
  const [row] = await sql.$queryRaw<{ body: Omit<GradingPolicy, 'id'> }[]>`
    select body from policy where id = ${id} and kind = 'grading'`;
  if (row === undefined) throw new Error(`There is no grading policy ${id} any more.`);
  return { ...row.body, id };
}

function sideOf(summary: Summary, found: Loads | null): TrialSide {
  const { policyId, gradingId, costsId, months, totals, busiest, costFen, payment } = summary;
  const breaches = summary.breaches.length;
  return {
    ...{ policyId, gradingId, costsId, months, totals, busiest, costFen, payment, breaches },
    loads: found?.loads ?? [],
  };
}

/** Both sides day by day, over all stations and levels. */
function daysOf(policy: readonly DayCount[], against: readonly DayCount[]): TrialDocument['days'] {
  const [tried, other] = [byDay(policy), byDay(against)];
  const days = [...new Set([...tried.keys(), ...other.keys()])].sort();
  return days.map((day) => ({
    ...{ day, policy: tried.get(day) ?? NO_WORK, against: other.get(day) ?? NO_WORK },
  }));
}

function byDay(rows: readonly DayCount[]): Map<DayCount['day'], WorkCounts> {
  const days = new Map<DayCount['day'], Record<Work, number>>();
  for (const { day, work, count } of rows) {
    const of = days.get(day) ?? { ...NO_WORK };
    of[work] += count;
    days.set(day, of);
  }
  return days;
}

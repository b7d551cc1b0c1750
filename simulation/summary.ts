import { settle } from '../domain/allocation';
import type { Level } from '../domain/policy';
import { dateOf, daysBetween, type CivilDate, type Instant } from '../domain/time';
import type { BookCustomer } from './book';
import { breachesOf, type Breach } from './breaches';
import type { CustomerRun, SimStep, Under } from './run';
import { endOf, simulateBook, type Setting } from './simulate';
import { costOf, NO_WORK, WORKS, worksOf, type Costs, type Counts, type Work } from './work';

export type DayCount = Readonly<{
  day: CivilDate;
  station: string;
  level: Level;
  work: Work;
  count: number;
}>;
/** One customer: how often each kind of work was due, what that costs, and the level with which the last month was opened. */
export type CustomerCount = Readonly<{ customerNo: string; station: string }> &
  Counts &
  Readonly<{ costFen: number; level: Level | null }>;
export type Busiest = Readonly<{ day: CivilDate | null; count: number }>;

/** What a policy would have done with a book. Money in fen. */
export type Summary = Readonly<{
  policyId: string;
  gradingId: string;
  costsId: string;
  customers: number;
  /** Months opened, by how they ended; `open` at the end of the time looked at. */
  months: Readonly<Record<string, number>>;
  totals: Counts;
  busiest: Readonly<Record<Work, Busiest>>;
  costFen: number;
  /** Of the bills issued in the time looked at: from issue to the last fen, as the payments stand in the book. */
  payment: Readonly<{ bills: number; paid: number; medianDays: number | null }>;
  breaches: readonly Breach[];
  days: readonly DayCount[];
  byCustomer: readonly CustomerCount[];
}>;

/** Simulates a book under one pair of policies and adds up what came of it, customer by customer. `told`: how many are done, after each. */
export function summarise(
  book: readonly BookCustomer[],
  under: Under,
  { costs, told, ...setting }: Setting & Readonly<{ costs: Costs; told?: (done: number) => void }>,
): Summary {
  const days = new Map<string, number>();
  const byCustomer: CustomerCount[] = [];
  const breaches: Breach[] = [];
  const months: Record<string, number> = {};
  let nth = 0;
  for (const run of simulateBook(book, under, setting)) {
    const customer = book[nth++];
    if (customer === undefined) break;
    byCustomer.push(countOf(run, customer, costs));
    breaches.push(...breachesOf(run, customer, under));
    for (const { outcome } of run.cycles)
      months[outcome ?? 'open'] = (months[outcome ?? 'open'] ?? 0) + 1;
    for (const step of run.steps) countDay(days, step, run, customer.station);
    told?.(nth);
  }
  const rows = rowsOf(days);
  return {
    ...{ policyId: under.rules.policy.id, gradingId: under.grading.id, costsId: costs.id },
    ...{ customers: book.length, months, totals: totalOf(byCustomer), busiest: busiestOf(rows) },
    costFen: byCustomer.reduce((sum, { costFen }) => sum + costFen, 0),
    payment: paymentOf(book, setting),
    ...{ breaches, days: rows, byCustomer },
  };
}

function countOf(
  { customerNo, steps, cycles }: CustomerRun,
  { station }: BookCustomer,
  costs: Costs,
): CustomerCount {
  const counts: Record<Work, number> = { ...NO_WORK };
  let costFen = 0;
  for (const step of steps) {
    for (const work of worksOf(step)) counts[work] += 1;
    costFen += costOf(step, costs);
  }
  return { customerNo, station, ...counts, costFen, level: cycles.at(-1)?.level ?? null };
}

function countDay(
  days: Map<string, number>,
  step: SimStep,
  { cycles }: CustomerRun,
  station: string,
): void {
  const level = cycles.find(({ period }) => period === step.period)?.level ?? 0;
  for (const work of worksOf(step)) {
    const key = `${dateOf(step.at)}|${station}|${level}|${work}`;
    days.set(key, (days.get(key) ?? 0) + 1);
  }
}

const rowsOf = (days: ReadonlyMap<string, number>): DayCount[] =>
  [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => {
      const [day = '', station = '', level = '', work = ''] = key.split('|');
      return {
        day: day as CivilDate,
        station,
        level: Number(level) as Level,
        work: work as Work,
        count,
      };
    });

const totalOf = (rows: readonly Counts[]): Counts => {
  const total: Record<Work, number> = { ...NO_WORK };
  for (const row of rows) for (const work of WORKS) total[work] += row[work];
  return total;
};

/** The day with the most of each: what providers and people have to bear. */
function busiestOf(rows: readonly DayCount[]): Record<Work, Busiest> {
  const sums = new Map<string, number>();
  for (const { day, work, count } of rows)
    sums.set(`${work}|${day}`, (sums.get(`${work}|${day}`) ?? 0) + count);
  const none: Busiest = { day: null, count: 0 };
  const busiest: Record<Work, Busiest> = {
    sms: none,
    email: none,
    call: none,
    visit: none,
    letter: none,
    review: none,
    proposal: none,
  };
  for (const [key, count] of sums) {
    const [work = '', day = ''] = key.split('|');
    if (count > busiest[work as Work].count)
      busiest[work as Work] = { day: day as CivilDate, count };
  }
  return busiest;
}

function paymentOf(book: readonly BookCustomer[], { from, to }: Setting): Summary['payment'] {
  const asOf: Instant = endOf(to);
  const took: number[] = [];
  let bills = 0;
  for (const customer of book) {
    for (const { issuedOn, settledOn } of settle(customer.bills, customer.payments, asOf).bills) {
      if (issuedOn < from || issuedOn > to) continue;
      bills += 1;
      if (settledOn !== null) took.push(daysBetween(issuedOn, settledOn));
    }
  }
  took.sort((a, b) => a - b);
  return { bills, paid: took.length, medianDays: took[Math.floor(took.length / 2)] ?? null };
}

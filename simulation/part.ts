import { settle } from '../domain/allocation';
import type { Work } from '../domain/assumptions';
import type { Level } from '../domain/policy';
import { dateOf, daysBetween, type CivilDate, type Period } from '../domain/time';
import type { WorkCounts } from '../domain/trial';
import type { BookCustomer } from './book';
import { breachesOf, type Breach } from './breaches';
import type { CustomerRun, LevelChange, Under } from './run';
import { endOf, simulateBook, type Setting } from './simulate';
import { costOf, NO_WORK, worksOf, type Costs } from './work';

/** One customer: how often each kind of work was due, what that costs, and the level with which the last month was opened. */
export type CustomerCount = Readonly<{ customerNo: string; station: string }> &
  WorkCounts &
  Readonly<{ costFen: number; level: Level | null }>;

/** What came of some of a book's customers, in their order; plain data, and sums of such parts are those of the whole. */
export type Part = Readonly<{
  byCustomer: readonly CustomerCount[];
  breaches: readonly Breach[];
  /** Months by how they ended. */
  months: Counted;
  /** By `day|station|level`. */
  days: Readonly<Record<string, WorkCounts>>;
  /** By `day|station|from|to|by`; `from` is empty for a first grade. */
  levels: Counted;
  bills: number;
  /** Bills by the days from issue to the last fen. */
  paidAfter: Counted;
}>;
export type Counted = Readonly<Record<string, number>>;

export type Asked = Setting &
  Readonly<{
    costs: Costs;
    /** Told how many customers are done, after each. */
    told?: (done: number) => void;
  }>;

/** Simulates customers under one pair of policies and counts what came of it. */
export function partOf(book: readonly BookCustomer[], under: Under, asked: Asked): Part {
  const part: Filling = {
    ...{ byCustomer: [], breaches: [], months: {}, days: {}, levels: {}, bills: 0, paidAfter: {} },
  };
  const days: Days = new Map();
  let nth = 0;
  for (const run of simulateBook(book, under, asked)) {
    const customer = book[nth++];
    if (customer === undefined) break;
    part.byCustomer.push(countSteps(days, run, customer, asked.costs));
    const paid = { ...customer, payments: run.payments };
    part.breaches.push(...breachesOf(run, paid, under));
    for (const { outcome } of run.cycles) count(part.months, outcome ?? 'open');
    for (const change of run.levels) count(part.levels, levelKey(change, customer.station));
    countPaid(part, paid, asked);
    asked.told?.(nth);
  }
  for (const [place, byDay] of days)
    for (const [day, counts] of byDay) part.days[`${day}|${place}`] = counts;
  return part;
}

type Filling = {
  byCustomer: CustomerCount[];
  breaches: Breach[];
  months: Record<string, number>;
  days: Record<string, Record<Work, number>>;
  levels: Record<string, number>;
  bills: number;
  paidAfter: Record<string, number>;
};

const count = (counts: Record<string, number>, key: string | number): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** By `station|level`, then by day: a key of all three would be made for each step. */
type Days = Map<string, DayCounts>;
type DayCounts = Map<CivilDate, Record<Work, number>>;

/** Counts what was due for one customer, also into `days`. */
function countSteps(
  days: Days,
  { customerNo, steps, cycles }: CustomerRun,
  { station }: BookCustomer,
  costs: Costs,
): CustomerCount {
  const counts: Record<Work, number> = { ...NO_WORK };
  let costFen = 0;
  let last: Period | null = null;
  let byDay: DayCounts = new Map();
  for (const step of steps) {
    const works = worksOf(step);
    if (works.length === 0) continue;
    const { period, kind } = step;
    if (period !== last)
      byDay = got(days, placeOf(station, cycles, period), (): DayCounts => new Map());
    last = period;
    const ofDay = got(byDay, dateOf(step.at), () => ({ ...NO_WORK }));
    for (const work of works) {
      counts[work] += 1;
      ofDay[work] += 1;
      costFen += costOf(work, kind, costs);
    }
  }
  return { customerNo, station, ...counts, costFen, level: cycles.at(-1)?.level ?? null };
}

/** 0 is the level of what comes of no month. */
function placeOf(station: string, cycles: CustomerRun['cycles'], period: Period): string {
  const level = cycles.findLast((cycle) => cycle.period === period)?.level ?? 0;
  return `${station}|${level}`;
}

function got<K, V>(table: Map<K, V>, key: K, fresh: () => V): V {
  let value = table.get(key);
  if (value === undefined) {
    value = fresh();
    table.set(key, value);
  }
  return value;
}

const levelKey = ({ at, from, to, by }: LevelChange, station: string): string =>
  `${dateOf(at)}|${station}|${from ?? ''}|${to}|${by}`;

/** As recorded, or as the model has it. */
function countPaid(part: Filling, { bills, payments }: BookCustomer, { from, to }: Setting): void {
  for (const { issuedOn, settledOn } of settle(bills, payments, endOf(to)).bills) {
    if (issuedOn < from || issuedOn > to) continue;
    part.bills += 1;
    if (settledOn !== null) count(part.paidAfter, daysBetween(issuedOn, settledOn));
  }
}

/** Parts of one book, taken in turn by its customers: the first part has the first customer, the second the second, and again from the first. */
export function joined(parts: readonly Part[]): Part {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all: Filling = {
    ...{ byCustomer: inTurn(parts), breaches: parts.flatMap(({ breaches }) => breaches) },
    ...{ months: {}, days: {}, levels: {}, bills: 0, paidAfter: {} },
  };
  for (const part of parts) {
    all.bills += part.bills;
    add(all.months, part.months);
    add(all.levels, part.levels);
    add(all.paidAfter, part.paidAfter);
    for (const [key, counts] of Object.entries(part.days))
      add((all.days[key] ??= { ...NO_WORK }), counts);
  }
  return all;
}

const inTurn = (parts: readonly Part[]): CustomerCount[] =>
  (parts[0]?.byCustomer ?? []).flatMap((_, nth) =>
    parts.flatMap(({ byCustomer }) => byCustomer[nth] ?? []),
  );

function add(sums: Record<string, number>, counts: Counted): void {
  for (const [key, n] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + n;
}

export type LevelDay = Readonly<{
  day: CivilDate;
  station: string;
  from: Level | null;
  to: Level;
  by: LevelChange['by'];
  count: number;
}>;

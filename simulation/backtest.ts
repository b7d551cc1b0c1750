import {
  auc,
  aucGain,
  bandsOf,
  calibration,
  rateOf,
  share,
  type Band,
  type Calibration,
  type Estimate,
  type Judged,
} from '../domain/discrimination';
import type { GradingPolicy } from '../domain/grading';
import { levelLabel, type Level } from '../domain/policy';
import type { Period } from '../domain/time';
import { observe, type BookMonth, type Observation, type OnBook, type Outcomes } from './observe';

export type OutcomeName = keyof Outcomes;

/** How one grading told one outcome apart, over some openings. `auc` null: all went the same way. */
export type Told = Readonly<{ customers: number; bad: number; rate: number; auc: Estimate | null }>;
export type LevelFigures = Readonly<{
  level: Level;
  label: string;
  customers: number;
  bad: number;
  rate: Estimate;
  /** The rate as a multiple of everybody's. */
  lift: number;
  /** The share of all that went badly. */
  caught: number;
}>;
export type FactorFigures = Readonly<{
  factor: string;
  /** Customers who have points by it. */
  withPoints: number;
  auc: Estimate | null;
  /** What the AUC of the score loses without it. */
  lost: number | null;
}>;
export type MonthFigures = Readonly<{
  period: Period;
  part: 'fit' | 'test';
  levels: Readonly<Record<Level, number>>;
  outcomes: Readonly<Record<OutcomeName, Told>>;
  /** The main outcome in the month after; null after the last. */
  next: Told | null;
  liftOfI: number | null;
}>;
export type PolicyFigures = Readonly<{
  policyId: string;
  months: readonly MonthFigures[];
  /** Over the openings of the test. */
  test: Readonly<Record<OutcomeName, Told>>;
  testNext: Told;
  levels: readonly LevelFigures[];
  factors: readonly FactorFigures[];
  fitBands: readonly Band[];
  calibration: Calibration;
}>;
export type Backtest = Readonly<{
  customers: number;
  openings: readonly BookMonth[];
  testFrom: Period;
  policies: readonly PolicyFigures[];
  /** By how much each later policy's AUC is above the first one's, for the main outcome over the openings of the test. */
  gains: readonly Readonly<{ policyId: string; missed: Estimate | null; next: Estimate | null }>[];
}>;

/** Points in one band of the calibration. */
const BAND = 5;

/**
 * Grades a book at every month's opening by each policy, and sets the grades against what then happened. Openings before `testFrom` are the ones a
 * policy may have been made by, those from it on are the test. The first opening, of a book without any record, is graded and not judged. Pure.
 */
export function backtest(
  customers: readonly OnBook[],
  policies: readonly GradingPolicy[],
  { months, testFrom }: Readonly<{ months: readonly BookMonth[]; testFrom: Period }>,
): Backtest {
  const rows = customers.flatMap((customer) => {
    const seen = observe(customer, months, policies);
    return seen.map((row, at): Row => ({ ...row, next: seen[at + 1]?.outcomes.missed ?? null }));
  });
  const [first] = months;
  const parts: Parts = {
    months,
    testFrom,
    test: rows.filter(({ period }) => period >= testFrom),
    fit: rows.filter(({ period }) => period < testFrom && period !== first?.period),
    of: new Map(months.map(({ period }) => [period, rows.filter((row) => row.period === period)])),
  };
  const gain = (index: number, outcome: Outcome): Estimate | null =>
    aucGain(judged(parts.test, outcome, scoreBy(0)), judged(parts.test, outcome, scoreBy(index)));
  return {
    customers: customers.length,
    openings: months,
    testFrom,
    policies: policies.map(({ id }, index) => figures(parts, id, index)),
    gains: policies.slice(1).map(({ id }, at) => ({
      policyId: id,
      missed: gain(at + 1, now('missed')),
      next: gain(at + 1, next),
    })),
  };
}

type Row = Observation & Readonly<{ next: boolean | null }>;
type Rows = readonly Row[];
type Parts = Readonly<{
  months: readonly BookMonth[];
  testFrom: Period;
  fit: Rows;
  test: Rows;
  of: ReadonlyMap<Period, Rows>;
}>;

type Outcome = (row: Row) => boolean | null;
const now =
  (name: OutcomeName): Outcome =>
  (row) =>
    row.outcomes[name];
const next: Outcome = (row) => row.next;
type Scored = (row: Row) => number;
const scoreBy =
  (index: number): Scored =>
  ({ findings }) =>
    findings[index]?.score ?? 0;

/** Those of whom the outcome can be asked. */
const judged = (rows: Rows, outcome: Outcome, scored: Scored): Judged[] =>
  rows.flatMap((row) => {
    const bad = outcome(row);
    return bad === null ? [] : [{ score: scored(row), bad }];
  });

function told(rows: readonly Judged[]): Told {
  const bad = rows.filter((row) => row.bad).length;
  return { customers: rows.length, bad, rate: rateOf(rows), auc: auc(rows) };
}

function figures(
  { months, testFrom, fit, test, of }: Parts,
  policyId: string,
  index: number,
): PolicyFigures {
  const score = scoreBy(index);
  const main = judged(fit, now('missed'), score);
  return {
    policyId,
    months: months.map(({ period }) => ({
      period,
      part: period < testFrom ? 'fit' : 'test',
      ...monthFigures(of.get(period) ?? [], index),
    })),
    test: byOutcome((name) => told(judged(test, now(name), score))),
    testNext: told(judged(test, next, score)),
    levels: levelFigures(test, index),
    factors: factorFigures(test, index),
    fitBands: bandsOf(main, BAND),
    calibration: calibration(main, judged(test, now('missed'), score), BAND),
  };
}

function monthFigures(rows: Rows, index: number): Omit<MonthFigures, 'period' | 'part'> {
  const count = (level: Level): number =>
    rows.filter(({ findings }) => findings[index]?.level === level).length;
  const after = judged(rows, next, scoreBy(index));
  const [ofI] = levelFigures(rows, index);
  return {
    levels: { 1: count(1), 2: count(2), 3: count(3) },
    outcomes: byOutcome((name) => told(judged(rows, now(name), scoreBy(index)))),
    next: after.length === 0 ? null : told(after),
    liftOfI: ofI === undefined || ofI.customers === 0 ? null : ofI.lift,
  };
}

const byOutcome = (of: (name: OutcomeName) => Told): Readonly<Record<OutcomeName, Told>> => ({
  missed: of('missed'),
  missedByAll: of('missedByAll'),
  paidAfterDue: of('paidAfterDue'),
  billLate: of('billLate'),
});

function levelFigures(rows: Rows, index: number): LevelFigures[] {
  const all = judged(rows, now('missed'), ({ findings }) => findings[index]?.level ?? 0);
  const bads = all.filter(({ bad }) => bad).length;
  return ([1, 2, 3] as const).map((level) => {
    const of = all.filter(({ score }) => score === level);
    const bad = of.filter((row) => row.bad).length;
    const rate = share(bad, of.length);
    const lift = bads === 0 ? 0 : (rate.value * all.length) / bads;
    const caught = bads === 0 ? 0 : bad / bads;
    return { level, label: levelLabel[level], customers: of.length, bad, rate, lift, caught };
  });
}

function factorFigures(rows: Rows, index: number): FactorFigures[] {
  const outcome = now('missed');
  const score = scoreBy(index);
  const names = new Set(rows.flatMap(({ findings }) => Object.keys(findings[index]?.points ?? {})));
  const whole = auc(judged(rows, outcome, score));
  return [...names].flatMap((factor) => {
    const points: Scored = ({ findings }) => findings[index]?.points[factor] ?? 0;
    const alone = judged(rows, outcome, points);
    const withPoints = alone.filter((row) => row.score > 0).length;
    if (withPoints === 0) return [];
    const without = auc(judged(rows, outcome, (row) => score(row) - points(row)));
    const lost = whole === null || without === null ? null : whole.value - without.value;
    return [{ factor, withPoints, auc: auc(alone), lost }];
  });
}

import { WORKS, type NamedModel, type PaymentModel, type Work } from '../domain/assumptions';
import { compareText } from '../domain/in-order';
import type { Level } from '../domain/policy';
import type { CivilDate } from '../domain/time';
import type { WorkCounts } from '../domain/trial';
import type { BookCustomer } from './book';
import type { Breach } from './breaches';
import {
  partOf,
  type Asked,
  type Counted,
  type CustomerCount,
  type LevelDay,
  type Part,
} from './part';
import type { Under } from './run';
import { NO_WORK } from './work';

export type { CustomerCount } from './part';
export type DayCount = Readonly<{
  day: CivilDate;
  station: string;
  level: Level;
  work: Work;
  count: number;
}>;
export type Busiest = Readonly<{ day: CivilDate | null; count: number }>;

/** What a policy would have done with a book. Money in fen. */
export type Summary = Readonly<{
  policyId: string;
  gradingId: string;
  costsId: string;
  /** By what model people pay; null: as recorded. */
  model: NamedModel | null;
  customers: number;
  /** Months opened, by how they ended; `open` at the end of the time looked at. */
  months: Readonly<Record<string, number>>;
  totals: WorkCounts;
  busiest: Readonly<Record<Work, Busiest>>;
  costFen: number;
  /** Of the bills issued in the time looked at: from issue to the last fen, as recorded or by the model. */
  payment: Readonly<{ bills: number; paid: number; medianDays: number | null }>;
  breaches: readonly Breach[];
  days: readonly DayCount[];
  /** Levels that became another, by day. */
  levels: readonly LevelDay[];
  byCustomer: readonly CustomerCount[];
}>;

/** Simulates a book under one pair of policies and adds up what came of it, customer by customer. */
export const summarise = (book: readonly BookCustomer[], under: Under, asked: Asked): Summary =>
  summaryOf(partOf(book, under, asked), idsOf(under, asked));

/** The ids of the rules of a summary. */
export type Ids = Pick<Summary, 'policyId' | 'gradingId' | 'costsId' | 'model'>;
type Named = Readonly<{ id: string }>;
export const idsOf = (
  { rules, grading }: Readonly<{ rules: Readonly<{ policy: Named }>; grading: Named }>,
  { costs, model }: Readonly<{ costs: Named; model?: PaymentModel | undefined }>,
): Ids => ({
  ...{ policyId: rules.policy.id, gradingId: grading.id, costsId: costs.id },
  model: model === undefined ? null : modelIn(model),
});
const modelIn = ({ name, seed, limits }: PaymentModel): NamedModel => ({ name, seed, limits });

/** The same for a part that is the whole. */
export function summaryOf(part: Part, ids: Ids): Summary {
  const { byCustomer, breaches, months, bills, paidAfter } = part;
  const rows = rowsOf(part.days);
  return {
    ...ids,
    ...{ customers: byCustomer.length, months, totals: totalOf(byCustomer) },
    busiest: busiestOf(rows),
    costFen: byCustomer.reduce((sum, { costFen }) => sum + costFen, 0),
    payment: { bills, ...paymentOf(paidAfter) },
    breaches: [...breaches].sort(
      (a, b) => compareText(a.at, b.at) || compareText(a.customerNo, b.customerNo),
    ),
    ...{ days: rows, levels: levelsOf(part.levels), byCustomer },
  };
}

const byKey = <V>(rows: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(rows).sort(([a], [b]) => compareText(a, b));

const rowsOf = (days: Part['days']): DayCount[] =>
  byKey(days).flatMap(([key, counts]) => {
    const [day = '', station = '', level = ''] = key.split('|');
    const of = { day: day as CivilDate, station, level: Number(level) as Level };
    return [...WORKS]
      .sort()
      .flatMap((work) => (counts[work] === 0 ? [] : [{ ...of, work, count: counts[work] }]));
  });

const levelsOf = (levels: Counted): LevelDay[] =>
  byKey(levels).map(([key, count]) => {
    const [day = '', station = '', from = '', to = '', by = ''] = key.split('|');
    return {
      ...{ day: day as CivilDate, station, to: Number(to) as Level, count },
      from: from === '' ? null : (Number(from) as Level),
      by: by as LevelDay['by'],
    };
  });

const totalOf = (rows: readonly WorkCounts[]): WorkCounts => {
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

function paymentOf(paidAfter: Counted): Omit<Summary['payment'], 'bills'> {
  const took = Object.entries(paidAfter)
    .map(([days, count]) => ({ days: Number(days), count }))
    .sort((a, b) => a.days - b.days);
  const paid = took.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  const median = took.find(({ count }) => (before += count) > Math.floor(paid / 2));
  return { paid, medianDays: median?.days ?? null };
}

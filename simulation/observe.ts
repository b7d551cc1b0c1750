import { settle, type Bill, type Payment } from '../domain/allocation';
import { gradeFacts } from '../domain/grade-facts';
import { grade, type GradeFacts, type GradingPolicy } from '../domain/grading';
import type { Category, Level } from '../domain/policy';
import {
  dateOf,
  instantAt,
  plusDays,
  plusMs,
  toDate,
  type CivilDate,
  type Instant,
  type Period,
} from '../domain/time';

/** What a book holds of one customer. */
export type OnBook = Readonly<{
  category: Category;
  onFile: Pick<GradeFacts, 'businessCondition' | 'industry' | 'supplyArea' | 'depositFen'>;
  bills: readonly Bill[];
  payments: readonly Payment[];
}>;

/** A month to look at: opened as its first day begins, due at the end of `dueOn`. */
export type BookMonth = Readonly<{ period: Period; dueOn: CivilDate }>;

/**
 * What went badly in a month, each true, false, or null where the question does not arise.
 * - `missed`: of who had overdue debt at the opening, nothing came from then to the end of the due day;
 * - `missedByAll`: the same of everybody who owed anything, and be it only the new bill;
 * - `billLate`: the month's own bill was not settled by its due day;
 * - `paidAfterDue`: of who paid anything in the month, nothing came by the due day.
 */
export type Outcomes = Readonly<
  Record<'missed' | 'missedByAll' | 'billLate' | 'paidAfterDue', boolean | null>
>;

/** What one grading said of one customer at one opening. `points`: by factor. */
export type Finding = Readonly<{
  level: Level;
  score: number;
  points: Readonly<Record<string, number>>;
}>;
/** One customer at one opening: graded by each policy from what was known then. What followed is apart, and no grading sees it. */
export type Observation = Readonly<{
  period: Period;
  findings: readonly Finding[];
  outcomes: Outcomes;
}>;

/**
 * A customer's grades at each month's opening by each policy, by the product's own grading: each level from the one before, as it is kept. The grading
 * is given no bill issued and no payment received later. Pure.
 */
export function observe(
  customer: OnBook,
  months: readonly BookMonth[],
  policies: readonly GradingPolicy[],
): Observation[] {
  const previous: (Level | null)[] = policies.map(() => null);
  return months.map((month) => {
    const at = instantAt(toDate(`${month.period}-01`));
    const facts = gradeFacts(knownAt(customer, at), customer.onFile, null, at);
    const findings = policies.map((policy, index) => {
      const found = grade({ ...facts, previous: previous[index] ?? null }, policy);
      previous[index] = found.level;
      const points = found.reasons.map((reason) => [reason.factor, reason.points] as const);
      return { level: found.level, score: found.score, points: Object.fromEntries(points) };
    });
    return { period: month.period, findings, outcomes: outcomesOf(customer, month) };
  });
}

/** Nobody promised anything in a book. */
const knownAt = ({ category, bills, payments }: OnBook, at: Instant) => ({
  category,
  bills: bills
    .filter(({ issuedOn }) => issuedOn <= dateOf(at))
    .map((bill) => ({ ...bill, level: 2 as const, closedAs: null })),
  payments: payments.filter(({ receivedAt }) => receivedAt <= at),
  promises: [],
});

/** What followed, from all that the book has. Pure. */
export function outcomesOf({ bills, payments }: OnBook, { period, dueOn }: BookMonth): Outcomes {
  const opening = instantAt(toDate(`${period}-01`));
  const end = plusMs(instantAt(plusDays(dueOn, 1)), -1);
  const issued = bills.filter(({ issuedOn }) => issuedOn <= dateOf(opening));
  const open = settle(issued, payments, opening).bills.filter((bill) => bill.outstandingFen > 0);
  const inMonth = payments.filter(
    ({ receivedAt }) => opening <= receivedAt && dateOf(receivedAt).startsWith(period),
  );
  const nothingInTime = !inMonth.some(({ receivedAt }) => receivedAt <= end);
  const own = settle(bills, payments, end).bills.filter((bill) => bill.period === period);
  return {
    missed: open.some((bill) => bill.dueOn < dateOf(opening)) ? nothingInTime : null,
    missedByAll: open.length > 0 ? nothingInTime : null,
    billLate: own.length > 0 ? own.some(isLate) : null,
    paidAfterDue: inMonth.length > 0 ? nothingInTime : null,
  };
}

const isLate = ({ settledOn, dueOn }: { settledOn: CivilDate | null; dueOn: CivilDate }): boolean =>
  settledOn === null || settledOn > dueOn;

/** The months in which a book has bills, each with the due day that most of them have. Pure. */
export function monthsOf(bills: Iterable<Pick<Bill, 'period' | 'dueOn'>>): BookMonth[] {
  const counts = new Map<Period, Map<CivilDate, number>>();
  for (const { period, dueOn } of bills) {
    const days = counts.get(period) ?? new Map<CivilDate, number>();
    counts.set(period, days.set(dueOn, (days.get(dueOn) ?? 0) + 1));
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([period, days]) => {
      const [most] = [...days].sort(([, a], [, b]) => b - a);
      return most === undefined ? [] : [{ period, dueOn: most[0] }];
    });
}

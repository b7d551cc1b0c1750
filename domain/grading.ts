import type { PaymentRecord } from './payment-record';
import type { Category, Level } from './policy';
import type { Fen } from './fen';
import { forcedByReceipts, receiptReasons, type ReceiptPoints } from './receipt-points';
import type { Receipts } from './receipts';
import { onScale, type Reason, type Scale, type Table } from './scale';

/** A version of the grading policy: points and thresholds as data. Source of every number: docs/policy.md, "Grading". */
export type GradingPolicy = Readonly<{
  id: string;
  /** Score from which the level is Ⅰ, and from which it is Ⅱ. */
  levelFrom: Readonly<{ 1: number; 2: number }>;
  hysteresis: number;
  cleanMonthsToFall: number;
  unpaidMonthsForced: number;
  /** `[from, points]`, rising: the points of the last row whose `from` is reached. */
  lateMonths: Scale;
  longestLateDays: Scale;
  brokenPromises: Scale;
  /** The latest bill as per cent of the usual one. */
  changePercent: Scale;
  /** What is overdue beyond the deposit, as per cent of the usual bill. */
  uncoveredPercent: Scale;
  usage: Readonly<Record<Category, number>>;
  /** Tables kept by staff: key → points; a key that is not listed has `default`. */
  businessCondition: Table;
  industrialPolicy: Table;
  industryProspect: Table;
  supplyArea: Table;
  /** Business conditions that force Ⅰ. */
  forcedConditions: readonly string[];
  /** Whether anything came in time, month by month. Absent in a version that does not look at it. */
  receipts?: ReceiptPoints;
  screening: Readonly<{
    always: readonly Category[];
    onChange: readonly Category[];
    percent: number;
    fen: number;
  }>;
}>;

/** What is known of a customer on the day of grading. `billsFen`: what was billed each month that had a bill, oldest first. */
export type GradeFacts = Readonly<{
  category: Category;
  businessCondition: string | null;
  industry: string | null;
  supplyArea: string | null;
  depositFen: Fen;
  record: PaymentRecord;
  receipts: Receipts;
  billsFen: readonly Fen[];
  overdueFen: Fen;
  brokenPromises: number;
  /** The level in force before, null for a customer never graded. */
  previous: Level | null;
}>;

export type Grade = Readonly<{
  level: Level;
  score: number;
  reasons: readonly Reason[];
  screened: boolean;
}>;

/** The customer's risk level, every point with its reason. Pure; the same facts always give the same grade. */
export function grade(facts: GradeFacts, policy: GradingPolicy): Grade {
  const { level, score } = levelAndScore(facts, policy);
  const forced = forcedBy(facts, policy);
  const reasons = [
    ...BY_RECORD.map((factor) => reasonOf(factor, facts, policy)),
    ...(policy.receipts === undefined ? [] : receiptReasons(facts.receipts, policy.receipts)),
    ...BY_STAFF.map((factor) => reasonOf(factor, facts, policy)),
    ...(forced === null ? [] : [forced]),
  ];
  return { level, score, reasons, screened: screen(facts, policy) };
}

/** The grade for whoever does not ask why: a simulation grades a customer thirty times. */
export function levelAndScore(
  facts: GradeFacts,
  policy: GradingPolicy,
): Pick<Grade, 'level' | 'score'> {
  let score = 0;
  for (const { points } of BY_RECORD) score += points(facts, policy);
  for (const { points } of BY_STAFF) score += points(facts, policy);
  if (policy.receipts !== undefined)
    for (const { points } of receiptReasons(facts.receipts, policy.receipts)) score += points;
  const isForced = forcedBy(facts, policy) !== null;
  return { level: isForced ? 1 : settleLevel(score, facts, policy), score };
}

/** What bears on the score, with its points and how it is said. */
type Factor = Readonly<{
  name: string;
  points: (facts: GradeFacts, policy: GradingPolicy) => number;
  said: (facts: GradeFacts) => Pick<Reason, 'why' | 'params'>;
}>;

/** Every factor has its reason, also without points: a supervisor sees that it was looked at. */
const reasonOf = (
  { name, points, said }: Factor,
  facts: GradeFacts,
  policy: GradingPolicy,
): Reason => {
  const { why, params = {} } = said(facts);
  return { factor: name, points: points(facts, policy), why, params };
};

const BY_RECORD: readonly Factor[] = [
  {
    name: 'lateMonths',
    points: ({ record }, { lateMonths }) => onScale(lateMonths, record.lateMonths),
    said: ({ record: { lateMonths, monthsSeen } }) => ({
      why: `${lateMonths} late months of ${monthsSeen}`,
      params: { lateMonths, monthsSeen },
    }),
  },
  {
    name: 'daysLate',
    points: ({ record }, policy) => onScale(policy.longestLateDays, record.longestLateDays),
    said: ({ record: { longestLateDays } }) => ({
      why: `longest ${longestLateDays} days late`,
      params: { longestLateDays },
    }),
  },
  {
    name: 'brokenPromises',
    points: (facts, { brokenPromises }) => onScale(brokenPromises, facts.brokenPromises),
    said: ({ brokenPromises }) => ({
      why: `${brokenPromises} promises broken`,
      params: { brokenPromises },
    }),
  },
  {
    name: 'amountChange',
    points: (facts, policy) => onScale(policy.changePercent, changePercent(facts)),
    said(facts) {
      const change = changePercent(facts);
      return { why: `latest bill ${change} % of the usual`, params: { change } };
    },
  },
  {
    name: 'uncovered',
    points: (facts, policy) => onScale(policy.uncoveredPercent, uncoveredPercent(facts)),
    said(facts) {
      const uncovered = uncoveredPercent(facts);
      const why = `overdue beyond the deposit: ${uncovered} % of a usual bill`;
      return { why, params: { uncovered } };
    },
  },
];

const onFile = (key: string | null): Pick<Reason, 'why'> => ({ why: key ?? 'not on file' });

/** What staff keep on file of the customer. */
const BY_STAFF: readonly Factor[] = [
  {
    name: 'businessCondition',
    points: (facts, policy) => pointsIn(policy.businessCondition, facts.businessCondition),
    said: ({ businessCondition }) => onFile(businessCondition),
  },
  {
    name: 'industrialPolicy',
    points: ({ industry }, policy) => pointsIn(policy.industrialPolicy, industry),
    said: ({ industry }) => onFile(industry),
  },
  {
    name: 'industryProspect',
    points: ({ industry }, policy) => pointsIn(policy.industryProspect, industry),
    said: ({ industry }) => onFile(industry),
  },
  {
    name: 'usage',
    points: ({ category }, { usage }) => usage[category],
    said: ({ category }) => ({ why: category }),
  },
  {
    name: 'supplyArea',
    points: (facts, policy) => pointsIn(policy.supplyArea, facts.supplyArea),
    said: ({ supplyArea }) => onFile(supplyArea),
  },
];

function forcedBy(
  { record, receipts, businessCondition }: GradeFacts,
  policy: GradingPolicy,
): Reason | null {
  const unpaidMonths = record.unpaidMonthsThisYear;
  if (unpaidMonths >= policy.unpaidMonthsForced) {
    const why = `${unpaidMonths} months unpaid this year`;
    return { factor: 'forcedByUnpaid', points: 0, why, params: { unpaidMonths } };
  }
  const byReceipts = forcedByReceipts(receipts, policy.receipts);
  if (byReceipts !== null) return byReceipts;
  return businessCondition !== null && policy.forcedConditions.includes(businessCondition)
    ? { factor: 'forcedByCondition', points: 0, why: businessCondition }
    : null;
}

/** Up at once; down by one level at a time, only after clean months and with the margin of the hysteresis. */
function settleLevel(
  score: number,
  { record, receipts, previous }: GradeFacts,
  policy: GradingPolicy,
): Level {
  if (record.monthsSeen === 0) return previous ?? 2;
  const byScore = levelAt(score, policy);
  if (previous === null || byScore <= previous) return byScore;
  const clearly = levelAt(score + policy.hysteresis, policy) > previous;
  const clean =
    record.cleanMonths >= policy.cleanMonthsToFall ||
    receipts.inTimeInRow >= (policy.receipts?.inTimeMonthsToFall ?? Infinity);
  return clearly && clean ? ((previous + 1) as Level) : previous;
}

const levelAt = (score: number, { levelFrom }: GradingPolicy): Level =>
  score >= levelFrom[1] ? 1 : score >= levelFrom[2] ? 2 : 3;

/** Staff may write any word into a field: only a word that the table lists counts. */
const pointsIn = (rows: Table, key: string | null): number =>
  key !== null && Object.hasOwn(rows, key) ? (rows[key] ?? rows.default) : rows.default;

/** Mean of the months before the latest, at most twelve of them, rounded to a fen; 0 when there is none. */
function usualFen(billsFen: readonly Fen[]): number {
  const before = billsFen.slice(-13, -1);
  return before.length === 0
    ? 0
    : Math.round(before.reduce<number>((sum, fen) => sum + fen, 0) / before.length);
}

function changePercent({ billsFen }: GradeFacts): number {
  const usual = usualFen(billsFen);
  const latest = billsFen.at(-1);
  return usual === 0 || latest === undefined ? 100 : Math.round((latest * 100) / usual);
}

function uncoveredPercent({ billsFen, overdueFen, depositFen }: GradeFacts): number {
  const uncovered = Math.max(0, overdueFen - depositFen);
  const usual = usualFen(billsFen);
  if (uncovered === 0) return 0;
  return usual === 0 ? 100 : Math.round((uncovered * 100) / usual);
}

/** A flag for people to look, not a grade. Source: design 4, "Screening flag". */
function screen({ category, billsFen }: GradeFacts, { screening }: GradingPolicy): boolean {
  if (screening.always.includes(category)) return true;
  const [before, latest] = [billsFen.at(-2), billsFen.at(-1)];
  if (!screening.onChange.includes(category) || before === undefined || latest === undefined)
    return false;
  const change = Math.abs(latest - before);
  return change >= screening.fen && change * 100 >= before * screening.percent;
}

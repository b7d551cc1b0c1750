/** One customer as graded, and whether it then went badly. */
export type Judged = Readonly<{ score: number; bad: boolean }>;

/** A figure with the bounds within which it lies with 95 % of confidence. */
export type Estimate = Readonly<{ value: number; low: number; high: number }>;

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * The share of pairs, one who went badly and one who did not, in which the first has the higher score; a tie is half a pair. 0.5 is no better than
 * chance. Null without both. The interval is that of DeLong et al. (1988), Biometrics 44(3). O(n log n). Pure.
 */
export function auc(rows: readonly Judged[]): Estimate | null {
  const placed = placements(rows);
  return placed === null ? null : around(meanOf(placed.ofBad), varianceOf(placed), [0, 1]);
}

/** By how much the AUC of the second scores is above that of the first, over the same customers in the same order. */
export function aucGain(first: readonly Judged[], second: readonly Judged[]): Estimate | null {
  const [a, b] = [placements(first), placements(second)];
  if (a === null || b === null) return null;
  const minus = (x: readonly number[], y: readonly number[]): number[] =>
    x.map((value, at) => value - (y[at] ?? NaN));
  const gain = { ofBad: minus(b.ofBad, a.ofBad), ofGood: minus(b.ofGood, a.ofGood) };
  return around(meanOf(gain.ofBad), varianceOf(gain), [-1, 1]);
}

type Placements = Readonly<{ ofBad: readonly number[]; ofGood: readonly number[] }>;

/** For each bad one the share of good ones below it, for each good one the share of bad ones above; each in the order of the rows. */
function placements(rows: readonly Judged[]): Placements | null {
  const bad = rows.filter((row) => row.bad).map(({ score }) => score);
  const good = rows.filter((row) => !row.bad).map(({ score }) => score);
  if (bad.length === 0 || good.length === 0) return null;
  const [goodBelow, badBelow] = [countBelow(good), countBelow(bad)];
  return { ofBad: bad.map(goodBelow), ofGood: good.map((score) => 1 - badBelow(score)) };
}

/** The share of the scores that lie below one, with half of those that equal it. */
function countBelow(scores: readonly number[]): (score: number) => number {
  const sorted = Float64Array.from(scores).sort();
  const known = new Map<number, number>();
  let below = 0;
  for (let at = 0; at < sorted.length; at = below) {
    const score = sorted[at] ?? NaN;
    while (below < sorted.length && sorted[below] === score) below += 1;
    known.set(score, (at + below) / 2 / sorted.length);
  }
  return (score) => known.get(score) ?? firstAbove(sorted, score) / sorted.length;
}

function firstAbove(sorted: Float64Array, score: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? NaN) > score) high = middle;
    else low = middle + 1;
  }
  return low;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function spread(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : squares / (values.length - 1) / values.length;
}
const varianceOf = ({ ofBad, ofGood }: Placements): number => spread(ofBad) + spread(ofGood);

function around(
  value: number,
  variance: number,
  [least, most]: readonly [number, number],
): Estimate {
  const half = Z * Math.sqrt(variance);
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half) };
}

/** A share with Wilson's interval (1927); all of 0 to 1 where nobody was seen. Pure. */
export function share(count: number, of: number): Estimate {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const [value, z2] = [count / of, Z * Z];
  const middle = (value + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of * of));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** A band of scores, from `from` up to and without the next one's. */
export type Band = Readonly<{ from: number; customers: number; bad: number; rate: Estimate }>;

/** How many went badly in each band of `width` points. Bands without anybody are left out. Pure. */
export function bandsOf(rows: readonly Judged[], width: number): Band[] {
  const counts = new Map<number, { customers: number; bad: number }>();
  for (const { score, bad } of rows) {
    const from = Math.floor(score / width) * width;
    const band = counts.get(from) ?? { customers: 0, bad: 0 };
    counts.set(from, { customers: band.customers + 1, bad: band.bad + (bad ? 1 : 0) });
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([from, { customers, bad }]) => ({ from, customers, bad, rate: share(bad, customers) }));
}

/** What bands of earlier months promise for later ones. */
export type Calibration = Readonly<{
  bands: readonly (Band & Readonly<{ promised: number }>)[];
  /** Mean distance between promised and seen, weighed by customers. */
  error: number;
  /** Mean squared error for a customer, and that of promising everybody the same mean rate of before. */
  brier: number;
  brierOfMean: number;
}>;

/** Takes the rate of each band before as the promise, and looks what came. A band not seen before promises the mean. Pure. */
export function calibration(
  before: readonly Judged[],
  then: readonly Judged[],
  width: number,
): Calibration {
  const mean = rateOf(before);
  const promised = new Map(bandsOf(before, width).map(({ from, rate }) => [from, rate.value]));
  const bands = bandsOf(then, width).map((band) => ({
    ...band,
    promised: promised.get(band.from) ?? mean,
  }));
  const weighed = (of: (band: (typeof bands)[number]) => number): number =>
    bands.reduce((sum, band) => sum + of(band), 0) / Math.max(1, then.length);
  const brier = (say: (band: (typeof bands)[number]) => number) =>
    weighed((b) => b.bad * (1 - say(b)) ** 2 + (b.customers - b.bad) * say(b) ** 2);
  return {
    bands,
    error: weighed(
      ({ customers, rate, promised: said }) => customers * Math.abs(rate.value - said),
    ),
    brier: brier((band) => band.promised),
    brierOfMean: brier(() => mean),
  };
}

/** The share that went badly; 0 of nobody. */
export const rateOf = (rows: readonly Judged[]): number =>
  rows.length === 0 ? 0 : rows.filter(({ bad }) => bad).length / rows.length;

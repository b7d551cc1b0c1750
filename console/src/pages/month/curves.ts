import type { RecoveryCurves } from '../../../generated/api';

export type Curve = RecoveryCurves['curves'][number];
/** Per cent of what was billed, day by day since the first bill was issued; no day later than today. */
export type Line = Readonly<{ period: string; rates: readonly number[] }>;
export type Comparison = Readonly<{
  /** Days since the first bill of the latest period was issued. */
  day: number;
  now: number;
  /** On the same day of the period before, and on average of all before; null: there is none. */
  before: number | null;
  average: number | null;
}>;

const DAY_MS = 86_400_000;
/** A month and a little: what comes in later is the next month's matter. */
const DAYS_MIN = 31;
const DAYS_MAX = 62;

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Of what was billed by the end of that day, in per cent with one decimal; null: nothing was billed. */
export function rateOn({ billedFen, days }: Curve, day: number): number | null {
  if (billedFen <= 0) return null;
  const receivedFen = days.filter((one) => one.day <= day).at(-1)?.receivedFen ?? 0;
  return Math.round((receivedFen / billedFen) * 1000) / 10;
}

/** The curves as lines of the same days; `today` is the station's. What was not billed has no line. */
export function linesOf(curves: readonly Curve[], today: string): Line[] {
  const [latest] = curves;
  if (latest === undefined) return [];
  const until = Math.min(DAYS_MAX, Math.max(DAYS_MIN, daysBetween(latest.issuedOn, today)));
  return curves
    .filter(({ billedFen }) => billedFen > 0)
    .map((curve) => {
      const last = Math.max(0, Math.min(until, daysBetween(curve.issuedOn, today)));
      const rates = Array.from({ length: last + 1 }, (_, day) => rateOn(curve, day) ?? 0);
      return { period: curve.period, rates };
    });
}

/** Today against the same day of the periods before, the latest period first; null: nothing was billed. */
export function compare(curves: readonly Curve[], today: string): Comparison | null {
  const [latest, ...earlier] = curves;
  if (latest === undefined) return null;
  const day = Math.max(0, daysBetween(latest.issuedOn, today));
  const now = rateOn(latest, day);
  if (now === null) return null;
  const rates = earlier.map((curve) => rateOn(curve, day)).filter((rate) => rate !== null);
  const sum = rates.reduce((total, rate) => total + rate, 0);
  return {
    day,
    now,
    before: rates[0] ?? null,
    average: rates.length === 0 ? null : Math.round((sum / rates.length) * 10) / 10,
  };
}

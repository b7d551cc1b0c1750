import type { RecoveryCurves } from '../../../generated/api';
import { rateOn, ratesUntil } from '../../lib/rates';

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

/** The curves as lines of the same days; `today` is the station's. What was not billed has no line. */
export function linesOf(curves: readonly Curve[], today: string): Line[] {
  const [latest] = curves;
  if (latest === undefined) return [];
  const until = Math.min(DAYS_MAX, Math.max(DAYS_MIN, daysBetween(latest.issuedOn, today)));
  return curves
    .filter(({ billedFen }) => billedFen > 0)
    .map((curve) => {
      const last = Math.max(0, Math.min(until, daysBetween(curve.issuedOn, today)));
      return { period: curve.period, rates: ratesUntil(curve, last) };
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

/** What was billed, and what of it had come in by each day on which something came. */
export type Received = Readonly<{
  billedFen: number;
  days: readonly Readonly<{ day: number; receivedFen: number }>[];
}>;

/** In per cent with one decimal; null: nothing was billed. */
export const rateOf = (receivedFen: number, billedFen: number): number | null =>
  billedFen <= 0 ? null : Math.round((receivedFen / billedFen) * 1000) / 10;

/** Of what was billed by the end of that day. */
export const rateOn = ({ billedFen, days }: Received, day: number): number | null =>
  rateOf(days.filter((one) => one.day <= day).at(-1)?.receivedFen ?? 0, billedFen);

/** Day by day from 0 up to `last`; of nothing billed 0. */
export const ratesUntil = (received: Received, last: number): number[] =>
  Array.from({ length: last + 1 }, (_, day) => rateOn(received, day) ?? 0);

import type { ExperimentArm } from '../../../generated/api';

/** Per cent with one decimal; null: nothing was billed. */
export const rateOf = (receivedFen: number, billedFen: number): number | null =>
  billedFen <= 0 ? null : Math.round((receivedFen / billedFen) * 1000) / 10;

/** Of what was billed, in per cent, day by day since the months were opened, up to `until`; a day on which nothing came has that of the day before. */
export function ratesByDay({ billedFen, curve }: ExperimentArm, until: number): number[] {
  return Array.from({ length: until + 1 }, (_, day) => {
    const received = curve.filter((one) => one.day <= day).at(-1)?.receivedFen ?? 0;
    return rateOf(received, billedFen) ?? 0;
  });
}

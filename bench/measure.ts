/** The time of day and what is going on, for whoever waits. */
export const say = (what: string): void =>
  void process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${what}\n`);

/** Of so many milliseconds: a function that gives the part of them, 0.5 for the median, that is the n-th when sorted; NaN of none. */
export function percentilesOf(took: readonly number[]): (part: number) => number {
  const sorted = [...took].sort((a, b) => a - b);
  return (part) => sorted[Math.ceil(sorted.length * part) - 1] ?? NaN;
}

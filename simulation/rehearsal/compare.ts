import { compareText } from '../../domain/in-order';
import type { Line } from './lines';

/** A line that only one of the two has. */
export type Difference = Line & Readonly<{ only: 'simulation' | 'engine' }>;
export type Compared = Readonly<{ same: number; differences: readonly Difference[] }>;

/** Holds what was simulated against what was played, line for line; the differences by customer, in order of time. */
export function compareLines(simulated: readonly Line[], played: readonly Line[]): Compared {
  const [left, rest] = [counted(simulated), counted(played)];
  const differences: Difference[] = [];
  let same = 0;
  for (const [key, { line, count }] of left) {
    const there = rest.get(key)?.count ?? 0;
    same += Math.min(count, there);
    push(differences, { ...line, only: 'simulation' }, count - there);
  }
  for (const [key, { line, count }] of rest)
    push(differences, { ...line, only: 'engine' }, count - (left.get(key)?.count ?? 0));
  return { same, differences: differences.sort(byCustomerAndTime) };
}

function counted(lines: readonly Line[]): Map<string, { line: Line; count: number }> {
  const counts = new Map<string, { line: Line; count: number }>();
  for (const line of lines) {
    const key = JSON.stringify([line.customerNo, line.at, line.what]);
    counts.set(key, { line, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return counts;
}

function push(list: Difference[], difference: Difference, times: number): void {
  for (let n = 0; n < times; n += 1) list.push(difference);
}

const byCustomerAndTime = (a: Difference, b: Difference): number =>
  compareText(a.customerNo, b.customerNo) || compareText(a.at, b.at) || compareText(a.what, b.what);

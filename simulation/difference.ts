import { WORKS, type Work } from '../domain/assumptions';
import type { WorkCounts } from '../domain/trial';
import type { CustomerCount, Summary } from './summary';
import { NO_WORK } from './work';

/** What one customer would have had more (or less, below 0) under the policy than under the other. */
export type Differing = Readonly<{ customerNo: string; station: string; costFen: number }> &
  WorkCounts;
export type Difference = Readonly<{
  against: string;
  totals: WorkCounts;
  costFen: number;
  /** How the bills were paid under the other. */
  payment: Summary['payment'];
  /** Only those for whom something differs. */
  customers: readonly Differing[];
}>;

/** The policy less the one it is held against, over the same book: customer by customer, and in all. */
export function differenceOf(policy: Summary, against: Summary): Difference {
  const others = new Map(against.byCustomer.map((row) => [row.customerNo, row]));
  const customers = policy.byCustomer.flatMap((row) => {
    const other = others.get(row.customerNo);
    return other === undefined ? [] : differing(row, other);
  });
  return {
    against: against.policyId,
    totals: minus(policy.totals, against.totals),
    costFen: policy.costFen - against.costFen,
    payment: against.payment,
    customers,
  };
}

function differing(row: CustomerCount, other: CustomerCount): Differing[] {
  const counts = minus(row, other);
  const { customerNo, station } = row;
  const costFen = row.costFen - other.costFen;
  return WORKS.some((work) => counts[work] !== 0)
    ? [{ customerNo, station, costFen, ...counts }]
    : [];
}

function minus(a: WorkCounts, b: WorkCounts): WorkCounts {
  const less: Record<Work, number> = { ...NO_WORK };
  for (const work of WORKS) less[work] = a[work] - b[work];
  return less;
}

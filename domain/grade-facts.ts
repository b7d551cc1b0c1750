import { settle, type Bill, type SettledBill } from './allocation';
import { addFen, zeroFen, type Fen } from './fen';
import type { Facts } from './facts';
import type { GradeFacts } from './grading';
import { keptFor } from './kept';
import { paymentRecord } from './payment-record';
import type { Level } from './policy';
import { receiptsOf } from './receipts';
import { dateOf, type CivilDate, type Instant, type Period } from './time';

type OnFile = Pick<GradeFacts, 'businessCondition' | 'industry' | 'supplyArea' | 'depositFen'>;

/** What of a customer's facts bears on the grade. */
export type GradedFacts = Pick<Facts, 'category' | 'bills' | 'payments' | 'promises'>;

/** What the grading looks at, drawn from the same facts as the ladder, as of one instant. */
export function gradeFacts(
  facts: GradedFacts,
  onFile: OnFile,
  previous: Level | null,
  asOf: Instant,
): GradeFacts {
  const today = dateOf(asOf);
  const { bills } = settle(facts.bills, facts.payments, asOf);
  return {
    ...onFile,
    category: facts.category,
    record: paymentRecord(bills, today),
    receipts: () => receiptsOf(bills, facts.payments, asOf),
    billsFen: monthlyFen(bills),
    overdueFen: overdueFen(bills, today),
    brokenPromises: facts.promises.filter(({ kept }) => kept === false).length,
    previous,
  };
}

function overdueFen(bills: readonly SettledBill[], today: CivilDate): Fen {
  let sum = zeroFen;
  for (const { dueOn, outstandingFen } of bills)
    if (dueOn < today && outstandingFen > 0) sum = addFen(sum, outstandingFen);
  return sum;
}

/** Two bills of one month (a second meter, a correction) are one amount: else each would look like a change of the other. */
const monthlyFen = keptFor((bills: readonly Bill[]): readonly Fen[] => {
  const months = new Map<Period, Fen>();
  for (const { period, amountFen } of bills)
    months.set(period, addFen(months.get(period) ?? zeroFen, amountFen));
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, amountFen]) => amountFen);
});

import { settle, type Bill } from './allocation';
import { addFen, sumFen, type Fen } from './fen';
import type { Facts } from './facts';
import type { GradeFacts } from './grading';
import { compareText, inOrder } from './in-order';
import { paymentRecord } from './payment-record';
import type { Level } from './policy';
import { receiptsOf } from './receipts';
import { dateOf, type Instant, type Period } from './time';

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
  const overdue: Fen[] = [];
  for (const { dueOn, outstandingFen } of bills) if (dueOn < today) overdue.push(outstandingFen);
  // Written out: a spread that more is added to is slow, and each customer is graded again and again.
  return {
    businessCondition: onFile.businessCondition,
    industry: onFile.industry,
    supplyArea: onFile.supplyArea,
    depositFen: onFile.depositFen,
    category: facts.category,
    record: paymentRecord(bills, today),
    receipts: receiptsOf(bills, facts.payments, asOf),
    billsFen: monthlyFen(bills),
    overdueFen: sumFen(overdue),
    brokenPromises: facts.promises.filter(({ kept }) => kept === false).length,
    previous,
  };
}

/** Two bills of one month (a second meter, a correction) are one amount: else each would look like a change of the other. */
function monthlyFen(bills: readonly Bill[]): Fen[] {
  const months: { period: Period; amountFen: Fen }[] = [];
  for (const { period, amountFen } of bills) {
    const month = months.find((one) => one.period === period);
    if (month === undefined) months.push({ period, amountFen });
    else month.amountFen = addFen(month.amountFen, amountFen);
  }
  return inOrder(months, (a, b) => compareText(a.period, b.period)).map((month) => month.amountFen);
}

import { settle } from './allocation';
import { sumFen, type Fen } from './fen';
import type { Facts } from './facts';
import type { GradeFacts } from './grading';
import { paymentRecord } from './payment-record';
import type { Level } from './policy';
import { dateOf, type Instant } from './time';

type OnFile = Pick<GradeFacts, 'businessCondition' | 'industry' | 'supplyArea' | 'depositFen'>;

/** What the grading looks at, drawn from the same facts as the ladder, as of one instant. */
export function gradeFacts(
  facts: Facts,
  onFile: OnFile,
  previous: Level | null,
  asOf: Instant,
): GradeFacts {
  const today = dateOf(asOf);
  const { bills } = settle(facts.bills, facts.payments, asOf);
  const byIssue = [...bills].sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1));
  const overdue: Fen[] = bills
    .filter(({ dueOn }) => dueOn < today)
    .map(({ outstandingFen }) => outstandingFen);
  return {
    ...onFile,
    category: facts.category,
    record: paymentRecord(bills, today),
    billsFen: byIssue.map(({ amountFen }) => amountFen),
    overdueFen: sumFen(overdue),
    brokenPromises: facts.promises.filter(({ kept }) => kept === false).length,
    previous,
  };
}

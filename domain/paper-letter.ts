import { settle } from './allocation';
import { inCapitals } from './capitals';
import type { Facts } from './facts';
import { addFen, sumFen, toFen, zeroFen, type Fen } from './fen';
import { askableBills } from './ladder';
import { penaltyOf } from './letter';
import type { PenaltyRate } from './penalty';
import type { LadderPolicy } from './policy';
import { dateOf, type CivilDate, type Instant, type Period } from './time';

export type DemandedBill = Readonly<{
  billNo: string;
  period: Period;
  dueOn: CivilDate;
  amountFen: Fen;
  outstandingFen: Fen;
  penaltyFen: Fen;
}>;

/** What a printed demand (催缴电费通知书) asks for, as of one instant. Who it is for is added by who prints it. */
export type PaperDemand = Readonly<{
  asOf: Instant;
  /** Oldest due date first: those overdue, or, when a supervisor demands before the due date, those that are not. */
  bills: readonly DemandedBill[];
  overdue: boolean;
  owedFen: Fen;
  penaltyFen: Fen;
  totalFen: Fen;
  capitals: string;
  /** Owed too, and not asked for by this letter because it is not due yet. */
  restFen: Fen;
  rate: PenaltyRate;
}>;

/**
 * What may be asked for on paper at `asOf`, or a sentence why nothing may. Bills that are paid, held, disputed, handed over or written off are
 * not in it, nor is what is not due yet, unless nothing else is owed.
 */
export function paperDemand(
  facts: Facts,
  policy: LadderPolicy,
  asOf: Instant,
): PaperDemand | string {
  const settled = settle(facts.bills, facts.payments, asOf).bills;
  const today = dateOf(asOf);
  const askable = new Set(askableBills(facts, asOf).map(({ billNo }) => billNo));
  const open = settled.filter(({ billNo }) => askable.has(billNo));
  if (open.length === 0)
    return settled.some(({ outstandingFen }) => outstandingFen > 0)
      ? 'What is owed is held, disputed, or no longer collected: nothing may be asked for now.'
      : 'Nothing is owed: there is no letter to print.';
  const late = open.filter(({ dueOn }) => dueOn < today);
  const asked = late.length > 0 ? late : open;
  const bills = asked.map((bill): DemandedBill => ({
    billNo: bill.billNo,
    period: bill.period,
    dueOn: bill.dueOn,
    amountFen: bill.amountFen,
    outstandingFen: bill.outstandingFen,
    penaltyFen: penaltyOf(bill, facts, policy, today),
  }));
  const owedFen = sumFen(bills.map(({ outstandingFen }) => outstandingFen));
  const penaltyFen = sumFen(bills.map((bill) => bill.penaltyFen));
  const totalFen = addFen(owedFen, penaltyFen);
  const allFen = sumFen(open.map(({ outstandingFen }) => outstandingFen));
  const { resident, other } = policy.penalty;
  return {
    ...{ asOf, bills, owedFen, penaltyFen, totalFen },
    overdue: late.length > 0,
    capitals: inCapitals(totalFen),
    restFen: late.length > 0 ? toFen(allFen - owedFen) : zeroFen,
    rate: facts.category === 'residential' ? resident : other,
  };
}

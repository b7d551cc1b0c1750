import { settle, type SettledBill } from './allocation';
import { sumFen, toFen, yuanForPeople, type Fen } from './fen';
import type { Facts } from './facts';
import { askableBills } from './ladder';
import { lessWaived, penalty } from './penalty';
import type { LadderPolicy, StepKind } from './policy';
import { dateOf, type CivilDate, type Instant } from './time';

/** What a message is for; kept apart because consent and limits differ by purpose (design 4, Messages). */
export type Purpose = 'bill' | 'reminder' | 'demand' | 'marketing';

export type LetterKind = 'billNotice' | 'preDueReminder' | 'overdueReminder' | 'demand';

export const purposeOf: Readonly<Record<LetterKind, Purpose>> = {
  billNotice: 'bill',
  preDueReminder: 'reminder',
  overdueReminder: 'reminder',
  demand: 'demand',
};

/** The text a step is written in. A task that replaces a message (nobody can be reached) has none. */
export const letterKind = (kind: StepKind): LetterKind | null =>
  kind === 'billNotice' ||
  kind === 'preDueReminder' ||
  kind === 'overdueReminder' ||
  kind === 'demand'
    ? kind
    : null;

/**
 * What is asked for, as of one instant: the bills that may be named, oldest first, and the statutory penalty so far. `owedFen` is
 * what is overdue (due before that day) and the rest, which is not yet.
 */
export type Demanded = Readonly<{
  bills: readonly Readonly<{
    billNo: string;
    period: string;
    dueOn: string;
    outstandingFen: Fen;
  }>[];
  owedFen: Fen;
  overdueFen: Fen;
  restFen: Fen;
  penaltyFen: Fen;
}>;

/** Sums what a message may ask for. Bills held or disputed are not in it. */
export function demanded(facts: Facts, policy: LadderPolicy, asOf: Instant): Demanded {
  const bills = askableBills(facts, asOf);
  const named = new Set(bills.map(({ billNo }) => billNo));
  const today = dateOf(asOf);
  const penalties = settle(facts.bills, facts.payments, asOf)
    .bills.filter(({ billNo }) => named.has(billNo))
    .map((bill) => penaltyOf(bill, facts, policy, today));
  const overdueFen = outstanding(bills.filter(({ dueOn }) => dueOn < today));
  const owedFen = outstanding(bills);
  return {
    bills,
    owedFen,
    overdueFen,
    restFen: toFen(owedFen - overdueFen),
    penaltyFen: sumFen(penalties),
  };
}

const outstanding = (bills: Demanded['bills']): Fen =>
  sumFen(bills.map(({ outstandingFen }) => outstandingFen));

/** The penalty of one bill up to a day, less what two people waived of it. */
export function penaltyOf(
  bill: SettledBill,
  { category, waivers }: Pick<Facts, 'category' | 'waivers'>,
  policy: LadderPolicy,
  asOf: CivilDate,
): Fen {
  const resident = category === 'residential';
  const { chargedFen } = penalty(bill, { rules: policy.penalty, resident, asOf });
  const waived = waivers.filter(({ billNo }) => billNo === bill.billNo);
  return lessWaived(chargedFen, sumFen(waived.map(({ amountFen }) => amountFen)));
}

/** The penalty of each bill that was paid after its due date while this cycle was open, to be kept as an obligation of its own. */
export function penaltiesOf(
  facts: Facts,
  policy: LadderPolicy,
  asOf: Instant,
): { billNo: string; amountFen: Fen; settledOn: string }[] {
  return settle(facts.bills, facts.payments, asOf).bills.flatMap((bill) => {
    const before = bill.settledOn === null || bill.settledOn < dateOf(facts.openedAt);
    if (before || bill.settledOn <= bill.dueOn) return [];
    const amountFen = penaltyOf(bill, facts, policy, bill.settledOn);
    return amountFen === 0 ? [] : [{ billNo: bill.billNo, amountFen, settledOn: bill.settledOn }];
  });
}

/**
 * The variables of the templates. Amounts as people write them; `overdue`, `rest` and `penalty` are empty when there is none. `bill`
 * is the one that the letter is about: an overdue reminder's and a demand's is the one longest overdue, any other's the newest.
 * A supervisor can order a demand before the due date, and what was overdue can be paid before a letter is sent again: `overdue`
 * may be empty in any letter.
 */
export function letterValues(
  { bills, owedFen, overdueFen, restFen, penaltyFen }: Demanded,
  {
    customerNo,
    name,
    station,
    kind,
    asOf,
  }: Readonly<{
    customerNo: string;
    name: string;
    station: string;
    kind: LetterKind;
    asOf: Instant;
  }>,
): Record<string, unknown> {
  const rows = bills.map(({ period, dueOn, outstandingFen }) => ({
    period,
    dueOn,
    owed: yuanForPeople(outstandingFen),
  }));
  return {
    customerNo,
    name,
    station,
    today: dateOf(asOf),
    bills: rows,
    bill: rows.at(kind === 'overdueReminder' || kind === 'demand' ? 0 : -1),
    owed: yuanForPeople(owedFen),
    overdue: yuanOrNothing(overdueFen),
    rest: yuanOrNothing(restFen),
    penalty: yuanOrNothing(penaltyFen),
  };
}

const yuanOrNothing = (amount: Fen): string => (amount === 0 ? '' : yuanForPeople(amount));

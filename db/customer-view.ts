import { sumFen } from '../domain/fen';
import { nextStep, openBills } from '../domain/ladder';
import { demanded } from '../domain/letter';
import type { Plan } from '../domain/plan';
import type { Level } from '../domain/policy';
import { dateOf, periodOf, type Instant, type Period } from '../domain/time';
import type { Sql } from './client';
import { openCycleOf } from './cycles';
import { loadAccounts, type Account } from './facts';
import type { RuleBook } from './rules';

export type CustomerView = Readonly<{
  account: Account;
  openCycle: Period | null;
  plan: Plan | null;
  owedFen: number;
  penaltyFen: number;
  bills: readonly Readonly<{
    billNo: string;
    period: string;
    dueOn: string;
    outstandingFen: number;
    level: Level;
  }>[];
}>;

/** Where one customer stands, why, and what comes next, as of now by the station's clock. Null when not on the book. Reads only. */
export async function viewCustomer(
  sql: Sql,
  book: RuleBook,
  customerNo: string,
  asOf: Instant,
): Promise<CustomerView | null> {
  const openCycle = await openCycleOf(sql, customerNo);
  const [account] = await loadAccounts(
    sql,
    [customerNo],
    openCycle ?? periodOf(dateOf(asOf)),
    asOf,
  );
  if (account === undefined) return null;
  const rules = await book.rules(account.policyId ?? (await book.ladderInForce(dateOf(asOf))));
  const bills = openBills(account.facts, asOf);
  const { penaltyFen } = demanded(account.facts, rules.policy, asOf);
  return {
    account,
    openCycle,
    plan: openCycle === null ? null : nextStep(account.facts, rules, asOf),
    // Also of a bill that is held or disputed: it waits, it is not paid.
    owedFen: sumFen(bills.map(({ outstandingFen }) => outstandingFen)),
    penaltyFen,
    bills,
  };
}

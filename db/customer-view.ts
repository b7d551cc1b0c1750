import { sumFen } from '../domain/fen';
import { nextStep, openBills } from '../domain/ladder';
import { demanded } from '../domain/letter';
import type { Plan } from '../domain/plan';
import { dateOf, periodOf, type Instant, type Period } from '../domain/time';
import type { Sql } from './client';
import { openCycleOf } from './cycles';
import { loadAccounts, type Account } from './facts';
import type { RuleBook } from './rules';

export type TimelineRow = Readonly<{ at: Instant; what: string; detail: string }>;
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
    level: number;
  }>[];
  timeline: readonly TimelineRow[];
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
    timeline: await timelineOf(sql, customerNo),
  };
}

/** Everything on record about the customer, in order: also what was not done, with its reason. */
const timelineOf = (sql: Sql, customerNo: string): Promise<TimelineRow[]> =>
  sql.$queryRaw`
    select instant_text(at) as at, what, detail from (
      select received_at as at, 'payment' as what, payment_ref || ' ' || (amount_fen / 100.0)::numeric(14, 2) as detail
        from payment where customer_no = ${customerNo}
      union all select at, 'step ' || status, bill_no || ' ' || step_key || case when because = '{}' then '' else ' because ' || array_to_string(because, ', ') end
        from step where customer_no = ${customerNo}
      union all select sending_at, 'message ' || status, channel || ' ' || step_key || ' ' || detail from message where customer_no = ${customerNo}
      union all select i.at, 'not sent', i.channel || ' ' || i.step_key || ' because ' || i.suppressed_because
        from intent i join bill b using (bill_no) where b.customer_no = ${customerNo} and i.suppressed_because is not null
      union all select opened_at, 'task opened', kind || ' for ' || assignee from task where customer_no = ${customerNo}
      union all select done_at, 'task done', kind || ' ' || outcome || ' by ' || done_by from task where customer_no = ${customerNo} and done_at is not null
      union all select at, kind || case when refused_because is null then '' else ' refused' end, actor || ': ' || reason || coalesce(' – ' || refused_because, '')
        from command where customer_no = ${customerNo}
      union all select as_of, 'grade ' || source, 'level ' || level || ', score ' || score from grade where customer_no = ${customerNo}
      union all select opened_at, 'month opened', period from cycle where customer_no = ${customerNo}
      union all select closed_at, 'month ended', period || ' ' || outcome from cycle where customer_no = ${customerNo} and closed_at is not null
      union all select stage_at, 'device ' || stage, reason from device_case where customer_no = ${customerNo}
    ) rows order by 1, 2`;

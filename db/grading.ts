import { toFen } from '../domain/fen';
import { gradeFacts } from '../domain/grade-facts';
import { grade, type Grade, type GradingPolicy } from '../domain/grading';
import { dateOf, periodOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import { loadAccounts, type Account } from './facts';

/** Customers in one read; large enough that the statement's own cost vanishes, small enough to stay in a few MiB. */
const PAGE = 2_000;

export type GradedCustomer = Grade & Readonly<{ customerNo: string }>;

/** Grades the whole book as of one instant, page by page, from set-based reads. Writes nothing. */
export async function* gradeBook(
  sql: Sql,
  policy: GradingPolicy,
  asOf: Instant,
): AsyncGenerator<GradedCustomer[]> {
  for (let after = ''; ;) {
    const page = await sql.$queryRaw<{ customerNo: string }[]>`
      select customer_no as "customerNo" from customer where customer_no > ${after} order by customer_no limit ${PAGE}`;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.customerNo;
    const accounts = await loadAccounts(
      sql,
      page.map(({ customerNo }) => customerNo),
      periodOf(dateOf(asOf)),
      asOf,
    );
    yield accounts.map((account) => ({
      customerNo: account.customer.customerNo,
      ...gradeAccount(account, policy, asOf),
    }));
  }
}

/** One customer's grade as of one instant, from what was loaded. Writes nothing. */
export function gradeAccount(
  { facts, customer, lastGrade }: Account,
  policy: GradingPolicy,
  asOf: Instant,
): Grade {
  const onFile = { ...customer, depositFen: toFen(customer.depositFen) };
  return grade(gradeFacts(facts, onFile, lastGrade?.level ?? null, asOf), policy);
}

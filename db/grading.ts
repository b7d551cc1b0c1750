import { toFen } from '../domain/fen';
import { gradeFacts } from '../domain/grade-facts';
import { grade, type Grade, type GradingPolicy } from '../domain/grading';
import { gradeUnder, overrideAt, type Override } from '../domain/override';
import type { Level } from '../domain/policy';
import { dateOf, periodOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import { loadAccounts, type Account } from './facts';
import { within, type Stations } from './within';

/** Customers in one read; large enough that the statement's own cost vanishes, small enough to stay in a few MiB. */
const PAGE = 2_000;

/** `source` override: the level is not that of the points, because two people decided so. */
export type GradedCustomer = Grade &
  Readonly<{ customerNo: string; source: 'graded' | 'override' }>;

/** Grades the whole book as of one instant, page by page, from set-based reads. Writes nothing. */
export async function* gradeBook(
  sql: Sql,
  policy: GradingPolicy,
  asOf: Instant,
): AsyncGenerator<GradedCustomer[]> {
  for (let after = ''; ;) {
    const page = await gradePage(sql, policy, { asOf, stations: null, after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.customerNo;
  }
}

type Wanted = Readonly<{ asOf: Instant; stations: Stations; after: string; limit: number }>;

/** The same for a page of some stations' customers after a number. */
export async function gradePage(
  sql: Sql,
  policy: GradingPolicy,
  { asOf, stations, after, limit }: Wanted,
): Promise<GradedCustomer[]> {
  const page = await sql.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from customer c where customer_no > ${after} and ${within(stations)}
    order by customer_no limit ${limit}`;
  if (page.length === 0) return [];
  const customerNos = page.map(({ customerNo }) => customerNo);
  const accounts = await loadAccounts(sql, customerNos, periodOf(dateOf(asOf)), asOf);
  const grades = await gradeAccounts(sql, accounts, policy, asOf);
  const byNumber = new Map(grades.map((one) => [one.customerNo, one]));
  return customerNos.flatMap((customerNo) => byNumber.get(customerNo) ?? []);
}

/** The grades of customers as of one instant, from what was loaded of them; overrides in force hold their level. Writes nothing. */
export async function gradeAccounts(
  sql: Sql,
  accounts: readonly Account[],
  policy: GradingPolicy,
  asOf: Instant,
): Promise<GradedCustomer[]> {
  const decided = await loadOverrides(
    sql,
    accounts.map(({ customer }) => customer.customerNo),
  );
  return accounts.map((account) => {
    const { customerNo } = account.customer;
    const over = decided.get(customerNo);
    const previous = over === undefined ? (account.lastGrade?.level ?? null) : over.before;
    const found = gradeAccount(account, policy, { previous, asOf });
    const override = overrideAt(over?.overrides ?? [], asOf);
    const source = override === null ? 'graded' : 'override';
    return { customerNo, ...gradeUnder(found, override), source };
  });
}

function gradeAccount(
  { facts, customer }: Account,
  policy: GradingPolicy,
  { previous, asOf }: Readonly<{ previous: Level | null; asOf: Instant }>,
): Grade {
  const onFile = { ...customer, depositFen: toFen(customer.depositFen) };
  return grade(gradeFacts(facts, onFile, previous, asOf), policy);
}

type Decided = Readonly<{
  customerNo: string;
  overrides: readonly Override[];
  /** The level without overrides: the last one found, or a graver one that it rose to or was escalated to since. */
  before: Level | null;
}>;

/** Those of the customers for whom a level was ever decided on; most books have few. */
async function loadOverrides(
  sql: Sql,
  customerNos: readonly string[],
): Promise<Map<string, Decided>> {
  const rows = await sql.$queryRaw<Decided[]>`
    select o.customer_no as "customerNo",
      jsonb_agg(jsonb_build_object('level', o.level, 'from', instant_text(o.from_at), 'until', instant_text(o.until_at),
        'endedAt', instant_text(o.ended_at), 'reason', a.reason) order by o.from_at, o.id) as overrides,
      (select min(g.level) from grade g where g.customer_no = o.customer_no and g.source <> 'override'
        and g.id >= coalesce((select max(l.id) from grade l where l.customer_no = o.customer_no and l.source = 'graded'), 0)) as before
    from grade_override o join approval a using (id)
    where o.customer_no = any(${[...customerNos]}) group by o.customer_no`;
  return new Map(rows.map((row) => [row.customerNo, row]));
}

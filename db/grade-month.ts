import type { GradingPolicy } from '../domain/grading';
import type { Level } from '../domain/policy';
import { dateOf, instantAt, periodOf, toDate } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, type CommandResult, type Order } from './commands';
import { loadAccounts } from './facts';
import { gradeAccounts } from './grading';
import { writeGrades } from './grades';
import { within, type Stations } from './within';

/** Customers in one read. */
const PAGE = 2_000;
export type LevelCount = Readonly<{ level: Level; customers: number }>;

/**
 * Brings the grades of the month up to date: of everybody who has no month open, whose level stays as it began, and was not graded in this
 * month yet. A repeat grades nobody twice, so that a level goes down by one a month at most.
 */
export async function gradeMonth(
  db: Db,
  order: Order,
  { policy, stations }: Readonly<{ policy: GradingPolicy; stations: Stations }>,
): Promise<{ result: CommandResult; levels: LevelCount[] }> {
  const counts = new Map<Level, number>();
  const entry = { kind: 'gradeMonth', customerNo: null, body: { stations, policyId: policy.id } };
  const result = await command(db, order, entry, async (tx) => {
    for (let after = ''; ;) {
      const page = await gradeSome(tx, { order, policy, stations, after });
      const last = page.at(-1);
      if (last === undefined) return applied;
      for (const { level } of page) counts.set(level, (counts.get(level) ?? 0) + 1);
      after = last.customerNo;
    }
  });
  const levels = [...counts].map(([level, customers]) => ({ level, customers }));
  return { result, levels: levels.sort((a, b) => a.level - b.level) };
}

type Some = Readonly<{ order: Order; policy: GradingPolicy; stations: Stations; after: string }>;

async function gradeSome(tx: Sql, { order, policy, stations, after }: Some) {
  const { at } = order;
  const period = periodOf(dateOf(at));
  const begin = instantAt(toDate(`${period}-01`));
  // Nobody's month is opened meanwhile; a payment, which needs the row only to be there, does not wait.
  const rows = await tx.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from customer c
    where customer_no > ${after} and ${within(stations)}
      and not exists (select from cycle y where y.customer_no = c.customer_no and y.outcome is null)
      and not exists (select from grade g where g.customer_no = c.customer_no and g.source = 'graded' and g.as_of >= ${begin}::timestamptz)
    order by customer_no limit ${PAGE} for no key update`;
  const customerNos = rows.map(({ customerNo }) => customerNo);
  if (customerNos.length === 0) return [];
  const accounts = await loadAccounts(tx, customerNos, period, at);
  const grades = await gradeAccounts(tx, accounts, policy, at);
  await writeGrades(tx, grades, { policyId: policy.id, asOf: at });
  const byNumber = new Map(grades.map((one) => [one.customerNo, one]));
  return customerNos.flatMap((customerNo) => byNumber.get(customerNo) ?? []);
}

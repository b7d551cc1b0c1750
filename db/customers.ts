import type { Level } from '../domain/policy';
import type { Flag, Stage } from '../domain/standing';
import { dateOf, type CivilDate, type Instant } from '../domain/time';
import type { Db } from './client';
import { customersWhere, flagsOf, stageOf, type CustomerFilter } from './customer-filter';
import { Prisma } from './generated/client';
import { freshenStandings } from './standings';

export type CustomerRow = Readonly<{
  customerNo: string;
  name: string;
  station: string;
  category: string;
  phone: string | null;
  email: string | null;
  language: string;
  collector: string | null;
  /** The latest grade; null when never graded. */
  level: Level | null;
  /** Null without an open month. */
  stage: Stage | null;
  owedFen: number;
  /** Of the oldest unpaid bill; null when nothing is owed. */
  oldestDueOn: CivilDate | null;
  flags: readonly Flag[];
}>;

const columns = Prisma.sql`c.customer_no as "customerNo", name, station, category, phone, email, language, collector, c.latest_level as level,
  ${stageOf} as stage, coalesce(st.owed_fen, 0)::float8 as "owedFen", st.oldest_due_on::text as "oldestDueOn", ${flagsOf} as flags`;

export const SORTS = ['number', 'owed', 'overdue'] as const;
export type Sort = (typeof SORTS)[number];
/** Where a list goes on: the sorted value of the last row, and its number. */
export type After = Readonly<{ value: string | number | null; customerNo: string }>;

/** The value that each sort goes by. `overdue`: the longest overdue first, who owes nothing last. */
const KEYS: Readonly<Record<Sort, (row: CustomerRow) => After['value']>> = {
  number: () => null,
  owed: ({ owedFen }) => owedFen,
  overdue: ({ oldestDueOn }) => oldestDueOn,
};
export const keyOf = (sort: Sort, row: CustomerRow): After => ({
  value: KEYS[sort](row),
  customerNo: row.customerNo,
});

type Wanted = Readonly<{
  stations: readonly string[] | null;
  filter: CustomerFilter;
  asOf: Instant;
}>;

/** Customers whom a filter means, in order. */
export async function listCustomers(
  db: Db,
  {
    stations,
    filter,
    asOf,
    sort,
    after,
    limit,
  }: Wanted & Readonly<{ sort: Sort; after: After | null; limit: number }>,
): Promise<CustomerRow[]> {
  await freshenStandings(db, asOf);
  return db.$queryRaw`
    select ${columns} from customer c left join customer_standing st using (customer_no)
    where ${customersWhere(filter, stations, dateOf(asOf))} and ${after === null ? Prisma.sql`true` : later(sort, after)}
    order by ${ORDER[sort]} limit ${limit}`;
}

/** How many a filter means. */
export async function countCustomers(
  db: Db,
  { stations, filter, asOf }: Wanted,
): Promise<{ customers: number; owedFen: number }> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<{ customers: number; owedFen: number }[]>`
    select count(*)::int as customers, coalesce(sum(st.owed_fen), 0)::float8 as "owedFen"
    from customer c left join customer_standing st using (customer_no) where ${customersWhere(filter, stations, dateOf(asOf))}`;
  return row ?? { customers: 0, owedFen: 0 };
}

/** One customer as on file; null when unknown. */
export async function findCustomer(
  db: Db,
  customerNo: string,
  asOf: Instant,
): Promise<CustomerRow | null> {
  await freshenStandings(db, asOf);
  const [row] = await db.$queryRaw<CustomerRow[]>`
    select ${columns} from customer c left join customer_standing st using (customer_no) where c.customer_no = ${customerNo}`;
  return row ?? null;
}

const NEVER = Prisma.sql`'infinity'::date`;
const ORDER: Readonly<Record<Sort, Prisma.Sql>> = {
  number: Prisma.sql`c.customer_no`,
  owed: Prisma.sql`coalesce(st.owed_fen, 0) desc, c.customer_no`,
  overdue: Prisma.sql`coalesce(st.oldest_due_on, ${NEVER}), c.customer_no`,
};

function later(sort: Sort, { value, customerNo }: After): Prisma.Sql {
  switch (sort) {
    case 'number':
      return Prisma.sql`c.customer_no > ${customerNo}`;
    case 'owed':
      return Prisma.sql`(-coalesce(st.owed_fen, 0), c.customer_no) > (-${value}::bigint, ${customerNo})`;
    case 'overdue':
      return Prisma.sql`(coalesce(st.oldest_due_on, ${NEVER}), c.customer_no) > (coalesce(${value}::date, ${NEVER}), ${customerNo})`;
  }
}

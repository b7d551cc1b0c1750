import { FLAGS, type Flag, type Stage } from '../domain/standing';
import type { CivilDate } from '../domain/time';
import { Prisma } from './generated/client';
import { every, is } from './where';
import { within } from './within';

/** Which customers are meant; what is null does not matter. */
export type CustomerFilter = Readonly<{
  station: string | null;
  /** The beginning of a number, a part of a name, or a whole phone number, also without +86. */
  search: string | null;
  category: string | null;
  collector: string | null;
  supplyArea: string | null;
  level: number | null;
  stage: Stage | null;
  /** Days since the due date of the oldest unpaid bill; below zero: to come. */
  minOverdueDays: number | null;
  maxOverdueDays: number | null;
  minOwedFen: number | null;
  maxOwedFen: number | null;
  /** Each of them. */
  flags: readonly Flag[];
}>;

export const NO_FILTER: CustomerFilter = {
  station: null,
  search: null,
  category: null,
  collector: null,
  supplyArea: null,
  level: null,
  stage: null,
  minOverdueDays: null,
  maxOverdueDays: null,
  minOwedFen: null,
  maxOwedFen: null,
  flags: [],
};

/** Where the open month of `c` stands; null without one. */
export const stageOf = Prisma.sql`(select y.ladder_stage from cycle y where y.customer_no = c.customer_no and y.outcome is null)`;

const FLAG_SQL: Readonly<Record<Flag, Prisma.Sql>> = {
  screened: Prisma.sql`c.latest_screened`,
  held: Prisma.sql`exists (select from hold h where h.released_at is null and (h.until_at is null or h.until_at > clock_timestamp() + (select coalesce(max(offset_ms), 0) from business_clock) * interval '1 millisecond')
    and ((h.scope, h.ref) in (('customer', c.customer_no), ('station', c.station), ('everything', ''))
      or (h.scope = 'bill' and h.ref in (select bill_no from bill b where b.customer_no = c.customer_no))))`,
  disputed: Prisma.sql`exists (select from dispute d where d.customer_no = c.customer_no and d.resolved_at is null)`,
  promised: Prisma.sql`exists (select from promise p where p.customer_no = c.customer_no and p.kept is null)`,
  suppressed: Prisma.sql`exists (select from suppression x where x.customer_no = c.customer_no)`,
  device: Prisma.sql`exists (select from device_case d where d.customer_no = c.customer_no and d.closed_at is null)`,
};

/** The flags of `c`, as a list. */
export const flagsOf = Prisma.sql`array_remove(array[${Prisma.join(
  FLAGS.map((flag) => Prisma.sql`case when ${FLAG_SQL[flag]} then ${flag} end`),
)}]::text[], null)`;

/**
 * `is`, of a subquery. Bare, the planner takes it for one customer in 200, and with another condition for a list of one row, for which it reads
 * every standing once more for each row that there is: 29 s on a book of 30,000.
 */
const asked = (what: Prisma.Sql, value: string | number | null): Prisma.Sql | null =>
  value === null ? null : Prisma.sql`coalesce(${what} = ${value}, false)`;

/**
 * The condition for `from customer c left join customer_standing st using (customer_no)`, as far as the customers are of the stations (null:
 * all). The standings must be fresh (freshenStandings).
 */
export function customersWhere(
  filter: CustomerFilter,
  stations: readonly string[] | null,
  today: CivilDate,
): Prisma.Sql {
  const { search } = filter;
  return every([
    within(stations),
    is(Prisma.sql`c.station`, filter.station),
    is(Prisma.sql`c.category`, filter.category),
    is(Prisma.sql`c.collector`, filter.collector),
    is(Prisma.sql`c.supply_area`, filter.supplyArea),
    search === null
      ? null
      : Prisma.sql`(starts_with(c.customer_no, ${search}) or position(${search} in c.name) > 0 or c.phone in (${search}, '+86' || ${search}))`,
    is(Prisma.sql`c.latest_level`, filter.level),
    asked(stageOf, filter.stage),
    filter.minOverdueDays === null
      ? null
      : Prisma.sql`st.oldest_due_on <= ${today}::date - ${filter.minOverdueDays}::int`,
    filter.maxOverdueDays === null
      ? null
      : Prisma.sql`st.oldest_due_on >= ${today}::date - ${filter.maxOverdueDays}::int`,
    filter.minOwedFen === null ? null : Prisma.sql`st.owed_fen >= ${filter.minOwedFen}::bigint`,
    filter.maxOwedFen === null
      ? null
      : Prisma.sql`coalesce(st.owed_fen, 0) <= ${filter.maxOwedFen}::bigint`,
    ...filter.flags.map((flag) => FLAG_SQL[flag]),
  ]);
}

import type { Category, Level } from '../domain/policy';
import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';

/** Whom a bulk order is over. What is null does not matter. */
export type BulkFilter = Readonly<{
  /** The stations of the person who ordered it; null: all. It never reaches beyond them, also when his change meanwhile. */
  stations: readonly string[] | null;
  station: string | null;
  level: Level | null;
  category: Category | null;
  collector: string | null;
  supplyArea: string | null;
  /** A bulk hold: only those whom it holds. */
  heldBy: string | null;
}>;
export type BulkKind = 'hold' | 'release';

/** The customers a bulk order would concern as of now: for a release only who is held. Reads only. */
export async function countReach(
  sql: Sql,
  bulk: Readonly<{ kind: BulkKind; filter: BulkFilter }>,
  at: Instant,
): Promise<number> {
  const [row] = await sql.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from customer c where ${fits(bulk, at)}`;
  return row?.n ?? 0;
}

/** Of those, by number, the ones after a customer. Reads only. */
export async function nextReached(
  sql: Sql,
  bulk: Readonly<{ kind: BulkKind; filter: BulkFilter; after: string }>,
  { at, limit }: Readonly<{ at: Instant; limit: number }>,
): Promise<string[]> {
  const rows = await sql.$queryRaw<{ customerNo: string }[]>`
    select customer_no as "customerNo" from customer c
    where ${fits(bulk, at)} and customer_no > ${bulk.after} order by customer_no limit ${limit}`;
  return rows.map(({ customerNo }) => customerNo);
}

function fits(
  { kind, filter }: Readonly<{ kind: BulkKind; filter: BulkFilter }>,
  at: Instant,
): Prisma.Sql {
  const { stations, station, level, category, collector, supplyArea, heldBy } = filter;
  return Prisma.sql`(${stations === null} or c.station = any(${[...(stations ?? [])]}))
    and (${station}::text is null or c.station = ${station}) and (${category}::text is null or c.category = ${category})
    and (${collector}::text is null or c.collector = ${collector}) and (${supplyArea}::text is null or c.supply_area = ${supplyArea})
    and (${level}::int is null or ${level}::int = (select g.level from grade g where g.customer_no = c.customer_no order by g.id desc limit 1))
    and (${kind === 'hold'} or exists (select from hold h where h.scope = 'customer' and h.ref = c.customer_no and h.released_at is null
      and (h.until_at is null or h.until_at > ${at}::timestamptz) and (${heldBy}::text is null or h.id = ${heldBy} || '/' || c.customer_no)))`;
}

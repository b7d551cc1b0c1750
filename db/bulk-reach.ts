import { dateOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import { customersWhere, type CustomerFilter } from './customer-filter';
import { Prisma } from './generated/client';

/** Whom a bulk order is over. */
export type BulkFilter = CustomerFilter &
  Readonly<{
    /** The stations of the person who ordered it; null: all. It never reaches beyond them, also when his change meanwhile. */
    stations: readonly string[] | null;
    /** A bulk hold: only those whom it holds. */
    heldBy: string | null;
    /** The version that running months are moved to; null for a hold or a release. */
    toPolicy: string | null;
    /** Only these; null: whoever fits. Absent in orders of before there was such a thing. */
    customerNos?: readonly string[] | null;
  }>;
export type BulkKind = 'hold' | 'release' | 'migrate';
type Bulk = Readonly<{ kind: BulkKind; filter: BulkFilter }>;

/** The customers a bulk order would concern as of now: for a release only who is held, for a migration only whose month is under another version. The standings must be fresh. Reads only. */
export async function countReach(sql: Sql, bulk: Bulk, at: Instant): Promise<number> {
  const [row] = await sql.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from ${customers} where ${fits(bulk, at)}`;
  return row?.n ?? 0;
}

/** Of those, by number, the ones after a customer. Reads only. */
export async function nextReached(
  sql: Sql,
  bulk: Bulk & Readonly<{ after: string }>,
  { at, limit }: Readonly<{ at: Instant; limit: number }>,
): Promise<string[]> {
  const rows = await sql.$queryRaw<{ customerNo: string }[]>`
    select c.customer_no as "customerNo" from ${customers}
    where ${fits(bulk, at)} and c.customer_no > ${bulk.after} order by c.customer_no limit ${limit}`;
  return rows.map(({ customerNo }) => customerNo);
}

const customers = Prisma.sql`customer c left join customer_standing st using (customer_no)`;

function fits({ kind, filter }: Bulk, at: Instant): Prisma.Sql {
  const { stations, heldBy, toPolicy, customerNos = null } = filter;
  const fitting = customersWhere(filter, stations, dateOf(at));
  const who =
    customerNos === null
      ? fitting
      : Prisma.sql`${fitting} and c.customer_no = any(${[...customerNos]})`;
  if (kind === 'hold') return who;
  if (kind === 'migrate')
    return Prisma.sql`${who} and exists (select from cycle y where y.customer_no = c.customer_no and y.outcome is null and y.policy_id <> ${toPolicy})`;
  return Prisma.sql`${who} and exists (select from hold h where h.scope = 'customer' and h.ref = c.customer_no and h.released_at is null
    and (h.until_at is null or h.until_at > ${at}::timestamptz) and (${heldBy}::text is null or h.id = ${heldBy} || '/' || c.customer_no))`;
}

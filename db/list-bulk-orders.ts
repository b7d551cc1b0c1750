import type { Instant } from '../domain/time';
import type { BulkFilter, BulkKind } from './bulk-reach';
import type { Sql } from './client';
import { Prisma } from './generated/client';

export type BulkRow = Readonly<{
  id: string;
  kind: BulkKind;
  filter: BulkFilter;
  until: Instant | null;
  beginsAt: Instant | null;
  reason: string;
  actor: string;
  at: Instant;
  total: number;
  done: number;
  refused: number;
  state: 'running' | 'stopped' | 'finished';
  endedBy: string | null;
  endedAt: Instant | null;
}>;
type Seen = Readonly<{ stations: readonly string[] | null }>;

/** Bulk orders, the latest first, of those stations at most. Reads only. */
export const listBulkOrders = (
  sql: Sql,
  {
    stations,
    after,
    limit,
  }: Seen & Readonly<{ after: readonly [string, string] | null; limit: number }>,
): Promise<BulkRow[]> =>
  sql.$queryRaw`
    select ${columns} from bulk_order
    where ${within({ stations })} and (${after?.[0] ?? null}::timestamptz is null or (at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by at desc, id desc limit ${limit}`;

/** One bulk order; null when there is none of those stations. Reads only. */
export async function bulkOrderOf(sql: Sql, id: string, seen: Seen): Promise<BulkRow | null> {
  const [row] = await sql.$queryRaw<BulkRow[]>`
    select ${columns} from bulk_order where id = ${id} and ${within(seen)}`;
  return row ?? null;
}

/** A bulk order over stations that the person does not have is not his to see. */
const within = ({ stations }: Seen): Prisma.Sql =>
  Prisma.sql`(${stations === null} or (jsonb_typeof(filter->'stations') = 'array' and filter->'stations' <@ ${JSON.stringify(stations ?? [])}::jsonb))`;

const columns = Prisma.sql`id, kind, filter, body->>'until' as until, instant_text(begins_at) as "beginsAt", reason, actor, instant_text(at) as at, total, done, refused, state,
  ended_by as "endedBy", instant_text(ended_at) as "endedAt"`;

export type BulkOutcome = Readonly<{
  customerNo: string;
  at: Instant;
  refusedBecause: string | null;
}>;

/** What a bulk order did so far, by customer number, after a customer. Reads only. */
export const bulkOutcomes = (
  sql: Sql,
  { id, after, limit }: Readonly<{ id: string; after: string; limit: number }>,
): Promise<BulkOutcome[]> =>
  sql.$queryRaw`
    select c.customer_no as "customerNo", instant_text(k.at) as at, k.refused_because as "refusedBecause"
    from customer c join command k on k.id = ${id} || '/' || c.customer_no
    where c.customer_no > ${after} and c.customer_no <= (select b.after from bulk_order b where b.id = ${id})
    order by c.customer_no limit ${limit}`;

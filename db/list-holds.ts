import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import type { Scope } from './holds';

export const HOLD_STATES = ['inForce', 'over', 'all'] as const;

export type HoldRow = Readonly<{
  id: string;
  scope: Scope;
  ref: string;
  from: Instant;
  until: Instant | null;
  reason: string;
  placedBy: string;
  placedAt: Instant;
  releasedBy: string | null;
  releasedAt: Instant | null;
}>;

/** Holds, the latest first, as far as they concern the stations; one over everything concerns all. Reads only. */
export const listHolds = (
  sql: Sql,
  {
    stations,
    state,
    scopes = null,
    customerNo = null,
    after,
    limit,
  }: Readonly<{
    stations: readonly string[] | null;
    state: (typeof HOLD_STATES)[number];
    /** All when absent. */
    scopes?: readonly Scope[] | null;
    /** Only those that concern this customer. */
    customerNo?: string | null;
    /** Key of the last row seen: when it was placed, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<HoldRow[]> =>
  sql.$queryRaw`
    select id, scope, ref, instant_text(from_at) as "from", instant_text(until_at) as "until", reason, placed_by as "placedBy",
      instant_text(placed_at) as "placedAt", released_by as "releasedBy", instant_text(released_at) as "releasedAt"
    from hold h
    where ${after === null ? ALL : Prisma.sql`(placed_at, id) < (${after[0]}::timestamptz, ${after[1]})`}
      and ${scopes === null ? ALL : Prisma.sql`scope = any(${[...scopes]})`} and ${STATES[state]} and ${concerns(stations)}
      and ${customerNo === null ? ALL : Prisma.sql`${holdsOver(customerNo)}`}
    order by placed_at desc, id desc limit ${limit}`;

const ALL = Prisma.sql`true`;
const over = Prisma.sql`(released_at is not null or coalesce(until_at <= clock_timestamp() + (select coalesce(max(offset_ms), 0) * interval '1 millisecond' from business_clock), false))`;
const STATES: Readonly<Record<(typeof HOLD_STATES)[number], Prisma.Sql>> = {
  all: ALL,
  over,
  inForce: Prisma.sql`not ${over}`,
};

const concerns = (stations: readonly string[] | null): Prisma.Sql =>
  stations === null
    ? ALL
    : Prisma.sql`(scope = 'everything' or scope = 'station' and ref = any(${[...stations]})
        or scope = 'customer' and exists (select from customer c where c.customer_no = h.ref and c.station = any(${[...stations]}))
        or scope = 'bill' and exists (select from bill b join customer c using (customer_no) where b.bill_no = h.ref and c.station = any(${[...stations]})))`;

/** The condition that `h`, a row of hold, is over the customer: itself, its bills, its station or everything. */
export const holdsOver = (no: string): Prisma.Sql => Prisma.sql`(
  (h.scope = 'customer' and h.ref = ${no}) or (h.scope = 'bill' and h.ref in (select bill_no from bill where customer_no = ${no}))
  or h.scope = 'everything' or (h.scope = 'station' and h.ref = (select station from customer where customer_no = ${no})))`;

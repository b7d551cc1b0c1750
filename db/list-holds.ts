import type { Instant } from '../domain/time';
import type { Sql } from './client';
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
    after,
    limit,
  }: Readonly<{
    stations: readonly string[] | null;
    state: (typeof HOLD_STATES)[number];
    /** Key of the last row seen: when it was placed, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<HoldRow[]> =>
  sql.$queryRaw`
    select id, scope, ref, instant_text(from_at) as "from", instant_text(until_at) as "until", reason, placed_by as "placedBy",
      instant_text(placed_at) as "placedAt", released_by as "releasedBy", instant_text(released_at) as "releasedAt"
    from hold h
    where (${after?.[0] ?? null}::timestamptz is null or (placed_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
      and case ${state} when 'all' then true
        when 'inForce' then released_at is null and (until_at is null or until_at > clock_timestamp() + (select coalesce(max(offset_ms), 0) * interval '1 millisecond' from business_clock))
        else released_at is not null or until_at <= clock_timestamp() + (select coalesce(max(offset_ms), 0) * interval '1 millisecond' from business_clock) end
      and (${stations === null} or scope = 'everything' or scope = 'station' and ref = any(${[...(stations ?? [])]})
        or scope = 'customer' and exists (select from customer c where c.customer_no = h.ref and c.station = any(${[...(stations ?? [])]}))
        or scope = 'bill' and exists (select from bill b join customer c using (customer_no) where b.bill_no = h.ref and c.station = any(${[...(stations ?? [])]})))
    order by placed_at desc, id desc limit ${limit}`;

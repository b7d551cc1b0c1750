import type { Instant } from '../domain/time';
import type { Sql } from './client';

export type AuditEntry = Readonly<{
  id: string;
  kind: string;
  customerNo: string | null;
  station: string | null;
  body: unknown;
  actor: string;
  reason: string;
  door: string;
  refusedBecause: string | null;
  at: Instant;
  recordedAt: Instant;
  requestId: string | null;
}>;

/** Everything that people ordered, refused orders too, the latest first. What is of no customer is for those who have all stations. */
export const listAudit = (
  sql: Sql,
  {
    stations,
    actor,
    kind,
    customerNo,
    after,
    limit,
  }: Readonly<{
    stations: readonly string[] | null;
    actor: string | null;
    kind: string | null;
    customerNo: string | null;
    /** Key of the last row seen: when it was recorded, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<AuditEntry[]> =>
  sql.$queryRaw`
    select id, kind, customer_no as "customerNo", station, body, actor, reason, door, refused_because as "refusedBecause",
      instant_text(at) as at, instant_text(recorded_at) as "recordedAt", request_id as "requestId"
    from command
    where (${stations === null} or station = any(${[...(stations ?? [])]}))
      and (${actor}::text is null or actor = ${actor}) and (${kind}::text is null or kind = ${kind})
      and (${customerNo}::text is null or customer_no = ${customerNo})
      and (${after?.[0] ?? null}::timestamptz is null
        or (recorded_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by recorded_at desc, id desc limit ${limit}`;

import type { Instant, Period } from '../domain/time';
import type { Sql } from './client';

export type CampaignRow = Readonly<{
  period: Period;
  station: string;
  asOf: Instant;
  policyId: string;
  openedBy: string;
  startedAt: Instant;
  finishedAt: Instant | null;
}>;

type Asked = Readonly<{
  stations: readonly string[] | null;
  period: Period | null;
  after: readonly [string, string] | null;
  limit: number;
}>;

/** Each station's campaigns, the latest month first. `stations` null: all. */
export const listCampaigns = (
  sql: Sql,
  { stations, period, after, limit }: Asked,
): Promise<CampaignRow[]> =>
  sql.$queryRaw<CampaignRow[]>`
    select period, station, instant_text(as_of) as "asOf", policy_id as "policyId", opened_by as "openedBy",
      instant_text(started_at) as "startedAt", instant_text(finished_at) as "finishedAt"
    from campaign
    where (${stations === null} or station = any(${[...(stations ?? [])]}))
      and (${period}::text is null or period = ${period})
      and (${after === null} or period < ${after?.[0] ?? ''} or (period = ${after?.[0] ?? ''} and station > ${after?.[1] ?? ''}))
    order by period desc, station limit ${limit}`;

export type CampaignProgress = Readonly<{
  station: string;
  total: number;
  open: number;
  paid: number;
  carriedForward: number;
  handedOver: number;
  writtenOff: number;
}>;

/** How far the month's cycles are, by station. `stations` null: all. */
export const campaignProgress = (
  sql: Sql,
  { stations, period }: Readonly<{ stations: readonly string[] | null; period: Period }>,
): Promise<CampaignProgress[]> =>
  sql.$queryRaw<CampaignProgress[]>`
    select station, count(*)::int as total, count(*) filter (where outcome is null)::int as open,
      count(*) filter (where outcome = 'paid')::int as paid,
      count(*) filter (where outcome = 'carriedForward')::int as "carriedForward",
      count(*) filter (where outcome = 'handedOver')::int as "handedOver",
      count(*) filter (where outcome = 'writtenOff')::int as "writtenOff"
    from cycle where period = ${period} and (${stations === null} or station = any(${[...(stations ?? [])]}))
    group by station order by station`;

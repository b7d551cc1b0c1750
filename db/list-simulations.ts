import type { PolicyKind } from '../domain/policy-check';
import type { CivilDate, Instant } from '../domain/time';
import { readTrial, reportOf, type TrialReport } from '../domain/trial';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import type { DifferingCustomer } from './simulations';
import { among, type Stations } from './within';

export type SimulationRow = Readonly<{
  id: string;
  kind: PolicyKind;
  policyId: string;
  againstId: string;
  besideId: string;
  from: CivilDate;
  to: CivilDate;
  reason: string;
  actor: string;
  at: Instant;
  model: string | null;
  capacities: string | null;
  state: 'waiting' | 'running' | 'finished' | 'stopped' | 'failed';
  total: number;
  done: number;
  endedBy: string | null;
  endedAt: Instant | null;
  failure: string | null;
  sha256: string | null;
  /** Whether the version is still what was tried; null while there is no report. */
  current: boolean | null;
}>;

/** The simulations of a version, the latest first; a version has few. Reads only. */
export const simulationsOf = (sql: Sql, policyId: string): Promise<SimulationRow[]> =>
  sql.$queryRaw`select ${columns} from simulation s where policy_id = ${policyId} order by at desc, id desc limit 100`;

/** Simulations of all versions, the latest first. Reads only. */
export const listSimulations = (
  sql: Sql,
  { after, limit }: Readonly<{ after: readonly [string, string] | null; limit: number }>,
): Promise<SimulationRow[]> =>
  sql.$queryRaw`
    select ${columns} from simulation s
    where ${after?.[0] ?? null}::timestamptz is null or (at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''})
    order by at desc, id desc limit ${limit}`;

/** The digest of a version's body as it is now, by which a report is told to be of it. */
export const BODY_SHA256 = Prisma.sql`encode(sha256(convert_to(body::text, 'UTF8')), 'hex')`;

const columns = Prisma.sql`id, kind, policy_id as "policyId", against_id as "againstId", beside_id as "besideId", from_day::text as "from",
  to_day::text as "to", reason, actor, instant_text(at) as at, model->>'name' as model,
  capacities->>'name' as capacities, state, total, done, ended_by as "endedBy", instant_text(ended_at) as "endedAt",
  failure, sha256, case when sha256 is not null then coalesce((select ${BODY_SHA256} = s.body_sha256 from policy where policy.id = s.policy_id), false) end as current`;

/** One simulation; null when there is none. Reads only. */
export async function simulationOf(sql: Sql, id: string): Promise<SimulationRow | null> {
  const [row] = await sql.$queryRaw<SimulationRow[]>`
    select ${columns} from simulation s where id = ${id}`;
  return row ?? null;
}

/** The report of one, to the letter; null while there is none. Reads only. */
export async function documentOf(
  sql: Sql,
  id: string,
): Promise<Readonly<{ document: string; sha256: string }> | null> {
  const [row] = await sql.$queryRaw<{ document: string; sha256: string }[]>`
    select document, sha256 from simulation where id = ${id} and document is not null`;
  return row ?? null;
}

/** The report as a page of HTML; null while there is none. Reads only. */
export async function pageOfReport(
  sql: Sql,
  id: string,
  language: 'zh-CN' | 'en',
): Promise<string | null> {
  const page = language === 'en' ? Prisma.sql`page_en` : Prisma.sql`page_zh`;
  const [row] = await sql.$queryRaw<
    { page: string | null }[]
  >`select ${page} as page from simulation where id = ${id}`;
  return row?.page ?? null;
}

/** What stands with an approval of a version: the report's digest and main figures; null while there is none. Reads only. */
export async function shortReport(sql: Sql, id: string): Promise<TrialReport | null> {
  const found = await documentOf(sql, id);
  return found === null ? null : reportOf(found.sha256, readTrial(found.document));
}

export type AfterDiffering = readonly [number, string];

/** Those for whom something differs, the greatest difference in cost first, of those stations. Reads only. */
export const differingCustomers = (
  sql: Sql,
  {
    id,
    stations,
    after,
    limit,
  }: Readonly<{
    id: string;
    stations: Stations;
    /** Key of the last row seen: its cost without sign, and its customer. */
    after: AfterDiffering | null;
    limit: number;
  }>,
): Promise<DifferingCustomer[]> => sql.$queryRaw`
  select customer_no as "customerNo", station, sms, email, call, visit, letter, review, proposal, cost_fen::float8 as "costFen"
  from simulation_customer where simulation_id = ${id} and ${among(Prisma.sql`station`, stations)}
    and (${after?.[0] ?? null}::bigint is null or abs(cost_fen) < ${after?.[0] ?? null}::bigint
      or (abs(cost_fen) = ${after?.[0] ?? null}::bigint and customer_no > ${after?.[1] ?? ''}))
  order by abs(cost_fen) desc, customer_no limit ${limit}`;

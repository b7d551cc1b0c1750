import { instantOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import { forgetStandings } from './standings';

/**
 * The station's clock less the machine's, in milliseconds: 0 in production. It is another only where a campaign was opened as of a
 * past or future day, which live delivery refuses (docs/adr/0009).
 */
export async function clockOffset(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<
    { offset: bigint }[]
  >`select offset_ms as offset from business_clock`;
  return Number(row?.offset ?? 0);
}

/** Now, as the station's clock has it. */
export const stationNow = async (sql: Sql): Promise<Instant> =>
  instantOf(Date.now() + (await clockOffset(sql)));

/** How far clocks of one house may be apart: a person's order and the turn that heeds it are stamped by two machines. Ours. */
const CLOCKS_APART_MAX_MS = 30_000;

/** What is wrong with this machine's clock, held against the database's; null when they agree. `machineMs`: milliseconds since 1970. */
export async function wrongClock(
  sql: Sql,
  machineMs: () => number = Date.now,
): Promise<string | null> {
  const askedMs = machineMs();
  const [row] = await sql.$queryRaw<
    { ms: number }[]
  >`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  const answeredMs = machineMs();
  const databaseMs = row?.ms ?? answeredMs;
  const apart = (ms: number, how: string): string | null =>
    ms > CLOCKS_APART_MAX_MS
      ? `this machine's clock is ${Math.round(ms / 1_000)} s ${how} the database's`
      : null;
  return apart(askedMs - databaseMs, 'ahead of') ?? apart(databaseMs - answeredMs, 'behind');
}

/** Sets the station's clock to `at`. Running cycles keep the clock they began with. */
export async function setClock(sql: Sql, at: Instant, by: string): Promise<number> {
  const offset = Date.parse(at) - Date.now();
  await sql.$executeRaw`
    insert into business_clock (id, offset_ms, set_by) values (true, ${offset}, ${by})
    on conflict (id) do update set offset_ms = excluded.offset_ms, set_by = excluded.set_by, set_at = clock_timestamp()`;
  await forgetStandings(sql);
  return offset;
}

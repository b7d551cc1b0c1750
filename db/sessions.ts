import type { Principal } from '../domain/permissions';
import type { Sql } from './client';

/** Who has not done anything for so long is signed out. Source: docs/security.md, "Sessions". */
const IDLE = '2 hours';

type Row = Omit<Principal, 'scopes'>;

/**
 * The person of a session that is neither expired nor idle for too long, and who may still sign in. Notes that they are here, at most
 * once a minute. Takes the hash of the cookie's token.
 */
export async function findSession(sql: Sql, tokenSha256: string): Promise<Principal | null> {
  const [row] = await sql.$queryRaw<(Row & { stale: boolean })[]>`
    select username, role, case when all_stations then null else stations end as stations, assignee,
      s.last_seen_at < clock_timestamp() - interval '1 minute' as stale
    from session s join staff using (username)
    where token_sha256 = ${tokenSha256} and disabled_at is null and s.expires_at > clock_timestamp()
      and s.last_seen_at > clock_timestamp() - ${IDLE}::interval`;
  if (row === undefined) return null;
  const { stale, ...person } = row;
  if (stale)
    await sql.$executeRaw`update session set last_seen_at = clock_timestamp() where token_sha256 = ${tokenSha256}`;
  return { ...person, scopes: null };
}

/** Opens a session for so many hours at most. */
export async function openSession(
  sql: Sql,
  {
    tokenSha256,
    username,
    hours,
  }: Readonly<{ tokenSha256: string; username: string; hours: number }>,
): Promise<void> {
  await sql.$executeRaw`
    insert into session (token_sha256, username, expires_at)
    values (${tokenSha256}, ${username}, clock_timestamp() + ${hours} * interval '1 hour')`;
}

/** Signs out. Safe to repeat. */
export async function endSession(sql: Sql, tokenSha256: string): Promise<void> {
  await sql.$executeRaw`delete from session where token_sha256 = ${tokenSha256}`;
}

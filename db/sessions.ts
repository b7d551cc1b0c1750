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

/**
 * Opens a session for so many hours at most, and forgets those of the person that are over. False: the person was disabled, or the
 * password is no longer the one that was checked (`passwordHash`; undefined: none was), which may happen while a hash is made.
 */
export async function openSession(
  tx: Sql,
  {
    tokenSha256,
    username,
    hours,
    passwordHash,
  }: Readonly<{
    tokenSha256: string;
    username: string;
    hours: number;
    passwordHash: string | undefined;
  }>,
): Promise<boolean> {
  await tx.$executeRaw`delete from session where username = ${username} and expires_at < clock_timestamp()`;
  const opened = await tx.$executeRaw`
    insert into session (token_sha256, username, expires_at)
    select ${tokenSha256}, username, clock_timestamp() + ${hours}::int * interval '1 hour' from staff
    where username = ${username} and disabled_at is null and (${passwordHash === undefined} or password_hash = ${passwordHash ?? ''})
    for share`;
  return opened === 1;
}

/** Signs out. Safe to repeat. */
export async function endSession(sql: Sql, tokenSha256: string): Promise<void> {
  await sql.$executeRaw`delete from session where token_sha256 = ${tokenSha256}`;
}

import type { Permission, Principal } from '../domain/permissions';
import type { Sql } from './client';

/** Limits a token to nothing: everything that its person may. */
export const ALL = '*';

type Row = Omit<Principal, 'scopes'> & Readonly<{ scopes: string[]; stale: boolean }>;

/** The person behind a token that is neither revoked nor expired, with what it was limited to. Notes the use, at most once a minute. */
export async function useToken(
  sql: Sql,
  { id, secretSha256 }: Readonly<{ id: string; secretSha256: string }>,
): Promise<Principal | null> {
  const [row] = await sql.$queryRaw<Row[]>`
    select username, role, case when all_stations then null else stations end as stations, assignee, scopes,
      last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute' as stale
    from api_token t join staff using (username)
    where t.id = ${id} and secret_sha256 = ${secretSha256} and disabled_at is null and revoked_at is null
      and (t.expires_at is null or t.expires_at > clock_timestamp())`;
  if (row === undefined) return null;
  const { stale, scopes, ...person } = row;
  if (stale)
    await sql.$executeRaw`update api_token set last_used_at = clock_timestamp() where id = ${id}`;
  return { ...person, scopes: scopes.includes(ALL) ? null : (scopes as Permission[]) };
}

/** Puts a token on file; its secret is nowhere but with its owner. */
export async function addToken(
  sql: Sql,
  token: Readonly<{
    id: string;
    secretSha256: string;
    username: string;
    name: string;
    scopes: readonly string[];
    /** Null: until revoked. */
    days: number | null;
  }>,
): Promise<void> {
  await sql.$executeRaw`
    insert into api_token (id, secret_sha256, username, name, scopes, expires_at)
    values (${token.id}, ${token.secretSha256}, ${token.username}, ${token.name}, ${[...token.scopes]},
      clock_timestamp() + ${token.days}::int * interval '1 day')`;
}

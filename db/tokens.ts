import type { Permission, Principal } from '../domain/permissions';
import type { Instant } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';

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

export type NewToken = Readonly<{
  id: string;
  secretSha256: string;
  username: string;
  name: string;
  scopes: readonly string[];
  /** Null: until revoked. */
  days: number | null;
  /** The token that asked for it, which it will not outlive. */
  askedBy?: string | null;
}>;

/** Puts a token on file; its secret is nowhere but with its owner. */
export async function addToken(sql: Sql, token: NewToken): Promise<void> {
  await sql.$executeRaw`
    insert into api_token (id, secret_sha256, username, name, scopes, expires_at)
    values (${token.id}, ${token.secretSha256}, ${token.username}, ${token.name}, ${[...token.scopes]},
      least(clock_timestamp() + ${token.days}::int * interval '1 day',
        (select expires_at from api_token where id = ${token.askedBy ?? null})))`;
}

/** Issues a token as an order: who, for whom, what for, how wide; never the secret. Idempotent by the order's id. */
export const issueToken = (db: Db, order: Order, token: NewToken): Promise<CommandResult> => {
  const { id, username, name, scopes, days } = token;
  const body = { id, username, name, scopes, days };
  return command(db, order, { kind: 'issueToken', customerNo: null, body }, async (tx) => {
    await addToken(tx, token);
    return applied;
  });
};

/** A token as it is listed: never with its secret, of which only the hash is kept. */
export type TokenRow = Readonly<{
  id: string;
  name: string;
  scopes: readonly string[];
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}>;

/** The tokens of a person, the latest first, after the key given (when it was made, its id). Reads only. */
export const listTokens = (
  sql: Sql,
  {
    username,
    after,
    limit,
  }: Readonly<{ username: string; after: readonly [string, string] | null; limit: number }>,
): Promise<TokenRow[]> =>
  sql.$queryRaw`
    select id, name, scopes, instant_text(created_at) as "createdAt", instant_text(expires_at) as "expiresAt",
      instant_text(revoked_at) as "revokedAt", instant_text(last_used_at) as "lastUsedAt"
    from api_token where username = ${username}
      and (${after === null} or (created_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by created_at desc, id desc limit ${limit}`;

/** Ends a token of a person for good. Idempotent by the order's id; refused when the person has none of that id, or it is revoked. */
export const revokeToken = (
  db: Db,
  order: Order,
  { id, username }: Readonly<{ id: string; username: string }>,
): Promise<CommandResult> =>
  command(
    db,
    order,
    { kind: 'revokeToken', customerNo: null, body: { id, username } },
    async (tx) => {
      const revoked = await tx.$executeRaw`
        update api_token set revoked_at = clock_timestamp() where id = ${id} and username = ${username} and revoked_at is null`;
      return revoked === 0 ? refused(`${username} has no token ${id} in use.`) : applied;
    },
  );

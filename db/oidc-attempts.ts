import type { Sql } from './client';

/** How long somebody may take at the identity provider. Source: docs/security.md, "Identity provider". */
export const ATTEMPT_MINUTES = 10;

export type Attempt = Readonly<{ verifier: string; nonce: string; returnTo: string }>;

/** Keeps what will be needed when the person comes back, and forgets whoever never did. */
export async function addAttempt(
  sql: Sql,
  { stateSha256, verifier, nonce, returnTo }: Attempt & Readonly<{ stateSha256: string }>,
): Promise<void> {
  await sql.$executeRaw`delete from oidc_attempt where expires_at < clock_timestamp()`;
  await sql.$executeRaw`
    insert into oidc_attempt (state_sha256, verifier, nonce, return_to, expires_at)
    values (${stateSha256}, ${verifier}, ${nonce}, ${returnTo}, clock_timestamp() + ${ATTEMPT_MINUTES}::int * interval '1 minute')`;
}

/** Takes an attempt, which is then gone: the second who comes back with the same finds nothing. Null: none, or too long ago. */
export async function takeAttempt(sql: Sql, stateSha256: string): Promise<Attempt | null> {
  const [row] = await sql.$queryRaw<(Attempt & { inTime: boolean })[]>`
    delete from oidc_attempt where state_sha256 = ${stateSha256}
    returning verifier, nonce, return_to as "returnTo", expires_at > clock_timestamp() as "inTime"`;
  if (row === undefined || !row.inTime) return null;
  const { verifier, nonce, returnTo } = row;
  return { verifier, nonce, returnTo };
}

import type { Instant } from '../domain/time';
import type { Sql } from './client';

/** Failures in a row that lock. Source for all four: docs/security.md, "Locks". */
const FAILURES = 5;
/** Quiet for so long, a row of failures begins anew. */
const QUIET_MINUTES = 15;
/** The first lock; each further one is twice as long, up to the longest. */
const LOCK_MINUTES = 15;
const LONGEST_LOCK_MINUTES = 240;
/** Quiet for so long after a lock, the next one is the first again. */
const FORGET_HOURS = 24;

export type Try = Readonly<
  | {
      kind: 'counted';
      /** Locked from now on, should this try fail. */ lockedUntil: Instant | null;
    }
  | { kind: 'locked'; seconds: number }
>;

/**
 * Counts a try as failed before it is looked at, so that a hundred at the same time are not a hundred guesses. Take it back when it was
 * right. Not safe to repeat: each call is a try. Holds over all servers.
 */
export async function countTry(sql: Sql, key: string): Promise<Try> {
  const [counted] = await sql.$queryRaw<{ lockedUntil: Instant | null }[]>`
    insert into sign_in_failure as f (key, failures, last_at) values (${key}, 1, clock_timestamp())
    on conflict (key) do update set (failures, last_at, locked_until) = (
      select n, clock_timestamp(), case when n % ${FAILURES}::int = 0
        then clock_timestamp() + least(${LOCK_MINUTES}::int * 2 ^ least(n / ${FAILURES}::int - 1, 20), ${LONGEST_LOCK_MINUTES}::int) * interval '1 minute' end
      from (select 1 + case
          when quiet > ${FORGET_HOURS}::int * interval '1 hour' then 0
          when quiet > ${QUIET_MINUTES}::int * interval '1 minute' then f.failures - f.failures % ${FAILURES}::int
          else f.failures end as n
        from (select clock_timestamp() - greatest(f.last_at, f.locked_until) as quiet) q) c)
    where f.locked_until is null or f.locked_until <= clock_timestamp()
    returning instant_text(locked_until) as "lockedUntil"`;
  if (counted !== undefined) return { kind: 'counted', ...counted };
  const [row] = await sql.$queryRaw<{ seconds: number }[]>`
    select ceil(extract(epoch from locked_until - clock_timestamp()))::int as seconds from sign_in_failure where key = ${key}`;
  return { kind: 'locked', seconds: Math.max(1, row?.seconds ?? 1) };
}

/** The try did not fail after all; nor does the lock stand that it would have brought. */
export async function takeBackTry(
  sql: Sql,
  key: string,
  lockedUntil: Instant | null,
): Promise<void> {
  await sql.$executeRaw`
    update sign_in_failure set failures = greatest(failures - 1, 0),
      locked_until = case when locked_until = ${lockedUntil}::timestamptz then null else locked_until end
    where key = ${key}`;
}

/** Forgets the failures of a key, and of all that are long over. Safe to repeat. */
export async function forgetFailures(sql: Sql, key: string): Promise<void> {
  await sql.$executeRaw`
    delete from sign_in_failure
    where key = ${key} or greatest(last_at, locked_until) < clock_timestamp() - ${FORGET_HOURS}::int * interval '1 hour'`;
}

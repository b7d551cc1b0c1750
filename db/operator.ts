import type { Sql } from './client';

/** Who acts when the machine's own operator does: a supervisor over all stations, by a token or a password in the home. */
export const OPERATOR = 'local';

/** Puts the operator on file. Safe to repeat; one whom an administrator changed stays as he is. */
export async function ensureOperator(sql: Sql): Promise<void> {
  await sql.$executeRaw`
    insert into staff (username, name, role, all_stations, created_by)
    values (${OPERATOR}, 'Operator of this machine', 'supervisor', true, 'system') on conflict do nothing`;
}

/** Gives the operator a password where there is none. Safe to repeat: one that is there stays. */
export async function giveFirstPassword(sql: Sql, passwordHash: string): Promise<void> {
  await sql.$executeRaw`update staff set password_hash = ${passwordHash} where username = ${OPERATOR} and password_hash is null`;
}

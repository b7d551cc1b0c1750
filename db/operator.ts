import type { Sql } from './client';

/** Who acts when the machine's own operator does: a supervisor over all stations, who signs in by token only. */
export const OPERATOR = 'local';

/** Puts the operator on file. Safe to repeat; one whom an administrator changed stays as he is. */
export async function ensureOperator(sql: Sql): Promise<void> {
  await sql.$executeRaw`
    insert into staff (username, name, role, all_stations, created_by)
    values (${OPERATOR}, 'Operator of this machine', 'supervisor', true, 'system') on conflict do nothing`;
}

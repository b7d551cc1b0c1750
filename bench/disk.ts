import type { Db } from '../db/client';

/** KiB on disk of each database of the server, tables and indexes; neither the log nor what Postgres itself needs. */
export async function diskOf(db: Db): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ name: string; kib: number }[]>`
    select datname as name, (pg_database_size(datname) / 1024)::int as kib from pg_database
    where not datistemplate and datname <> 'postgres' order by datname`;
  return Object.fromEntries(rows.map(({ name, kib }) => [name, kib]));
}

import type { Instant } from '../domain/time';
import type { Sql } from './client';
import type { ImportKind } from './import-kinds';
import type { Counts } from './imports';

export type ImportedFile = Counts &
  Readonly<{ kind: ImportKind; name: string; importedAt: Instant }>;

/** The files imported, the newest first. A file that was looked at again counts what it brought in all. */
export const listImports = (sql: Sql, limit = 50): Promise<ImportedFile[]> =>
  sql.$queryRaw<ImportedFile[]>`
    select kind, name, rows_read as "rowsRead", rows_taken as "rowsTaken", rows_unchanged as "rowsUnchanged",
      rows_rejected as "rowsRejected", instant_text(imported_at) as "importedAt"
    from import_file order by imported_at desc, id limit ${limit}`;

/** The same page by page for the API; `after` is the last seen: when it was imported, and its id. */
export const pageOfImports = (
  sql: Sql,
  { after, limit }: Readonly<{ after: readonly [string, string] | null; limit: number }>,
): Promise<(ImportedFile & Readonly<{ id: string }>)[]> =>
  sql.$queryRaw`
    select id::text, kind, name, rows_read as "rowsRead", rows_taken as "rowsTaken", rows_unchanged as "rowsUnchanged",
      rows_rejected as "rowsRejected", instant_text(imported_at) as "importedAt"
    from import_file
    where ${after?.[0] ?? null}::timestamptz is null
      or (imported_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)
    order by imported_at desc, id desc limit ${limit}`;

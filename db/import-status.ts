import type { Instant } from '../domain/time';
import type { Sql } from './client';
import { Prisma } from './generated/client';
import type { ImportKind } from './import-kinds';
import { rejectedBecause } from './import-rejects';
import { stateOf } from './import-runs';
import type { Counts } from './imports';

export type ImportedFile = Counts &
  Readonly<{ id: string; kind: ImportKind; name: string; state: string; importedAt: Instant }>;

/** What was ordered by the API, and files that came without an order: the sample, a bench's book. A dry run brought nothing. */
const files = Prisma.sql`
  select r.id, r.kind, r.name, ${stateOf} as state, r.rows_read, r.rows_taken, r.rows_unchanged, r.rows_rejected, r.started_at as at
  from import_run r where not r.dry_run
  union all
  select id, kind, name, 'done', rows_read, rows_taken, rows_unchanged, rows_rejected, imported_at from import_file f
  where not exists (select from import_run r where r.file_id = f.id)`;

/** The imports, the newest first; `after` is the last seen: when it came, and its id. */
export const pageOfImports = (
  sql: Sql,
  { after, limit }: Readonly<{ after: readonly [string, string] | null; limit: number }>,
): Promise<ImportedFile[]> =>
  sql.$queryRaw`
    select id::text, kind, name, state, rows_read as "rowsRead", rows_taken as "rowsTaken", rows_unchanged as "rowsUnchanged",
      rows_rejected as "rowsRejected", instant_text(at) as "importedAt"
    from (${files}) file
    where ${after?.[0] ?? null}::timestamptz is null or (at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)
    order by at desc, id desc limit ${limit}`;

type Run = ImportedFile &
  Readonly<{
    dryRun: boolean;
    actor: string | null;
    bytes: number;
    takenFen: number;
    matched: number;
    unmatched: number;
    firstImportedAt: Instant | null;
    because: string | null;
    startedAt: Instant;
    endedAt: Instant | null;
  }>;

/** How one import stands; null when unknown. */
export async function findImport(sql: Sql, id: string) {
  const [run] = await sql.$queryRaw<Omit<Run, 'importedAt'>[]>`
    select r.id::text, r.kind, r.name, ${stateOf} as state, r.rows_read as "rowsRead", r.rows_taken as "rowsTaken",
      r.rows_unchanged as "rowsUnchanged", r.rows_rejected as "rowsRejected", r.dry_run as "dryRun", r.actor, r.bytes,
      r.taken_fen::float8 as "takenFen", r.matched, r.unmatched, instant_text(r.first_imported_at) as "firstImportedAt",
      r.because, instant_text(r.started_at) as "startedAt", instant_text(r.ended_at) as "endedAt"
    from import_run r where r.id = ${id}::uuid`;
  if (run === undefined) return fileAlone(sql, id);
  const { state, because, firstImportedAt, rowsTaken, rowsRejected } = run;
  return {
    ...run,
    because: state === 'broken' ? (because ?? DIED) : because,
    nothingToDo:
      state === 'done' && firstImportedAt !== null && rowsTaken === 0 && rowsRejected === 0,
    rejectedBecause: await rejectedBecause(sql, id),
  };
}

const DIED = 'The server died while it was at work. Nothing was taken: import the file again.';

async function fileAlone(sql: Sql, id: string) {
  const [file] = await sql.$queryRaw<(Counts & Pick<Run, 'id' | 'kind' | 'name' | 'endedAt'>)[]>`
    select id::text, kind, name, rows_read as "rowsRead", rows_taken as "rowsTaken", rows_unchanged as "rowsUnchanged",
      rows_rejected as "rowsRejected", instant_text(imported_at) as "endedAt" from import_file where id = ${id}::uuid`;
  if (file === undefined) return null;
  const none = { dryRun: false, actor: null, bytes: 0, takenFen: 0, matched: 0, unmatched: 0 };
  const plain = { firstImportedAt: null, because: null, nothingToDo: false, rejectedBecause: [] };
  return { ...file, ...none, ...plain, state: 'done', startedAt: file.endedAt };
}

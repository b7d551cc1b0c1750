import type { Client } from 'pg';
import { inTransaction, type Db, type Sql } from './client';
import { command, refused, applied, type Order } from './commands';
import type { ImportKind } from './import-kinds';
import type { Imported } from './imports';
import { Prisma } from './generated/client';

/** A process at work says so every 5 s; after so long a silence it has died, and its transaction with it. */
const SILENCE_S = 30;
/** No file may take longer to come. */
const UPLOAD_S = 1_000;

/** That `r`, a row of import_run, has nobody at work on it any more, nor has ended. */
const isDead = Prisma.sql`(r.beat_at < clock_timestamp() - interval '1 second' *
  case r.state when 'reading' then ${SILENCE_S}::int when 'receiving' then ${UPLOAD_S}::int end)`;
/** How far `r` is. */
export const stateOf = Prisma.sql`case when ${isDead} then 'broken' else r.state end`;

type Begun = Readonly<{ kind: ImportKind; name: string; actor: string; dryRun: boolean }>;

/** A file begins to come in. What dead processes left of theirs is cleared away. */
export async function beginRun(sql: Sql, { kind, name, actor, dryRun }: Begun): Promise<string> {
  await sql.$executeRaw`delete from import_run r where r.state = 'receiving' and ${isDead}`;
  await sql.$executeRaw`delete from import_piece p using import_run r where r.id = p.run_id and ${isDead}`;
  const [row] = await sql.$queryRaw<{ id: string }[]>`
    insert into import_run (kind, name, actor, dry_run) values (${kind}, ${name}, ${actor}, ${dryRun}) returning id::text`;
  if (row === undefined) throw new RangeError('the import was not recorded');
  return row.id;
}

/** Forgets one that came to nothing: the file did not come whole, or is the repeat of another. */
export async function dropRun(sql: Sql, id: string): Promise<void> {
  await sql.$executeRaw`delete from import_run where id = ${id}::uuid`;
}

export type Ordered = Readonly<
  { kind: 'begins' | 'stands'; id: string } | { kind: 'refused'; because: string }
>;

/**
 * The whole file is here: orders its import. `begins`: the caller carries it out. `stands`: the same order came before, and is done or under
 * way. One that failed, or whose process died, begins anew under its own id with the file that came now.
 */
export async function orderRun(
  db: Db,
  order: Order,
  { id, sha256 }: Readonly<{ id: string; sha256: string }>,
): Promise<Ordered> {
  if (order.dryRun === true) {
    await db.$executeRaw`update import_run set state = 'reading', sha256 = ${sha256}, beat_at = clock_timestamp() where id = ${id}::uuid`;
    return { kind: 'begins', id };
  }
  const [given] = await db.$queryRaw<{ kind: string; name: string }[]>`
    select kind, name from import_run where id = ${id}::uuid`;
  const entry = { kind: 'import', customerNo: null, body: { ...given, sha256 } };
  const result = await command(db, order, entry, async (tx) => {
    const begun = await tx.$executeRaw`
      update import_run set state = 'reading', sha256 = ${sha256}, order_id = ${order.id}, beat_at = clock_timestamp() where id = ${id}::uuid`;
    return begun === 1 ? applied : refused('The file was cleared away before it was whole.');
  });
  if (result.kind === 'refused') return result;
  if (result.kind === 'applied') return { kind: 'begins', id };
  return inTransaction(db, (tx) => again(tx, order.id, { id, sha256 }));
}

type Earlier = Readonly<{ id: string; same: boolean; state: string }>;

async function again(
  tx: Sql,
  orderId: string,
  { id, sha256 }: Readonly<{ id: string; sha256: string }>,
): Promise<Ordered> {
  const [earlier] = await tx.$queryRaw<Earlier[]>`
    select r.id::text, r.sha256 = ${sha256} and r.kind = now.kind as same, ${stateOf} as state
    from import_run r, import_run now where r.order_id = ${orderId} and now.id = ${id}::uuid for update of r`;
  if (earlier?.same !== true)
    return { kind: 'refused', because: `The id ${orderId} was used for another file.` };
  const begins = earlier.state === 'failed' || earlier.state === 'broken';
  if (begins) {
    await tx.$executeRaw`delete from import_piece where run_id = ${earlier.id}::uuid`;
    await tx.$executeRaw`delete from import_reject where run_id = ${earlier.id}::uuid`;
    await tx.$executeRaw`update import_piece set run_id = ${earlier.id}::uuid where run_id = ${id}::uuid`;
    await tx.$executeRaw`
      update import_run set state = 'reading', because = null, ended_at = null, rows_read = 0, rows_rejected = 0,
        beat_at = clock_timestamp() where id = ${earlier.id}::uuid`;
  }
  await dropRun(tx, id);
  return { kind: begins ? 'begins' : 'stands', id: earlier.id };
}

/** The process is alive, and so far with the rows. */
export async function beat(
  sql: Sql,
  id: string,
  { read, rejected }: Readonly<{ read: number; rejected: number }>,
): Promise<void> {
  await sql.$executeRaw`
    update import_run set rows_read = ${read}, rows_rejected = ${rejected}, beat_at = clock_timestamp()
    where id = ${id}::uuid and state = 'reading'`;
}

/** What became of it, in the transaction that brought the book: one is never there without the other. The file is not needed any more. */
export async function noteEnd(client: Client, id: string, imported: Imported): Promise<void> {
  const { kind, fileId, firstImportedAt, rowsRead, takenFen, matched, unmatched } = imported;
  const { rowsTaken, rowsUnchanged, rowsRejected } =
    kind === 'imported' ? imported : { rowsTaken: 0, rowsUnchanged: rowsRead, rowsRejected: 0 };
  await client.query(`delete from import_piece where run_id = $1`, [id]);
  await client.query(
    `update import_run set state = 'done', file_id = case when dry_run then null else $2::uuid end, rows_read = $3, rows_taken = $4,
       rows_unchanged = $5, rows_rejected = $6, taken_fen = $7, matched = $8, unmatched = $9, first_imported_at = $10::timestamptz,
       ended_at = clock_timestamp() where id = $1`,
    [
      ...[id, fileId, rowsRead, rowsTaken, rowsUnchanged, rowsRejected],
      ...[takenFen, matched, unmatched, firstImportedAt],
    ],
  );
}

/** It came to nothing; `because` says why. `broken`: not for a fault of the file, so it is worth a repeat. */
export async function endRun(
  sql: Sql,
  id: string,
  { state, because }: Readonly<{ state: 'failed' | 'broken'; because: string }>,
): Promise<void> {
  await sql.$executeRaw`
    with cleared as (delete from import_piece where run_id = ${id}::uuid),
    forgotten as (delete from import_reject where run_id = ${id}::uuid)
    update import_run set state = ${state}, because = ${because}, ended_at = clock_timestamp() where id = ${id}::uuid and state = 'reading'`;
}

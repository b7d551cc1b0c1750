import type { Readable } from 'node:stream';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { toFen, type Fen } from '../domain/fen';
import type { Instant } from '../domain/time';
import { lookAt, type Content } from './book-content';
import type { ImportKind } from './import-kinds';
import { locksFor, MATCH_UNMATCHED, type Statements } from './import-sql';
import { stage } from './import-stage';
import { WrongShape } from './wrong-shape';

export type Book = Readonly<{
  kind: ImportKind;
  /** For people; a repeat is known by its content. */
  name: string;
  /** Unzipped. */
  content: Content;
  /** Of the content; 512 MiB when absent. */
  bytesMax?: number;
  dryRun?: boolean;
  /** Is told of each row: how many were read, and how many of them are wrong by their own fields. */
  onRows?: (rows: Readonly<{ read: number; rejected: number }>) => void;
  /** Keeps what became of it: in the transaction of the book, or after that of a dry run. */
  note?: (client: Client, imported: Imported) => Promise<void>;
  /** Aborted, the import ends without a trace, unless it has just ended well. */
  signal?: AbortSignal;
  /** Is given the rejects as CSV (line, column, reason, raw) before the commit, and only when there are any. */
  keepRejects?: (csv: Readable) => Promise<void>;
}>;

/** `rowsRead = rowsTaken + rowsUnchanged + rowsRejected`. */
export type Counts = Readonly<{
  rowsRead: number;
  rowsTaken: number;
  rowsUnchanged: number;
  rowsRejected: number;
}>;

export type Imported = Counts &
  Readonly<{
    /** `alreadyImported`: this content came before and nothing of it was rejected, so nothing was done. */
    kind: 'imported' | 'alreadyImported';
    /** The file on record; null in a dry run of a new one. */
    fileId: string | null;
    /** When this content was imported the first time; null when that is now. */
    firstImportedAt: Instant | null;
    /** Of the bills or payments taken; 0 for customers. */
    takenFen: Fen;
    /** Payments that waited for customers and now have them. */
    matched: number;
    /** Of the payments taken, those of nobody on the book. */
    unmatched: number;
  }>;

/**
 * Imports a book: all of its good rows in one transaction, or nothing. Safe to repeat, also after a crash: a content
 * that was taken whole is known by its hash, and rows by their key. The same key with other content is a conflict and
 * rejected, for customers too: their data changes by a command, not by a file. A content of which rows were rejected is
 * looked at again, because what they lacked, a customer for example, may have come since.
 *
 * @throws WrongShape when the file is no such book, or adds up to what no number holds; nothing is written then.
 */
export async function importBook(databaseUrl: string, book: Book): Promise<Imported> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tarim import' });
  // A connection lost between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  // The server rolls back when the connection is gone.
  const stop = (): void => void client.end().catch(() => undefined);
  try {
    book.signal?.throwIfAborted();
    book.signal?.addEventListener('abort', stop, { once: true });
    await client.query(`set temp_buffers = '64MB'`);
    await client.query('begin');
    const imported = await importInto(client, book);
    if (book.dryRun !== true) await book.note?.(client, imported);
    await client.query(book.dryRun === true ? 'rollback' : 'commit');
    if (book.dryRun === true) await book.note?.(client, imported);
    return imported;
  } finally {
    book.signal?.removeEventListener('abort', stop);
    // Without a commit the server rolls back.
    await client.end();
  }
}

async function importInto(client: Client, book: Book): Promise<Imported> {
  // Before the locks: to read a long file is nothing that anybody has to wait for.
  const looked = await lookAt(book.content, book.bytesMax);
  await client.query(`set local lock_timeout = '60s'`);
  for (const lock of locksFor(book.kind)) await client.query(lock);
  const before = await importedBefore(client, book.kind, looked.sha256);
  if (before !== null && before.rowsRejected === 0) {
    const { importedAt, ...counts } = before;
    const nothing = { takenFen: toFen(0), matched: 0, unmatched: 0 };
    return { kind: 'alreadyImported', firstImportedAt: importedAt, ...counts, ...nothing };
  }
  const statements = await stage(client, book, looked);
  const importId = await noteFile(client, book, looked.sha256);
  const taken = await takeAll(client, { book, statements, importId });
  const firstImportedAt = before?.importedAt ?? null;
  const fileId = book.dryRun === true ? (before?.fileId ?? null) : importId;
  return { kind: 'imported', fileId, firstImportedAt, ...taken };
}

async function takeAll(
  client: Client,
  {
    book,
    statements,
    importId,
  }: Readonly<{ book: Book; statements: Statements; importId: string }>,
) {
  const { takenFen, unmatched, ...counts } = await take(client, statements, importId);
  if (counts.rowsRejected > 0) await book.keepRejects?.(rejectsOf(client, statements));
  const matched = book.kind === 'customers' ? await matchUnmatched(client) : 0;
  await writeCounts(client, importId, counts);
  return { ...counts, takenFen, matched, unmatched };
}

async function importedBefore(
  client: Client,
  kind: ImportKind,
  sha256: string,
): Promise<(Counts & { fileId: string; importedAt: Instant }) | null> {
  const { rows } = await client.query<Counts & { fileId: string; importedAt: Instant }>(
    `select id as "fileId", rows_read as "rowsRead", rows_taken as "rowsTaken", rows_unchanged as "rowsUnchanged",
       rows_rejected as "rowsRejected", instant_text(imported_at) as "importedAt"
     from import_file where kind = $1 and sha256 = $2`,
    [kind, sha256],
  );
  return rows[0] ?? null;
}

async function noteFile(client: Client, { kind, name }: Book, sha256: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into import_file (kind, sha256, name, rows_read, rows_taken, rows_unchanged, rows_rejected)
     values ($1, $2, $3, 0, 0, 0, 0)
     on conflict (kind, sha256) do update set name = excluded.name returning id`,
    [kind, sha256, name],
  );
  const [row] = rows;
  if (row === undefined) throw new RangeError('the file was not recorded');
  return row.id;
}

const ANALYZE_ROWS = 1_000;

async function take(
  client: Client,
  statements: Statements,
  importId: string,
): Promise<Counts & { takenFen: Fen; unmatched: number }> {
  for (const statement of statements.judge) await client.query(statement);
  const { rowCount } = await client.query(statements.insert, [importId]);
  await client.query(statements.conflicts);
  const { rows } = await client.query<{
    read: number;
    taken: number;
    unchanged: number;
    rejected: number;
    taken_fen: string;
    unmatched: number;
  }>(statements.count);
  const [count] = rows;
  if (count === undefined || count.taken !== rowCount) {
    throw new RangeError(`${rowCount ?? 0} rows inserted, ${count?.taken ?? 0} judged as taken`);
  }
  const takenFen = Number(count.taken_fen);
  if (!Number.isSafeInteger(takenFen))
    throw new WrongShape(
      'The amounts of the file add up to more than 90,000,000,000,000 yuan, which no station bills.',
    );
  if (statements.nudge !== null) await client.query(statements.nudge);
  // A campaign may be opened at once, before the database's own round comes by.
  if (count.taken >= ANALYZE_ROWS) await client.query(statements.analyze);
  return {
    rowsRead: count.read,
    rowsTaken: count.taken,
    rowsUnchanged: count.unchanged,
    rowsRejected: count.rejected,
    takenFen: toFen(takenFen),
    unmatched: count.unmatched,
  };
}

function rejectsOf(client: Client, { copyRejectsOut }: Statements): Readable {
  const csv = client.query(copyTo(copyRejectsOut));
  // Whoever reads it hears of an error as well; one that nobody reads must not end the process.
  csv.on('error', () => undefined);
  return csv;
}

async function matchUnmatched(client: Client): Promise<number> {
  const { rows } = await client.query<{ matched: number }>(MATCH_UNMATCHED);
  return rows[0]?.matched ?? 0;
}

/** A second look at the same content adds what it took to what was taken before. */
async function writeCounts(client: Client, importId: string, counts: Counts): Promise<void> {
  await client.query(
    `update import_file set rows_read = $2, rows_taken = rows_taken + $3, rows_rejected = $4,
       rows_unchanged = $2 - (rows_taken + $3) - $4 where id = $1`,
    [importId, counts.rowsRead, counts.rowsTaken, counts.rowsRejected],
  );
}

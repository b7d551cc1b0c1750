import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Client } from 'pg';
import { held, unzipped } from '../../db/book-content';
import { importKinds, kinds, type ImportKind, type Kind } from '../../db/import-kinds';
import { importBook, type Imported } from '../../db/imports';
import { WrongShape } from '../../db/wrong-shape';
import { cellOf, encode, ENCODINGS, tableText, writing } from '../support/book-fuzz';
import { customersCsv, importText, liu, wang } from '../support/books';
import { freshDatabase, type TestDatabase } from '../support/database';

/** Whole imports of files that nobody would make on purpose: rows in = taken + unchanged + rejected, each reject by its line, or nothing at all. */
let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  await importText(database.url, 'customers', customersCsv(wang, liu));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const file = fc.constantFrom(...importKinds).chain((kind) => {
  const { columns }: Kind = kinds[kind];
  const names = columns.map(({ name }) => name);
  const row = fc.tuple(...names.map((name) => cellOf(name)));
  return fc.record({
    kind: fc.constant(kind),
    table: fc.array(row, { maxLength: 12 }).map((rows) => [names, ...rows]),
    writing,
    encoding: fc.constantFrom(...ENCODINGS),
    zipped: fc.boolean(),
    cut: fc.option(fc.integer({ min: 1, max: 60 }), { nil: 0, freq: 4 }),
  });
});

async function bring(kind: ImportKind, bytes: Buffer) {
  let rejects: { line: string; reason: string }[] = [];
  const keepRejects = async (csv: Readable): Promise<void> => {
    rejects = parse(await text(csv), { columns: true });
  };
  const book = { kind, name: 'fuzz', content: unzipped(held(bytes)), keepRejects };
  try {
    return { imported: await importBook(database.url, book), rejects };
  } catch (error) {
    if (!(error instanceof WrongShape)) throw error;
    return { imported: null, rejects };
  }
}

async function keysOf(kind: ImportKind): Promise<string[]> {
  const { table, columns }: Kind = kinds[kind];
  const key = columns[0].column;
  const { rows } = await sql.query<{ key: string }>(`select ${key} as key from ${table}`);
  return rows.map((row) => row.key);
}

const sumOf = ({ rowsTaken, rowsUnchanged, rowsRejected }: Imported): number =>
  rowsTaken + rowsUnchanged + rowsRejected;

test('each row of any file is taken, unchanged or rejected by its line; a file that is refused leaves nothing', async () => {
  let [taken, rejected, refused] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(file, async ({ kind, table, writing: how, encoding, zipped, cut }) => {
      await sql.query(
        `truncate bill, payment cascade; delete from customer where customer_no not in ('wang', 'liu'); delete from import_file where name = 'fuzz'`,
      );
      const before = new Set(await keysOf(kind));
      const { text: csv, lines } = tableText(table, how);
      const plain = encode(csv, encoding);
      const whole = zipped ? gzipSync(plain) : plain;
      const isCut = zipped && cut > 0;
      const { imported, rejects } = await bring(
        kind,
        isCut ? whole.subarray(0, Math.max(3, whole.length - cut)) : whole,
      );
      const after = await keysOf(kind);
      const { rowCount: files } = await sql.query('select from import_file');
      if (imported === null) {
        refused += 1;
        expect([after.length, files]).toEqual([before.size, 1]);
        return;
      }
      expect(isCut).toBe(false);
      expect([imported.rowsRead, sumOf(imported)]).toEqual([lines.length - 1, lines.length - 1]);
      expect(rejects).toHaveLength(imported.rowsRejected);
      const own = new Set(lines.slice(1).map(String));
      expect(rejects.filter(({ line, reason }) => !own.delete(line) || reason === '')).toEqual([]);
      expect(after.length).toBe(before.size + imported.rowsTaken);
      const keys = new Set(table.map(([key = '']) => key.trim()));
      expect(after.filter((key) => !before.has(key) && !keys.has(key))).toEqual([]);
      taken += imported.rowsTaken;
      rejected += imported.rowsRejected;
    }),
    { numRuns: 100 },
  );
  expect(Math.min(taken, rejected, refused)).toBeGreaterThan(10);
}, 120_000);

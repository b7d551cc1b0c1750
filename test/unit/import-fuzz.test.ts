import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { held, lookAt, unzipped, type Content } from '../../db/book-content';
import { textOf } from '../../db/book-text';
import { csvRecords } from '../../db/import-csv';
import { importKinds, kinds, type Kind } from '../../db/import-kinds';
import { columnsOf, readRow } from '../../db/import-rows';
import {
  cellOf,
  encode,
  ENCODINGS,
  isBlank,
  manyBills,
  table,
  tableText,
  writing,
} from '../support/book-fuzz';
import { WrongShape } from '../../db/wrong-shape';

/** Whatever a file holds: its rows are read or refused one by one, or it is refused as a whole with a sentence. Nothing else may happen. */

type Read = { line: number; fields: readonly string[] };

async function read(content: Content, bytesMax?: number): Promise<Read[]> {
  const records: Read[] = [];
  const looked = await lookAt(content, bytesMax);
  for await (const some of csvRecords(textOf(content, looked)))
    for (const { line, fields } of some) records.push({ line, fields });
  return records;
}

/** Cut into pieces of that many bytes. */
const inPieces = (bytes: Buffer, size: number): Content =>
  async function* () {
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  };

/** Null when all went well; the sentence when it was refused; anything else is thrown. */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof WrongShape)) throw error;
    return error.message;
  }
}

const written = fc.record({ rows: table, writing, encoding: fc.constantFrom(...ENCODINGS) });

test('a table comes back as it was, in every encoding, quoting, line end and cut', async () => {
  const pieces = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(written, pieces, async ({ rows, writing: how, encoding }, size) => {
      const { text, lines } = tableText(rows, how);
      const records = await read(inPieces(encode(text, encoding), size));
      expect(records.map(({ fields }) => fields)).toEqual(rows.filter((row) => !isBlank(row)));
      expect(records.map(({ line }) => line)).toEqual(lines);
    }),
    { numRuns: 300 },
  );
});

test('any bytes are records, or refused with a sentence fit to be read', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some)),
    // A good file with some bytes of it replaced.
    fc
      .tuple(written, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }))
      .map(([{ rows, writing: how, encoding }, changes]) => {
        const file = encode(tableText(rows, how).text, encoding);
        for (const [at, byte] of changes) if (file.length > 0) file[at % file.length] = byte;
        return file;
      }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...importKinds), async (file, kind) => {
      const said = await refusal(async () => {
        const [header, ...rows] = await read(unzipped(held(file)));
        if (header === undefined) return;
        const columns = columnsOf(kind, header.fields);
        for (const { fields, line } of rows) readRow(columns, { raw: '', line, fields });
      });
      if (said === null) return;
      expect(said).toMatch(/^[^\p{Cc}]{20,1000}$/u);
    }),
    { numRuns: 500 },
  );
});

test('each row of hostile fields is what the database takes, or refused by column and reason', () => {
  const anyTable = fc.constantFrom(...importKinds).chain((kind) => {
    const { columns }: Kind = kinds[kind];
    const names = columns.map(({ name }) => name);
    const row = fc.tuple(...names.map((name) => cellOf(name)));
    return fc.record({ kind: fc.constant(kind), rows: fc.array(row, { maxLength: 6 }) });
  });
  /** By the type of a column, what may go into it. */
  const fits = {
    text: /^[^\p{Cc}]{1,254}$/u,
    bigint: /^-?\d{1,12}$/,
    date: /^(199\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    'timestamptz(3)': /^(199\d|2[01]\d\d|2200)-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  };
  let taken = 0;
  fc.assert(
    fc.property(anyTable, ({ kind, rows }) => {
      const { columns }: Kind = kinds[kind];
      for (const fields of rows) {
        const row = readRow(columns, { line: 2, raw: '', fields });
        expect((row.values === null) !== (row.reject === null)).toBe(true);
        for (const [at, value] of (row.values ?? []).entries()) {
          const { type } = columns[at] ?? { type: 'text' };
          if (value !== null) expect(value).toMatch(fits[type]);
        }
        if (row.values !== null) taken += 1;
        else expect(row.reject.reason).toMatch(/^[ -~]{5,150}$/);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(taken).toBeGreaterThan(50);
});

test('a gzip that is cut short anywhere is refused, and one byte changed gives no other text', async () => {
  const text = Buffer.from(manyBills(200));
  const zipped = gzipSync(text);
  const sha256 = (bytes: Buffer) => lookAt(unzipped(held(bytes)));
  const whole = await sha256(zipped);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: zipped.length - 1 }), async (length) => {
      const said = await refusal(() => sha256(zipped.subarray(0, length)));
      expect(said).toMatch(/damaged or cut short/);
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: zipped.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const damaged = Buffer.from(zipped);
        damaged[at] = (damaged[at] ?? 0) ^ by;
        // What stands in the header of a gzip (a time, a system) is not the text.
        await refusal(async () => expect(await sha256(damaged)).toEqual(whole));
      },
    ),
  );
});

test.each([
  ['zeroes', Buffer.alloc(1024 * 1024)],
  ['blank lines', Buffer.alloc(1024 * 1024, '\n')],
  ['empty fields', Buffer.alloc(1024 * 1024, ',')],
  ['one open quote', Buffer.concat([Buffer.from('"'), Buffer.alloc(1024 * 1024 - 1, 'x')])],
])('a zip bomb of %s is put down at the limit', async (_, mebibyte) => {
  const bomb = gzipSync(Buffer.concat(Array<Buffer>(64).fill(mebibyte)), { level: 9 });
  let unfolded = 0;
  const counted: Content = async function* () {
    for await (const piece of unzipped(held(bomb))()) {
      unfolded += piece.length;
      yield piece;
    }
  };
  const said = await refusal(() => read(counted, 8 * 1024 * 1024));
  expect(said).toMatch(/longer than 8 MiB unzipped/);
  expect(unfolded).toBeLessThan(9 * 1024 * 1024);
});

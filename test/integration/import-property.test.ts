import fc from 'fast-check';
import { Client } from 'pg';
import { billsCsv, customersCsv, importText, liu, wang } from '../support/books';
import { freshDatabase, type TestDatabase } from '../support/database';

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

type Bill = Readonly<{ billNo: string; customerNo: string; amount: string }>;

/** Few keys and few amounts, so that repeats and conflicts are frequent; some customers and amounts are bad. */
const bill: fc.Arbitrary<Bill> = fc.record({
  billNo: fc.constantFrom('B1', 'B2', 'B3', 'B4', ''),
  customerNo: fc.constantFrom('wang', 'wang', 'liu', 'nobody'),
  amount: fc.constantFrom('1.00', '1', '-2.50', 'x'),
});
const file = fc.array(bill, { maxLength: 12 });
const contentOf = ({ customerNo, amount }: Bill) => `${customerNo} ${Number(amount)}`;
const csvOf = (bills: readonly Bill[]) =>
  billsCsv(
    ...bills.map(
      ({ billNo, customerNo, amount }) =>
        `${billNo},${customerNo},2026-03,${amount},2026-03-01,2026-03-20`,
    ),
  );

/** What the import must do, told in the simplest way: one row after the other. */
function verdicts(book: Map<string, string>, bills: readonly Bill[]) {
  const tally = { rowsRead: bills.length, rowsTaken: 0, rowsUnchanged: 0, rowsRejected: 0 };
  for (const row of bills) {
    const bad = row.billNo === '' || row.amount === 'x' || row.customerNo === 'nobody';
    const there = book.get(row.billNo);
    if (bad || (there !== undefined && there !== contentOf(row))) tally.rowsRejected += 1;
    else if (there !== undefined) tally.rowsUnchanged += 1;
    else {
      book.set(row.billNo, contentOf(row));
      tally.rowsTaken += 1;
    }
  }
  return tally;
}

test('every row of any two files is taken, unchanged or rejected, as one by one', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      await sql.query(`truncate bill cascade`);
      await sql.query(`delete from import_file where kind = 'bills'`);
      const book = new Map<string, string>();
      for (const bills of [first, [...second, ...first]]) {
        const expected = verdicts(book, bills);
        const { rowsRead, rowsTaken, rowsUnchanged, rowsRejected, ...rest } = await importText(
          database.url,
          'bills',
          csvOf(bills),
        );
        if (rest.kind === 'alreadyImported') continue;
        expect({ rowsRead, rowsTaken, rowsUnchanged, rowsRejected }).toEqual(expected);
        expect(rowsRead).toBe(rowsTaken + rowsUnchanged + rowsRejected);
        expect(rest.rejects.length).toBe(rowsRejected === 0 ? 0 : rowsRejected + 1);
      }
      const { rows } = await sql.query<{ bill_no: string; content: string }>(
        `select bill_no, customer_no || ' ' || (amount_fen / 100.0)::float as content from bill`,
      );
      expect(new Map(rows.map((row) => [row.bill_no, row.content]))).toEqual(book);
    }),
    { numRuns: 60 },
  );
});

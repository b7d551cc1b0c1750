import { Client } from 'pg';
import { held } from '../../db/book-content';
import { importBook } from '../../db/imports';
import {
  billOf,
  billsCsv,
  customersCsv,
  importText,
  liu,
  paymentOf,
  paymentsCsv,
  wang,
} from '../support/books';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let sql: Client;

beforeAll(async () => {
  database = await freshDatabase();
  sql = new Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});
beforeEach(() => sql.query('truncate import_file, customer, bill, payment, nudge cascade'));

const bring = (kind: 'customers' | 'bills' | 'payments', csv: string) =>
  importText(database.url, kind, csv);
const counts = async () => {
  const { rows } = await sql.query<Record<string, number>>(`
    select (select count(*)::int from customer) as customers, (select count(*)::int from bill) as bills,
      (select count(*)::int from payment) as payments, (select count(*)::int from import_file) as files`);
  return rows[0];
};
const openCycle = (customerNo: string, period: string) =>
  sql.query(
    `insert into cycle (customer_no, period, station, level, policy_id, opened_at)
     select $1, $2, 'TB01', 2, id, now() from policy where kind = 'ladder' limit 1`,
    [customerNo, period],
  );
const nudges = async () => {
  const { rows } = await sql.query<{ nudge: string }>(
    `select workflow_id || ' ' || signal as nudge from nudge order by 1`,
  );
  return rows.map(({ nudge }) => nudge);
};

describe('a file of good rows', () => {
  test('is taken whole, credits too, and stands in the book with its file', async () => {
    await bring('customers', customersCsv(wang, liu));
    const bills = await bring('bills', billsCsv(billOf('wang'), billOf('liu', '-7.05')));
    expect(bills).toMatchObject({ kind: 'imported', rowsRead: 2, rowsTaken: 2, takenFen: 9295 });
    const { rows } = await sql.query(
      `select amount_fen, due_on::text, f.rows_taken from bill join import_file f on f.id = import_id where customer_no = 'liu'`,
    );
    expect(rows).toEqual([{ amount_fen: '-705', due_on: '2026-03-20', rows_taken: 1 + 1 }]);
  });

  test('brought a second time changes nothing, under another name too', async () => {
    await bring('customers', customersCsv(wang));
    const again = await bring('customers', customersCsv(wang));
    expect(again).toMatchObject({ kind: 'alreadyImported', rowsTaken: 1 });
    expect(again.firstImportedAt).toMatch(/^\d{4}-.*Z$/);
    expect(await counts()).toMatchObject({ customers: 1, files: 1 });
  });

  test('counts rows that the book has already as unchanged', async () => {
    await bring('customers', customersCsv(wang));
    const more = await bring('customers', customersCsv(wang, liu, liu));
    expect(more).toMatchObject({ rowsRead: 3, rowsTaken: 1, rowsUnchanged: 2, rowsRejected: 0 });
  });

  test('writes nothing in a dry run, and says what it would do', async () => {
    const csv = customersCsv(wang, 'bad');
    const dry = await importText(database.url, 'customers', csv, { dryRun: true });
    expect(dry).toMatchObject({ rowsTaken: 1, rowsRejected: 1 });
    expect(await counts()).toMatchObject({ customers: 0, files: 0 });
  });
});

describe('a bad row', () => {
  test('is rejected with line, column, reason and its text, and the others are taken', async () => {
    await bring('customers', customersCsv(wang));
    const bills = await bring(
      'bills',
      billsCsv(
        billOf('wang'),
        'B-9,wang,2026-03,1.234,2026-03-01,2026-03-20',
        '',
        billOf('nobody'),
        'B-8,wang,"2026-03"',
        'B-7,wang,2026-03,"1\t\\N",2026-03-01,2026-03-20',
      ),
    );
    expect(bills).toMatchObject({ rowsRead: 5, rowsTaken: 1, rowsUnchanged: 0, rowsRejected: 4 });
    expect(bills.rejects).toEqual([
      'line,column,reason,raw',
      '3,amount,must be yuan with at most two decimals and no separators,"B-9,wang,2026-03,1.234,2026-03-01,2026-03-20"',
      '5,customer_no,no such customer on the book,"B-nobody-2026-03,nobody,2026-03,100.00,2026-03-01,2026-03-20"',
      '6,,has 3 fields where the header has 6,"B-8,wang,""2026-03"""',
      '7,amount,must be yuan with at most two decimals and no separators,"B-7,wang,2026-03,""1\t\\N"",2026-03-01,2026-03-20"',
    ]);
  });

  test('is a conflict when the book or an earlier line has its key with other content', async () => {
    await bring('customers', customersCsv(wang, liu));
    await bring('bills', billsCsv(billOf('wang')));
    const bills = await bring(
      'bills',
      billsCsv(
        billOf('wang', '100.01'),
        billOf('liu', '5'),
        billOf('liu', '6'),
        billOf('liu', '5'),
      ),
    );
    expect(bills).toMatchObject({ rowsRead: 4, rowsTaken: 1, rowsUnchanged: 1, rowsRejected: 2 });
    expect(bills.rejects[1]).toMatch(/^2,bill_no,conflict: the book has it/);
    expect(bills.rejects[2]).toMatch(/^4,bill_no,conflict: an earlier line/);
    const { rows } = await sql.query(`select sum(amount_fen)::int as fen from bill`);
    expect(rows).toEqual([{ fen: 10_500 }]);
  });

  test('is no conflict over a column that its file does not have', async () => {
    await bring('customers', `${customersCsv().trim()},deposit\n${wang},5.00`);
    expect(await bring('customers', customersCsv(wang))).toMatchObject({ rowsUnchanged: 1 });
    const other = await bring('customers', `${customersCsv().trim()},deposit\n${wang},6.00`);
    expect(other).toMatchObject({ rowsRejected: 1 });
  });

  test('is looked at again when its file comes again, for its customer may be there now', async () => {
    const bills = billsCsv(billOf('wang'), billOf('liu'));
    await bring('customers', customersCsv(wang));
    expect(await bring('bills', bills)).toMatchObject({ rowsTaken: 1, rowsRejected: 1 });
    await bring('customers', customersCsv(liu));
    const again = await bring('bills', bills);
    expect(again).toMatchObject({
      kind: 'imported',
      rowsTaken: 1,
      rowsUnchanged: 1,
      rowsRejected: 0,
    });
    expect(again.firstImportedAt).not.toBeNull();
    expect(await bring('bills', bills)).toMatchObject({ kind: 'alreadyImported', rowsTaken: 2 });
  });
});

describe('nothing at all is written', () => {
  test.each([
    ['when the header is another', 'bill_no,customer_no\n1,2', 'the column period is missing'],
    ['when the file is empty', '', 'it has no header'],
    ['when a quote is never closed', billsCsv(billOf('wang'), '"B-9,wang'), 'never closed'],
  ])('%s', async (_, csv, complaint) => {
    await bring('customers', customersCsv(wang));
    await expect(bring('bills', csv)).rejects.toThrow(complaint);
    expect(await counts()).toMatchObject({ bills: 0, files: 1 });
  });

  test('when it crashes in the middle; the same file is then taken as if new', async () => {
    const bytes = Buffer.from(customersCsv(wang, 'bad'));
    const keepRejects = () => Promise.reject(new Error('disk full'));
    const content = held(bytes);
    const crash = importBook(database.url, { kind: 'customers', name: 'x', content, keepRejects });
    await expect(crash).rejects.toThrow('disk full');
    expect(await counts()).toMatchObject({ customers: 0, files: 0 });
    expect(await bring('customers', bytes.toString())).toMatchObject({
      ...{ kind: 'imported', rowsTaken: 1, firstImportedAt: null },
    });
  });
});

describe('payments', () => {
  test('of nobody we know are kept, and matched when their customer comes', async () => {
    const early = await bring('payments', paymentsCsv(paymentOf('wang'), paymentOf('liu')));
    expect(early).toMatchObject({ rowsTaken: 2, unmatched: 2, rowsRejected: 0 });
    expect(await bring('customers', customersCsv(wang))).toMatchObject({ matched: 1 });
    const { rows } = await sql.query(
      `select customer_no, given_customer_no from payment order by given_customer_no`,
    );
    expect(rows).toEqual([
      { customer_no: null, given_customer_no: 'liu' },
      { customer_no: 'wang', given_customer_no: 'wang' },
    ]);
  });

  test('and bills wake the open cycle of their customer, once, and no other', async () => {
    await bring('customers', customersCsv(wang, liu));
    await openCycle('wang', '2026-03');
    await openCycle('liu', '2026-03');
    await bring('payments', paymentsCsv(paymentOf('wang'), paymentOf('wang', '1.00', 'P-2')));
    expect(await nudges()).toEqual(['cycle/wang/2026-03 changed']);
    await bring('bills', billsCsv(billOf('liu')));
    expect(await nudges()).toEqual(['cycle/liu/2026-03 changed', 'cycle/wang/2026-03 changed']);
    await bring('payments', paymentsCsv(paymentOf('wang'), 'bad'));
    expect((await nudges()).length).toBe(2);
  });
});

test('two imports of the same file at once take each row once', async () => {
  const csv = customersCsv(wang, liu);
  const [one, two] = await Promise.all([bring('customers', csv), bring('customers', csv)]);
  expect([one.kind, two.kind].sort()).toEqual(['alreadyImported', 'imported']);
  expect(await counts()).toMatchObject({ customers: 2, files: 1 });
});

test('payments and their customers brought at once are matched, whichever is first', async () => {
  for (let round = 0; round < 5; round += 1) {
    await sql.query('truncate import_file, customer, payment cascade');
    await Promise.all([
      bring('customers', customersCsv(wang)),
      bring('payments', paymentsCsv(paymentOf('wang'))),
    ]);
    const { rows } = await sql.query(`select customer_no from payment`);
    expect(rows).toEqual([{ customer_no: 'wang' }]);
  }
});

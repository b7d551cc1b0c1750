import { Client } from 'pg';
import { readBalances } from '../../db/balances';
import { openDb, type Db } from '../../db/client';
import { pageOfImports } from '../../db/import-status';
import { listUnmatched, matchUnmatched, recordPayment, type NewPayment } from '../../db/payments';
import { toFen } from '../../domain/fen';
import { toDate, toInstant, type CivilDate } from '../../domain/time';
import { billOf, billsCsv, customersCsv, importText, liu, wang } from '../support/books';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Db;
let sql: Client;

beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.url, 4);
  sql = new Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await sql.query('truncate import_file, customer, bill, payment, nudge cascade');
  await importText(database.url, 'customers', customersCsv(wang, liu));
  await importText(database.url, 'bills', billsCsv(billOf('wang')));
});

const given: NewPayment = {
  paymentRef: 'P1',
  customerNo: 'wang',
  amountFen: toFen(4_000),
  channel: 'counter',
};
const at = toInstant('2026-03-31T09:30:00+08:00');
const paidFen = async () =>
  (await sql.query<{ fen: string }>(`select coalesce(sum(amount_fen), 0) as fen from payment`))
    .rows[0]?.fen;
const openCycle = () =>
  sql.query(
    `insert into cycle (customer_no, period, station, level, policy_id, opened_at)
     select 'wang', '2026-03', 'TB01', 2, id, now() from policy where kind = 'ladder' limit 1`,
  );
const nudges = async () =>
  (await sql.query<{ workflow_id: string }>('select workflow_id from nudge')).rows;

describe('a payment', () => {
  test('is recorded with a nudge for the open cycle', async () => {
    await openCycle();
    const { kind, payment } = await recordPayment(db, { ...given, receivedAt: at });
    expect({ kind, payment }).toEqual({
      ...{ kind: 'recorded', payment: { ...given, receivedAt: at, matched: true } },
    });
    expect(await nudges()).toEqual([{ workflow_id: 'cycle/wang/2026-03' }]);
  });

  test('told twice by the same number counts once, also when both come at once', async () => {
    await openCycle();
    const told = await Promise.all([1, 2, 3].map(() => recordPayment(db, given)));
    expect(told.map(({ kind }) => kind).sort()).toEqual(['recorded', 'unchanged', 'unchanged']);
    expect(await paidFen()).toBe('4000');
    expect((await nudges()).length).toBe(1);
  });

  test.each<[string, Partial<NewPayment>]>([
    ['amount', { amountFen: toFen(4_001) }],
    ['customer', { customerNo: 'liu' }],
    ['channel', { channel: 'bank' }],
    ['instant', { receivedAt: toInstant('2026-03-31T09:30:01+08:00') }],
  ])('with a known number and another %s is a conflict and changes nothing', async (_, change) => {
    await recordPayment(db, { ...given, receivedAt: at });
    const { kind, payment } = await recordPayment(db, { ...given, receivedAt: at, ...change });
    expect(kind).toBe('conflict');
    expect(payment).toMatchObject({ customerNo: 'wang', amountFen: 4_000, receivedAt: at });
    expect(await paidFen()).toBe('4000');
  });

  test('of nobody we know is kept, shown, and matched once the customer is there', async () => {
    const { kind, payment } = await recordPayment(db, { ...given, customerNo: 'chen' });
    expect([kind, payment.matched]).toEqual(['recorded', false]);
    expect(await listUnmatched(db)).toMatchObject({
      ...{ count: 1, amountFen: 4_000, first: [{ paymentRef: 'P1', customerNo: 'chen' }] },
    });
    expect(await matchUnmatched(db)).toBe(0);
    await sql.query(
      `insert into customer (customer_no, name, station, category, language) values ('chen', 'Chen', 'TB01', 'school', 'en')`,
    );
    expect(await matchUnmatched(db)).toBe(1);
    expect(await listUnmatched(db)).toMatchObject({ count: 0, first: [] });
  });

  test('writes nothing in a dry run', async () => {
    await openCycle();
    expect((await recordPayment(db, given, { dryRun: true })).kind).toBe('recorded');
    expect([await paidFen(), await nudges()]).toEqual(['0', []]);
  });

  test('waits for whoever holds the lock of the customer (law 2)', async () => {
    await sql.query('begin');
    await sql.query(`select from customer where customer_no = 'wang' for update`);
    let done = false;
    const paying = recordPayment(db, given).then(() => (done = true));
    while ((await waiting()) === 0);
    expect(done).toBe(false);
    await sql.query('commit');
    await paying;
    expect(await paidFen()).toBe('4000');
  });

  const waiting = async () =>
    (await sql.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount;

  test('of nothing or less is a mistake of the caller', async () => {
    await expect(recordPayment(db, { ...given, amountFen: toFen(0) })).rejects.toThrow(RangeError);
  });
});

test('balances are bills less payments, of every customer, to the end of a day', async () => {
  await recordPayment(db, { ...given, receivedAt: toInstant('2026-03-31T23:59:59+08:00') });
  await recordPayment(db, { ...given, customerNo: 'liu', paymentRef: 'P2', receivedAt: at });
  await recordPayment(db, { ...given, customerNo: 'chen', paymentRef: 'P3', receivedAt: at });
  const balances = async (asOf: CivilDate | null) => {
    const found: [string, number][] = [];
    for await (const { customerNo, balanceFen } of readBalances(database.url, asOf))
      found.push([customerNo, balanceFen]);
    return Object.fromEntries(found);
  };
  expect(await balances(null)).toEqual({ liu: -4_000, wang: 6_000 });
  expect(await balances(toDate('2026-02-28'))).toEqual({ liu: 0, wang: 0 });
  expect(await balances(toDate('2026-03-01'))).toEqual({ liu: 0, wang: 10_000 });
  expect(await balances(toDate('2026-03-30'))).toEqual({ liu: 0, wang: 10_000 });
  expect(await balances(toDate('2026-03-31'))).toEqual({ liu: -4_000, wang: 6_000 });
});

test('the files imported are listed with their counts, the newest first', async () => {
  expect(await pageOfImports(db, { after: null, limit: 10 })).toMatchObject([
    { kind: 'bills', name: 'bills.csv', rowsRead: 1, rowsTaken: 1, rowsRejected: 0 },
    { kind: 'customers', rowsRead: 2, rowsTaken: 2, rowsUnchanged: 0 },
  ]);
});

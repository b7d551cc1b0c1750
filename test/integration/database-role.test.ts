import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { grantTo } from '../../db/grants';
import { openDb, type Db } from '../../db/client';
import { startApi, type TestApi } from '../support/api';
import { freshDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';
import { addBill, addCustomer } from '../support/world';

/** Tarim's own role in Postgres: what it may, and what it may not even when somebody speaks through it. */
const ROLE = `tarim_app_${randomBytes(4).toString('hex')}`;
const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');

let database: TestDatabase;
let owner: Client;
let asApp: string;
let app: Client;
let api: TestApi;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`create role ${ROLE} login password 'app'`);
  expect(await grantTo(database.url, ROLE)).toBe(true);
  const url = new URL(database.url);
  [url.username, url.password] = [ROLE, 'app'];
  asApp = url.href;
  app = new Client({ connectionString: asApp });
  await app.connect();
  api = await startApi({}, { url: asApp });
  db = openDb(database.url, 2);
  await addCustomer(db, 'wang');
  await addBill(db, 'wang', { billNo: 'b-wang' });
});
afterAll(async () => {
  await api.close();
  await db.$disconnect();
  await app.end();
  await owner.query(`drop owned by ${ROLE}`);
  await owner.query(`drop role ${ROLE}`);
  await owner.end();
  await database.drop();
});

test('orders, payments and imports work with it', async () => {
  const chen = await api.as('supervisor');
  const order = (url: string, body: object) => chen.send('POST', url, body);
  const held = await order('/holds', { scope: 'customer', ref: 'wang', reason: 'asked' });
  expect(held.statusCode).toBe(200);
  const refused = await order('/holds/release', { scope: 'station', ref: 'TB01', reason: 'x' });
  expect(refused.statusCode).toBe(409);
  const money = { customerNo: 'wang', amountFen: 100 };
  const paid = await chen.send('POST', '/payments', money, { 'idempotency-key': 'R-1' });
  expect(paid.json()).toMatchObject({ result: 'recorded' });
  const sent = await chen.send('POST', '/imports?kind=customers&name=c.csv', CUSTOMERS, {
    'content-type': 'text/csv',
  });
  expect(sent.statusCode).toBe(202);
  await until('the file is imported', async () => (await db.customer.count()) === 2);
  expect((await api.app.inject('/readyz')).json()).toMatchObject({
    checks: expect.arrayContaining([{ name: 'migrations', ok: true, detail: 'fine' }]) as unknown,
  });
});
const CUSTOMERS =
  'customer_no,name,station,category,phone,email,language\nliu,刘,TB01,residential,,,zh-CN\n';

test.each([
  ['an audit entry is not changed', `update command set reason = 'nicer', actor = 'somebody'`],
  ['an audit entry is not removed', 'delete from command'],
  ['the audit is not emptied', 'truncate command cascade'],
  ['the trigger is not dropped', 'drop trigger command_is_final on command'],
  ['the trigger is not switched off', 'alter table command disable trigger all'],
  ['triggers are not passed over', 'set session_replication_role = replica'],
  ['a grade is not changed', 'update grade set level = 3'],
  ['a migration is not noted', 'delete from _prisma_migrations'],
  ['no table is made', 'create table mine (id int)'],
  ['no table is dropped', 'drop table payment cascade'],
])('%s by it', async (_, statement) => {
  await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('an audit entry is final for the owner, too', async () => {
  const { rows } = await owner.query('select id from command limit 1');
  expect(rows).toHaveLength(1);
  await expect(owner.query(`update command set reason = 'nicer'`)).rejects.toThrow(
    /An audit entry is final/,
  );
});

test('a role that is none is refused, and what to do is said', async () => {
  const ended = await new Promise<{ code: number; err: string }>((done) => {
    const env = { ...process.env, DATABASE_URL: database.url };
    execFile(
      process.execPath,
      [PROGRAM, 'db', 'migrate', '--grant-to', 'nobody'],
      { env },
      (error, _out, err) => done({ code: Number(error?.code ?? 0), err }),
    );
  });
  expect(ended).toMatchObject({
    code: 4,
    err: expect.stringContaining('create role nobody') as unknown,
  });
});

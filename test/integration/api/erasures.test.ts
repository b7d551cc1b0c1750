import { setClock } from '../../../db/clock';
import { toInstant } from '../../../domain/time';
import { startApi, type Caller, type TestApi } from '../../support/api';
import * as support from '../../support/world';

let world: support.World;
let api: TestApi;
let admin: Caller;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  admin = await api.as('administrator');
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  const wang = { customerNo: 'wang', period: '2026-02', sendingAt: '2026-03-01T02:00:00Z' };
  await world.db.$executeRaw`
    insert into message (customer_no, period, step_key, purpose, channel, address, template_version, language, subject, body, body_sha256,
      owed_fen, penalty_fen, status, sending_at)
    values (${wang.customerNo}, ${wang.period}, 'bill-notice', 'bill', 'sms', '+8613871281212', 1, 'zh-CN', '', '王小明，您的电费', 'abc', 100, 0,
      'accepted', ${wang.sendingAt}::timestamptz)`;
  await world.db.$executeRaw`
    insert into inbound_message (provider_id, address, word, received_at, customer_no, body)
    values ('SM1', '+8613871281212', 'other', ${wang.sendingAt}::timestamptz, 'wang', '我是王小明')`;
  await world.db.$executeRaw`
    insert into suppression (customer_no, channel, address, reason, since)
    values ('wang', 'sms', '+8613871281212', 'optedOut', ${wang.sendingAt}::timestamptz)`;
});

const path = '/customers/wang/erasure';
const reason = 'asked for it';
async function settled(on: string): Promise<void> {
  await world.db.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    select 'all-of-it', 'wang', 'wang', sum(amount_fen), ${`${on}T02:00:00Z`}::timestamptz, 'counter' from bill where customer_no = 'wang'`;
}

test('who owes is kept, with the sentence why', async () => {
  const answer = await admin.send('POST', path, { reason });
  expect(answer.json()).toMatchObject({
    status: 409,
    detail: expect.stringContaining('unpaid') as unknown,
  });
  expect(await world.db.customer.findUnique({ where: { customerNo: 'wang' } })).toMatchObject({
    phone: '+8613871281212',
  });
});

test('three years after the last payment nothing personal is left in any table, and the money is', async () => {
  await settled('2026-04-01');
  await setClock(world.db, toInstant('2029-04-01T02:00:00Z'), 'test');
  const due = (await admin.get('/erasable-customers')).json<{ items: { customerNo: string }[] }>();
  expect(due.items.map(({ customerNo }) => customerNo)).toEqual(['wang']);
  const key = { 'idempotency-key': 'erase-wang' };
  const dry = await admin.send('POST', path, { reason }, { 'x-dry-run': 'true' });
  expect(dry.json()).toMatchObject({ result: 'wouldApply' });
  expect((await admin.send('POST', path, { reason }, key)).json()).toMatchObject({
    result: 'applied',
  });
  expect((await admin.send('POST', path, { reason }, key)).json()).toMatchObject({
    result: 'repeated',
  });
  expect(await placesOf(/13871281212|王小明|wang@example/)).toEqual([]);
  expect(await world.db.bill.count({ where: { customerNo: 'wang' } })).toBe(1);
  expect(await world.db.payment.count({ where: { customerNo: 'wang' } })).toBe(1);
  expect(await world.db.message.findFirst()).toMatchObject({
    bodySha256: 'abc',
    status: 'accepted',
  });
  expect((await admin.get('/erasable-customers')).json()).toMatchObject({ items: [] });
  expect((await admin.get('/customers/wang')).statusCode).toBe(200);
});

test('only an administrator may, and a customer of another station is not found', async () => {
  for (const role of ['clerk', 'collector', 'supervisor', 'auditor'] as const)
    expect((await (await api.as(role)).send('POST', path, { reason })).statusCode).toBe(403);
  const other = await api.as('administrator', { stations: ['TB02'] });
  expect((await other.send('POST', path, { reason })).statusCode).toBe(404);
});

/** Every column of every table in which the text stands. */
async function placesOf(personal: RegExp): Promise<string[]> {
  const tables = await world.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await world.db.$queryRawUnsafe<{ row: string }[]>(
      `select t::text as row from "${name}" t`,
    );
    if (rows.some(({ row }) => personal.test(row))) found.push(name);
  }
  return found;
}

import ladderPolicy from '../../../db/policies/tabei-v1.json';
import { carryOutPage } from '../../../db/bulk-orders';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import {
  addBill,
  addCustomer,
  nudgesOf,
  openMonth,
  openWorld,
  type World,
} from '../../support/world';

let world: World;
let api: TestApi;
let chen: Caller;
let local: Caller;
let clerk: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  chen = await api.as('supervisor', { username: 'chen' });
  local = await api.as('supervisor', { stations: ['TB02'] });
  clerk = await api.as('clerk');
});
/** wang and han of TB01 and liu of TB02 have a month open; zhou has none. */
beforeEach(async () => {
  await world.reset();
  await world.db.bulkOrder.deleteMany();
  await world.db.policy.deleteMany({ where: { NOT: { id: { startsWith: 'tabei-' } } } });
  await addCustomer(world.db, 'han', {});
  await addBill(world.db, 'han', { billNo: 'b-han' });
  await addCustomer(world.db, 'zhou', {});
  for (const name of ['wang', 'han', 'liu']) await openMonth(world.db, name);
  await policy('v2', { 'overdue-1': 3 });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

type Change = Readonly<Record<string, number | string>>;
/** The default ladder with other days, or other keys, on file and in force since a day. */
async function policy(id: string, change: Change, { active = true, from = '2006-01-01' } = {}) {
  const body = structuredClone(ladderPolicy.body);
  for (const steps of Object.values(body.ladders))
    for (const step of steps) {
      const to = change[step.key];
      if (typeof to === 'number') step.day = to;
      if (typeof to === 'string') step.key = to;
    }
  const activated = active ? { activatedAt: new Date(), activatedBy: 'li' } : {};
  const row = { id, kind: 'ladder', body, author: 'chen', effectiveFrom: new Date(from) };
  await world.db.policy.create({ data: { ...row, ...activated } });
}
const give = (body: object = {}, headers: Record<string, string> = {}, to = 'v2', by = chen) =>
  by.send(
    'POST',
    `/policies/${to}/migration`,
    { reason: 'tuned', ...body },
    {
      ...{ 'idempotency-key': 'm1' },
      ...headers,
    },
  );
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
type Row = Readonly<{
  customerNo: string;
  policyId: string;
  changes: boolean;
  before: { stepKey: string | null; at: string | null };
  after: { stepKey: string | null; at: string | null };
  refusedBecause: string | null;
}>;
const preview = async (query = '', by = chen, to = 'v2') =>
  (await by.get(`/policies/${to}/migration${query}`)).json<{ items: Row[]; next: string | null }>();
const pinned = async () =>
  Object.fromEntries(
    (await world.db.cycle.findMany({ orderBy: { customerNo: 'asc' } })).map((row) => [
      ...[row.customerNo, row.policyId],
    ]),
  ) as Record<string, string>;
const progress = async () => (await chen.get('/bulk-orders/m1')).json<Record<string, unknown>>();
const finish = async (page = 2) => {
  while (await carryOutPage(world.db, page));
};
const did = (customerNo: string, stepKey: string, kind: string) =>
  world.db.$executeRaw`
    insert into step (bill_no, step_key, customer_no, period, kind, status, planned_at, at)
    values (${`b-${customerNo}`}, ${stepKey}, ${customerNo}, '2026-02', ${kind}, 'done', ${on(-18)}::timestamptz, ${on(-18)}::timestamptz)`;

test('the months that would move are listed, each with its next step now and then', async () => {
  await did('wang', 'bill-notice', 'billNotice');
  const { items } = await preview();
  expect(items.map(({ customerNo, policyId }) => [customerNo, policyId])).toEqual([
    ['han', 'tabei-v1'],
    ['liu', 'tabei-v1'],
    ['wang', 'tabei-v1'],
  ]);
  const nobodysNotice = items.find(({ customerNo }) => customerNo === 'han');
  expect(nobodysNotice).toMatchObject({ changes: false, before: { stepKey: 'bill-notice' } });
  const [first] = (await preview('?limit=1')).items;
  expect(first?.customerNo).toBe('han');
});

test('a person sees and moves the months of his own stations only', async () => {
  expect((await preview('', local)).items.map(({ customerNo }) => customerNo)).toEqual(['liu']);
  expect(said(await give({}, {}, 'v2', local))).toEqual([200, 'applied']);
  await finish();
  expect(await pinned()).toEqual({ han: 'tabei-v1', liu: 'v2', wang: 'tabei-v1' });
  expect(((await preview('?station=TB01', local)) as unknown as { status: number }).status).toBe(
    404,
  );
  expect((await give({}, {}, 'v2', clerk)).statusCode).toBe(403);
});

test('a dry run counts and leaves nothing', async () => {
  const dry = await give({}, { 'x-dry-run': 'true' });
  expect(dry.json()).toMatchObject({
    ...{ result: 'wouldApply', total: 3 },
    would: '3 running months would go on under v2, at once.',
  });
  expect([await carryOutPage(world.db), await world.db.bulkOrder.count()]).toEqual([false, 0]);
});

test('it moves each month once, page by page, with an entry, a note and a nudge', async () => {
  expect(said(await give({ expected: 3 }))).toEqual([200, 'applied']);
  expect(said(await give({ expected: 3 }))).toEqual([200, 'repeated']);
  await carryOutPage(world.db, 2);
  expect(await pinned()).toEqual({ han: 'v2', liu: 'v2', wang: 'tabei-v1' });
  await finish();
  expect(await progress()).toMatchObject({
    kind: 'migrate',
    state: 'finished',
    done: 3,
    refused: 0,
  });
  const notes = await world.db.cycleMigration.findMany({ orderBy: { customerNo: 'asc' } });
  expect(
    notes.map(({ customerNo, orderId, fromPolicy, toPolicy, actor }) => {
      return [customerNo, orderId, fromPolicy, toPolicy, actor];
    }),
  ).toEqual(['han', 'liu', 'wang'].map((name) => [name, `m1/${name}`, 'tabei-v1', 'v2', 'chen']));
  expect((await nudgesOf(world.db)).sort()).toEqual(
    ['han', 'liu', 'wang'].map((name) => `cycle/${name}/2026-02 changed`),
  );
  const entries = await world.db.command.findMany({ where: { kind: 'migrateMonth' } });
  expect(entries.map(({ id }) => id).sort()).toEqual(['m1/han', 'm1/liu', 'm1/wang']);
  expect(said(await give({}, { 'idempotency-key': 'm2' }))).toEqual([
    ...[409, 'No customer fits; nothing would be done.'],
  ]);
});

test('the file of a month says what it was opened under, and that it was moved', async () => {
  await give();
  await finish();
  const { items } = (await chen.get('/customers/wang/timeline')).json<{
    items: { kind: string; params: Record<string, unknown>; text: string }[];
  }>();
  expect(items.find(({ kind }) => kind === 'monthOpened')?.params['policyId']).toBe('tabei-v1');
  expect(items.find(({ kind }) => kind === 'monthMigrated')?.text).toContain('v2');
});

test('a month in which a step would come again under another name stays where it is, and is told', async () => {
  await policy('v3', { demand: 'dunning' });
  await did('wang', 'demand', 'demand');
  const sentence = 'Bill b-wang: demand was taken and may be called dunning in v3.';
  const { items } = await preview('', chen, 'v3');
  expect(items.map(({ refusedBecause }) => refusedBecause)).toEqual([null, null, sentence]);
  await give({}, {}, 'v3');
  await finish();
  expect(await pinned()).toEqual({ han: 'v3', liu: 'v3', wang: 'tabei-v1' });
  expect(await progress()).toMatchObject({ done: 2, refused: 1 });
  const told = (await chen.get('/bulk-orders/m1/customers')).json<{
    items: { customerNo: string; refusedBecause: string | null }[];
  }>();
  expect(told.items.find(({ customerNo }) => customerNo === 'wang')?.refusedBecause).toBe(sentence);
});

test('an order for a later day waits for it, and can be stopped before', async () => {
  expect(said(await give({ beginsAt: '2090-01-01T01:00:00.000Z' }))).toEqual([200, 'applied']);
  expect(await carryOutPage(world.db)).toBe(false);
  expect(await progress()).toMatchObject({
    state: 'running',
    beginsAt: '2090-01-01T01:00:00.000Z',
  });
  const stop = await chen.send('POST', '/bulk-orders/m1/stop', { reason: 'not yet' });
  expect(said(stop)).toEqual([200, 'applied']);
  expect(await pinned()).toEqual({ han: 'tabei-v1', liu: 'tabei-v1', wang: 'tabei-v1' });
});

test('another order does not wait behind one that waits for its day', async () => {
  await give({ beginsAt: '2090-01-01T01:00:00.000Z' });
  await give({}, { 'idempotency-key': 'm2' });
  await finish();
  expect(await pinned()).toEqual({ han: 'v2', liu: 'v2', wang: 'v2' });
});

test('months are not looked at under a policy that has no ladder', async () => {
  expect(said(await chen.get('/policies/tabei-grade-v1/migration'))).toEqual([
    409,
    'Policy tabei-grade-v1 is a grading policy; a month is pinned to a ladder.',
  ]);
});

test.each([
  ['a draft', 'draft', {}, 'Policy draft is not in force by then: two people activate it first.'],
  [
    'a version of a later day',
    'future',
    {},
    'Policy future is not in force by then: two people activate it first.',
  ],
  [
    'a grading',
    ...(['tabei-grade-v1', {}] as const),
    'Policy tabei-grade-v1 is a grading policy; a month is pinned to a ladder.',
  ],
  [
    'an instant that is past',
    'v2',
    { beginsAt: '2006-01-01T00:00:00.000Z' },
    'An order cannot begin in the past.',
  ],
  ['another count than there is', 'v2', { expected: 9 }, '3 customers fit now, not 9. Look again.'],
])('%s is refused', async (_what, to, body, sentence) => {
  await policy('draft', {}, { active: false });
  await policy('future', {}, { from: '2090-01-01' });
  expect(said(await give(body, {}, to))).toEqual([409, sentence]);
});

test('a version that is not there is not found', async () => {
  expect((await give({}, {}, 'nowhere')).statusCode).toBe(404);
});

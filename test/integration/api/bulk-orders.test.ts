import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { carryOutPage } from '../../../db/bulk-orders';
import { startBulk } from '../../../worker/bulk';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { until } from '../../support/until';
import { addCustomer, nudgesOf, openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let supervisor: Caller;
let stranger: Caller;
let clerk: Caller;
const CROWD = 24;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  supervisor = await api.as('supervisor', { username: 'chen', stations: ['TB01'] });
  stranger = await api.as('supervisor', { stations: ['TB02'] });
  clerk = await api.as('clerk', { stations: ['TB01'] });
});
/** Two dozen shops of TB01, one of TB02, and the two of every test, who are at home. */
beforeEach(async () => {
  await world.reset();
  await world.db.bulkOrder.deleteMany();
  const shop = { category: 'commercial' };
  for (let n = 0; n < CROWD; n += 1) await addCustomer(world.db, numbered(n), shop);
  await addCustomer(world.db, 's-far', { ...shop, station: 'TB02' });
  await openMonth(world.db, numbered(0));
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const numbered = (n: number) => `s-${String(n).padStart(3, '0')}`;
const shops = { kind: 'hold', filter: { category: 'commercial' }, reason: 'flood' };
const give = (body: object = shops, headers: Record<string, string> = {}, by = supervisor) =>
  by.send('POST', '/bulk-orders', body, { 'idempotency-key': 'b1', ...headers });
const release = (filter: object = {}, id = 'b2') =>
  give({ kind: 'release', filter, reason: 'dry again' }, { 'idempotency-key': id });
const progress = async (id = 'b1') =>
  (await supervisor.get(`/bulk-orders/${id}`)).json<Record<string, unknown>>();
const held = () => world.db.hold.findMany({ where: { releasedAt: null }, orderBy: { ref: 'asc' } });
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
const finish = async (page = 10) => {
  while (await carryOutPage(world.db, page));
};

test('a dry run tells how many it would be, and leaves nothing', async () => {
  const dry = await give(shops, { 'x-dry-run': 'true' });
  expect(dry.json()).toMatchObject({
    result: 'wouldApply',
    total: CROWD,
    would: `Policy time would stop over ${CROWD} customers until further notice.`,
  });
  expect(await carryOutPage(world.db)).toBe(false);
  expect([await world.db.bulkOrder.count(), await world.db.command.count()]).toEqual([0, 0]);
});

test('it reaches only the customers chosen one by one, and of them only who fit and are his', async () => {
  const customerNos = [numbered(2), numbered(1), 's-far', 'nobody'];
  const chosen = { ...shops, filter: { category: 'commercial', customerNos }, expected: 2 };
  expect(said(await give(chosen))).toEqual([200, 'applied']);
  await finish();
  expect((await held()).map(({ ref }) => ref)).toEqual([numbered(1), numbered(2)]);
  expect((await give({ ...shops, filter: { customerNos: [] } })).statusCode).toBe(400);
});

test('it is carried out page by page over exactly who fits, each with an entry and a nudge, and once', async () => {
  expect(said(await give())).toEqual([200, 'applied']);
  expect(said(await give())).toEqual([200, 'repeated']);
  expect(await progress()).toMatchObject({ state: 'running', total: CROWD, done: 0 });
  expect(await carryOutPage(world.db, 10)).toBe(true);
  expect(await progress()).toMatchObject({ state: 'running', done: 10, refused: 0 });
  await finish();
  expect(await progress()).toMatchObject({ state: 'finished', done: CROWD, endedBy: 'system' });
  expect((await held()).map(({ id, ref, placedBy }) => [id, ref, placedBy])).toEqual(
    Array.from({ length: CROWD }, (_, n) => [`b1/${numbered(n)}`, numbered(n), 'chen']),
  );
  expect(await nudgesOf(world.db)).toEqual([`cycle/${numbered(0)}/2026-02 pause`]);
  expect(await carryOutPage(world.db)).toBe(false);
  const { items } = (await supervisor.get('/bulk-orders/b1/customers?limit=200')).json<{
    items: unknown[];
  }>();
  expect(items).toHaveLength(CROWD);
});

test('stopped, it ends between two pages; what was done stays and is listed', async () => {
  await give();
  await carryOutPage(world.db, 5);
  const stop = () => supervisor.send('POST', '/bulk-orders/b1/stop', { reason: 'wrong list' });
  expect(said(await stop())).toEqual([200, 'applied']);
  expect(await carryOutPage(world.db)).toBe(false);
  expect(await progress()).toMatchObject({ state: 'stopped', done: 5, endedBy: 'chen' });
  const list = (await supervisor.get('/bulk-orders/b1/customers')).json<{
    items: { customerNo: string }[];
  }>();
  expect(list.items.map(({ customerNo }) => customerNo)).toEqual([0, 1, 2, 3, 4].map(numbered));
  expect(await held()).toHaveLength(5);
  expect(said(await stop())).toEqual([409, 'Bulk order b1 does not run.']);
});

test('killed in the middle it goes on where it was: nobody is held twice, nobody is left out', async () => {
  await give();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, '../../support/bulk-child.ts'), world.url],
    { stdio: 'inherit' },
  );
  const gone = once(child, 'exit');
  await until('two pages are done', async () => Number((await progress())['done']) >= 2);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  const { done, state } = await progress();
  expect([state, Number(done) < CROWD]).toEqual(['running', true]);
  expect(await held()).toHaveLength(Number(done));
  await finish();
  expect(await progress()).toMatchObject({ state: 'finished', done: CROWD, refused: 0 });
  expect(new Set((await held()).map(({ ref }) => ref)).size).toBe(CROWD);
  expect(await world.db.hold.count()).toBe(CROWD);
});

test('two workers side by side hold nobody twice; the worker’s own loop does it', async () => {
  await give();
  const log = pino({ level: 'silent' });
  const loops = [1, 2].map(() => startBulk(world.db, log));
  try {
    await until('all are held', async () => (await progress())['state'] === 'finished');
  } finally {
    await Promise.all(loops.map((loop) => loop.stop()));
  }
  expect(await held()).toHaveLength(CROWD);
});

test('a release ends the holds of one bulk order alone, or all of who fits', async () => {
  await give();
  await supervisor.send('POST', '/holds', { scope: 'customer', ref: 's-001', reason: 'ill' });
  await supervisor.send('POST', '/holds', { scope: 'customer', ref: 'wang', reason: 'ill' });
  await finish();
  expect((await release({ heldBy: 'b1' })).json()).toMatchObject({ total: CROWD });
  await finish();
  expect((await held()).map(({ ref }) => ref)).toEqual(['s-001', 'wang']);
  expect((await release({ category: 'commercial' }, 'b3')).json()).toMatchObject({ total: 1 });
  await finish();
  expect((await held()).map(({ ref }) => ref)).toEqual(['wang']);
});

test('what nobody fits, what the person did not see, and what is past is refused', async () => {
  let tries = 0;
  const refused = async (body: object) =>
    said(await give(body, { 'idempotency-key': `t${(tries += 1)}` }));
  const none = { ...shops, filter: { category: 'school' } };
  expect(await refused(none)).toEqual([409, 'No customer fits; nothing would be done.']);
  expect(await refused({ ...shops, expected: 3 })).toEqual([
    409,
    `${CROWD} customers fit now, not 3. Look again.`,
  ]);
  expect(await refused({ ...shops, until: '2001-01-01T00:00:00Z' })).toEqual([
    409,
    'A hold must end after it begins.',
  ]);
  expect((await refused({ ...shops, filter: { colour: 'red' } }))[0]).toBe(400);
  expect(await world.db.bulkOrder.count()).toBe(0);
});

test('it never reaches beyond the stations of who ordered it, and elsewhere nobody knows of it', async () => {
  const elsewhere = { ...shops, filter: { station: 'TB02' } };
  expect((await give(elsewhere)).statusCode).toBe(404);
  expect((await give(shops, {}, clerk)).statusCode).toBe(403);
  await give();
  await finish();
  expect((await held()).some(({ ref }) => ref === 's-far')).toBe(false);
  const answers = [
    await stranger.get('/bulk-orders/b1'),
    await stranger.get('/bulk-orders/b1/customers'),
    await stranger.send('POST', '/bulk-orders/b1/stop', { reason: 'x' }),
    await give({ kind: 'release', filter: { heldBy: 'b1' }, reason: 'x' }, {}, stranger),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  expect((await stranger.get('/bulk-orders')).json()).toMatchObject({ items: [] });
  expect((await supervisor.get('/bulk-orders')).json()).toMatchObject({ items: [{ id: 'b1' }] });
});

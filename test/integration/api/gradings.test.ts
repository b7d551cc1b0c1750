import { startApi, type Caller, type TestApi } from '../../support/api';
import * as support from '../../support/world';

let world: support.World;
let api: TestApi;
let boss: Caller;
let local: Caller;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  boss = await api.as('supervisor');
  local = await api.as('supervisor', { stations: ['TB02'] });
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

type Page = { items: { customerNo: string; level: number }[]; nextCursor: string | null };
const grades = () => world.db.grade.count();

test('the book is graded page by page as of an instant, and nothing is written', async () => {
  const first = (await boss.get('/gradings?limit=1&asOf=2026-03-25T01:00:00Z')).json<Page>();
  expect(first.items).toMatchObject([{ customerNo: 'liu', source: 'graded' }]);
  const rest = await boss.get(
    `/gradings?asOf=2026-03-25T01:00:00Z&cursor=${first.nextCursor ?? ''}`,
  );
  expect(rest.json()).toMatchObject({ items: [{ customerNo: 'wang' }], nextCursor: null });
  expect((await local.get('/gradings')).json<Page>().items).toHaveLength(1);
  expect((await local.get('/gradings?station=TB01')).statusCode).toBe(404);
  expect((await boss.get('/gradings?asOf=soon')).statusCode).toBe(400);
  const before = await boss.get('/gradings?asOf=2000-01-01T00:00:00Z');
  expect(before.json()).toMatchObject({
    status: 400,
    detail: 'No policy was in force on 2000-01-01.',
  });
  expect(await grades()).toBe(0);
});

test('a month is graded once, whoever orders it again; a dry run only counts', async () => {
  const order = (who: Caller, headers = {}) =>
    who.send('POST', '/gradings', { reason: 'monthly' }, headers);
  const sum = (levels: { customers: number }[]) => levels.reduce((n, one) => n + one.customers, 0);
  const dry = (await order(boss, { 'x-dry-run': 'true' })).json<{ levels: [] }>();
  expect([dry, sum(dry.levels), await grades()]).toMatchObject([{ result: 'wouldApply' }, 2, 0]);
  const own = (await order(local)).json<{ levels: [] }>();
  expect([sum(own.levels), await grades()]).toEqual([1, 1]);
  const all = (await order(boss)).json<{ levels: [] }>();
  expect([sum(all.levels), await grades()]).toEqual([1, 2]);
  expect((await order(boss)).json()).toMatchObject({ result: 'applied', levels: [] });
  expect(await world.db.grade.groupBy({ by: ['customerNo'], _count: true })).toMatchObject([
    ...[{ _count: 1 }, { _count: 1 }],
  ]);
  expect(await world.db.command.count({ where: { kind: 'gradeMonth' } })).toBe(3);
});

test('whose month is open keeps the level that it began with', async () => {
  await world.db.$executeRaw`
    insert into cycle (customer_no, period, station, level, policy_id, opened_at)
    select 'wang', '2026-03', 'TB01', 3, id, now() from policy where kind = 'ladder' limit 1`;
  await boss.send('POST', '/gradings', { reason: 'monthly' });
  const graded = await world.db.grade.findMany({ select: { customerNo: true } });
  expect(graded).toEqual([{ customerNo: 'liu' }]);
});

test('who may not, and what will not do, changes nothing', async () => {
  const clerk = await api.as('clerk');
  const answers = [
    await clerk.send('POST', '/gradings', { reason: 'x' }),
    await boss.send('POST', '/gradings', {}),
    await boss.send('POST', '/gradings', { reason: 'x', period: '2026-03' }),
    await local.send('POST', '/gradings', { reason: 'x', station: 'TB01' }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 400, 400, 404]);
  expect(await grades()).toBe(0);
});

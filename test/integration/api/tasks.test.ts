import { startApi, type Caller, type TestApi } from '../../support/api';
import { openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let supervisor: Caller;
let collector: Caller;
let stranger: Caller;
let id: string;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  supervisor = await api.as('supervisor', { stations: ['TB01'] });
  collector = await api.as('collector', { stations: ['TB01'], assignee: 'zhou' });
  stranger = await api.as('supervisor', { stations: ['TB02'], assignee: 'ma' });
});
beforeEach(async () => {
  await world.reset();
  const task = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', kind: 'call', stepKey: 'call', why: 'callTask' },
      ...{ assignee: 'collector:TB01', openedAt: new Date(), dueAt: new Date(Date.now() + 1e8) },
    },
  });
  id = task.id;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const assign = (assignee: string, by = supervisor, headers = {}) =>
  by.send('POST', `/tasks/${id}/assignment`, { assignee, reason: 'he is ill' }, headers);
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
const mine = async () =>
  (await collector.get('/tasks?assignee=zhou')).json<{ items: { id: string; dueAt: string }[] }>()
    .items;

test('a task goes to a person of the station, who has it on the list from then on, due as before', async () => {
  const before = await world.db.task.findFirstOrThrow();
  expect(await mine()).toEqual([]);
  const key = { 'idempotency-key': 'k1' };
  expect(said(await assign('zhou', supervisor, key))).toEqual([200, 'applied']);
  expect(said(await assign('zhou', supervisor, key))).toEqual([200, 'repeated']);
  expect(await mine()).toMatchObject([{ id, dueAt: before.dueAt.toISOString() }]);
});

test('a task does not go to nobody, to a person of elsewhere, or to whom has it; nor when it is done', async () => {
  expect(said(await assign('nobody'))).toEqual([
    409,
    'Nobody of station TB01 goes by the name nobody.',
  ]);
  expect((await assign('ma')).statusCode).toBe(409);
  expect(said(await assign('collector:TB01'))).toEqual([
    409,
    `Task ${id} is collector:TB01's already.`,
  ]);
  await collector.send('POST', `/tasks/${id}/outcome`, { outcome: 'reached' });
  expect(said(await assign('zhou'))).toEqual([409, `Task ${id} is done already: reached.`]);
});

test('whom a task can be given to is told with how much he has, of one’s own stations', async () => {
  const told = async (by: Caller, query = '') =>
    (await by.get(`/assignees${query}`)).json<{ items: { assignee: string }[] }>().items;
  const { name } = await world.db.staff.findFirstOrThrow({ where: { assignee: 'zhou' } });
  const open = { station: 'TB01', open: 0 };
  const here = [
    { ...open, assignee: 'collector:TB01', name: null, open: 1 },
    { ...open, assignee: 'supervisor:TB01', name: null },
    { ...open, assignee: 'zhou', name },
  ];
  expect(await told(supervisor)).toEqual(here);
  await world.db.customer.update({ where: { customerNo: 'wang' }, data: { collector: 'E7' } });
  expect(await told(supervisor, '?station=TB01')).toEqual([
    { ...open, assignee: 'E7', name: null },
    ...here,
  ]);
  for (const { assignee } of await told(supervisor))
    expect((await assign(assignee)).statusCode).toBe(200);
  expect((await told(stranger)).map(({ assignee }) => assignee)).toEqual([
    ...['collector:TB02', 'ma', 'supervisor:TB02'],
  ]);
  expect((await supervisor.get('/assignees?station=TB02')).statusCode).toBe(404);
});

test('only a supervisor of the station gives tasks', async () => {
  expect((await assign('zhou', collector)).statusCode).toBe(403);
  expect((await assign('zhou', stranger)).statusCode).toBe(404);
  expect(await mine()).toEqual([]);
});

import type { Caller } from '../../support/api';
import {
  openTrials,
  reportBy,
  said,
  simulateBy,
  simulationBy,
  worked,
  type Trials,
} from '../../support/trials';
import type { World } from '../../support/world';

/** What a simulation of the station's own book takes for granted besides it. */
let trials: Trials;
let world: World;
let chen: Caller;
let li: Caller;
beforeAll(async () => {
  trials = await openTrials();
  ({ world, chen, li } = trials);
});
beforeEach(() => trials.reset());
afterAll(() => trials.close());

const model = {
  ...{ name: 'all at once', seed: 7, limits: 'made up for a test' },
  after: [{ step: 'billNotice', levels: [1, 2, 3], chance: 1, withinDays: 2 }],
};
const capacities = { name: 'two hands', perDay: { sms: 2 }, perStationAndDay: { call: 1 } };

test('by a model people pay after the steps of either side, and the report says by whose word', async () => {
  expect(said(await simulateBy(chen, { model }))).toEqual([200, 'applied']);
  await worked(world, li);
  expect(await simulationBy(li)).toMatchObject({ model: 'all at once', capacities: null });
  const { model: named, capacities: none, policy, against } = await reportBy(li);
  expect([named, none]).toEqual([{ name: 'all at once', seed: 7, limits: model.limits }, null]);
  for (const { payment, loads } of [policy, against])
    expect([payment.paid, loads]).toEqual([payment.bills, []]);
  expect(policy.payment.bills).toBe(2);
  const page = await li.get('/simulations/s1/report?as=html', { 'accept-language': 'en' });
  expect(page.body).toMatch(/all at once[^]*made up for a test/);
  const entry = await world.db.command.findFirst({ where: { kind: 'simulatePolicy' } });
  expect(entry?.body).toMatchObject({ model, capacities: null });
});

test('the work of each day is held against what can be done, on either side', async () => {
  await simulateBy(chen, { capacities });
  await worked(world, li);
  const { model: named, capacities: name, policy, against } = await reportBy(li);
  expect([named, name]).toEqual([null, 'two hands']);
  const places = ({ loads }: typeof policy) =>
    loads.map(({ work, station, perDay }) => [work, station, perDay]);
  const all = ['TB01', 'TB02'].map((station) => ['call', station, 1]);
  expect([places(policy), places(against)]).toEqual(
    Array<unknown>(2).fill([['sms', null, 2], ...all]),
  );
  const [sms] = policy.loads;
  expect(sms).toMatchObject({ peak: policy.busiest.sms.count, peakDay: policy.busiest.sms.day });
  expect(sms?.ratio).toBe(policy.busiest.sms.count / 2);
});

test('a model that says two things of one step, or a capacity of nothing, is refused with where', async () => {
  const [step] = model.after;
  const twice = await simulateBy(chen, { model: { ...model, after: [step, step] } });
  expect(said(twice)).toEqual([
    400,
    expect.stringContaining('billNotice at level 1 is there twice'),
  ]);
  const none = await simulateBy(chen, { capacities: { ...capacities, perDay: { sms: 0 } } });
  expect(said(none)).toEqual([400, expect.stringContaining('capacities')]);
});

test('who decides on an activation is told of the model, and of how much is too much', async () => {
  await simulateBy(chen, {
    model,
    capacities: { name: 'nobody', perStationAndDay: { sms: 1, call: 1 } },
  });
  await worked(world, li);
  const { loads } = (await reportBy(li)).policy;
  await chen.send('POST', '/policies/v2/activation', { reason: 'agreed', simulationId: 's1' });
  const { items } = (await li.get('/approvals')).json<{ items: { body: object }[] }>();
  const tooMuch = loads.filter(({ daysOver }) => daysOver > 0).length;
  expect(items[0]?.body).toMatchObject({ report: { model: 'all at once', tooMuch } });
});

test('a report of before there were any still speaks for its version', async () => {
  await simulateBy(chen);
  await worked(world, li);
  const before: Record<string, unknown> = await reportBy(li);
  delete before['model'];
  delete before['capacities'];
  const document = JSON.stringify(before);
  await world.db.simulation.update({ where: { id: 's1' }, data: { document } });
  const given = { reason: 'agreed', simulationId: 's1' };
  expect(said(await chen.send('POST', '/policies/v2/activation', given))).toEqual([200, 'applied']);
});

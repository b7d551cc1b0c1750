import { createDeviceActivities } from '../../../activities/device';
import { stationNow } from '../../../db/clock';
import { openDeviceCase } from '../../../db/devices';
import { openRuleBook } from '../../../db/rules';
import { plusMs } from '../../../domain/time';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { addBill, nudgesOf, openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let collector: Caller;
let stranger: Caller;
let clerk: Caller;
let id: string;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  collector = await api.as('collector', { username: 'zhou', stations: ['TB01'] });
  stranger = await api.as('supervisor', { stations: ['TB02'] });
  clerk = await api.as('clerk', { stations: ['TB01'] });
});
/** Wang was late for four months, so that the record calls for the device as long as it is asked. */
beforeEach(async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
  const at = await stationNow(world.db);
  const months = [1, 2, 3, 4].map((ago) => plusMs(at, -ago * 31 * DAY_MS).slice(0, 10));
  for (const [index, day] of months.entries())
    await addBill(world.db, 'wang', {
      billNo: `late-${index}`,
      period: day.slice(0, 7),
      issuedOn: day,
      dueOn: day,
    } as Parameters<typeof addBill>[2]);
  const opened = { customerNo: 'wang', why: 'often late', at, dueAt: plusMs(at, DAY_MS) };
  await openDeviceCase(world.db, { ...opened, offsetMs: 0 });
  id = (await world.db.deviceCase.findFirstOrThrow()).id;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const DAY_MS = 86_400_000;
const outcome = (stage: string, what = 'done', by = collector, headers = {}) =>
  by.send('POST', `/proposals/${id}/outcome`, { stage, outcome: what, reason: 'spoke' }, headers);
/** What the proposal's run does when it is woken. */
const run = async () => {
  const device = createDeviceActivities({
    db: world.db,
    book: openRuleBook(world.db),
  } as Parameters<typeof createDeviceActivities>[0]);
  return device.takeDeviceTurn({ customerNo: 'wang', asOf: await stationNow(world.db) });
};
const one = async () =>
  (await collector.get(`/proposals/${id}`)).json<{
    stage: string;
    history: { stage: string; outcome: string; doneBy: string; note: string }[];
  }>();
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};

test('a proposal goes its whole road, each stage by a person’s outcome, to prepayment', async () => {
  const road = [
    ['proposed', 'done', 'contacted'],
    ['contacted', 'done', 'visited'],
    ['visited', 'agrees', 'agreed'],
    ['agreed', 'done', 'signed'],
    ['signed', 'done', 'installed'],
    ['installed', 'done', 'toppedUp'],
    ['toppedUp', 'done', 'switched'],
  ] as const;
  for (const [stage, what, next] of road) {
    const found = (await collector.get(`/proposals?stage=${stage}&station=TB01`)).json<object>();
    expect(found).toMatchObject({ items: [{ id, stage, task: { assignee: 'collector:TB01' } }] });
    expect(said(await outcome(stage, what))).toEqual([200, 'applied']);
    await run();
    expect((await one()).stage).toBe(next);
  }
  const { history } = await one();
  expect(history.map(({ stage, outcome: what }) => [stage, what])).toEqual(
    road.map(([stage, what]) => [stage, what]),
  );
  expect(history).toContainEqual(
    expect.objectContaining({ stage: 'visited', doneBy: 'zhou', note: 'spoke' }),
  );
  expect(
    (await world.db.customer.findFirstOrThrow({ where: { customerNo: 'wang' } })).prepaidSince,
  ).not.toBeNull();
  expect((await collector.get('/proposals')).json()).toMatchObject({ items: [] });
  expect((await collector.get('/proposals?state=closed')).json()).toMatchObject({
    items: [{ id }],
  });
});

test('who refuses is left alone for six months, with the reason on record', async () => {
  expect(said(await outcome('proposed', 'refuses'))).toEqual([200, 'applied']);
  await run();
  const ended = await one();
  expect(ended).toMatchObject({ stage: 'refused', history: [{ note: 'spoke' }] });
  const { restUntil } = await world.db.deviceCase.findFirstOrThrow();
  const days = ((restUntil?.getTime() ?? 0) - Date.now()) / DAY_MS;
  expect([days > 180, days < 185]).toEqual([true, true]);
});

test('the same outcome twice decides one stage, by key or by the stage that was seen', async () => {
  const key = { 'idempotency-key': 'o1' };
  await outcome('proposed', 'done', collector, key);
  await run();
  expect(said(await outcome('proposed', 'done', collector, key))).toEqual([200, 'repeated']);
  expect(said(await outcome('proposed'))).toEqual([
    409,
    expect.stringContaining('is done already'),
  ]);
  expect(said(await outcome('signed'))).toEqual([
    409,
    'The proposal is at stage contacted; nothing was given out at signed.',
  ]);
  expect((await one()).stage).toBe('contacted');
});

test('consent is asked for by its own word', async () => {
  expect(said(await outcome('proposed', 'agrees'))).toEqual([
    409,
    'A task of kind deviceContact ends as done, refuses; not as agrees.',
  ]);
});

test('a proposal that was withdrawn wakes its run, gives nobody a task, and is not made again at once', async () => {
  const withdraw = () =>
    collector.send('POST', `/proposals/${id}/withdrawal`, { reason: 'moves away' });
  const dry = await collector.send(
    'POST',
    `/proposals/${id}/withdrawal`,
    { reason: 'x' },
    { 'x-dry-run': 'true' },
  );
  expect(said(dry)).toEqual([200, 'wouldApply']);
  await world.db.nudge.deleteMany();
  expect(said(await withdraw())).toEqual([200, 'applied']);
  expect(await nudgesOf(world.db)).toEqual(['device/wang changed']);
  expect(await run()).toMatchObject({ do: 'close', stage: 'withdrawn' });
  expect(await one()).toMatchObject({
    stage: 'withdrawn',
    reason: 'moves away',
    task: null,
    history: [{ outcome: 'notNeeded' }],
  });
  expect((await world.db.deviceCase.findFirstOrThrow()).restUntil).not.toBeNull();
  expect(said(await withdraw())).toEqual([409, 'The proposal has ended already.']);
});

test('another station sees none of it, and a clerk decides nothing', async () => {
  expect((await stranger.get('/proposals')).json()).toMatchObject({ items: [] });
  const answers = [
    await stranger.get(`/proposals/${id}`),
    await outcome('proposed', 'done', stranger),
    await stranger.send('POST', `/proposals/${id}/withdrawal`, { reason: 'x' }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
  expect((await outcome('proposed', 'done', clerk)).statusCode).toBe(403);
  expect((await clerk.get(`/proposals/${id}`)).statusCode).toBe(200);
});

import { startApi, type Caller, type TestApi } from '../../support/api';
import * as support from '../../support/world';

let world: support.World;
let api: TestApi;
let boss: Caller;
let local: Caller;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  boss = await api.as('supervisor', { username: 'boss' });
  local = await api.as('supervisor', { stations: ['TB02'] });
});
afterAll(async () => {
  await boss.send('POST', '/campaign-schedules/remove', { reason: 'the test is over' });
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

const DRY = { 'x-dry-run': 'true' };
const ids = async () =>
  (await world.db.nudge.findMany({ orderBy: { id: 'asc' } })).map(({ workflowId }) => workflowId);

describe('a month', () => {
  test('is opened for all of the caller’s stations, once by an id, and is on record', async () => {
    const body = { reason: 'monthly', period: '2026-03', limit: 5 };
    const key = { 'idempotency-key': 'open-march' };
    const first = await boss.send('POST', '/campaigns', body, key);
    expect([first.statusCode, first.json()]).toEqual([
      200,
      {
        ...{ id: 'open-march', result: 'applied', period: '2026-03', stations: ['TB01', 'TB02'] },
        customers: 2,
      },
    ]);
    const again = await boss.send('POST', '/campaigns', body, key);
    expect(again.json()).toMatchObject({ result: 'repeated' });
    expect(await ids()).toEqual(['campaign/TB01/2026-03', 'campaign/TB02/2026-03']);
    const [nudge] = await world.db.nudge.findMany();
    expect(nudge?.body).toEqual({
      ...{ station: 'TB01', period: '2026-03', openedBy: 'boss', offsetMs: 0, limit: 5 },
    });
    expect(await world.db.command.findUnique({ where: { id: 'open-march' } })).toMatchObject({
      ...{ kind: 'openCampaign', actor: 'boss', reason: 'monthly' },
    });
  });

  test('of one station is opened by who has it, and no other', async () => {
    const opened = await local.send('POST', '/campaigns', { reason: 'x', period: '2026-03' });
    expect(opened.json()).toMatchObject({ stations: ['TB02'] });
    const foreign = await local.send('POST', '/campaigns', { reason: 'x', station: 'TB01' });
    expect(foreign.statusCode).toBe(404);
    expect(await ids()).toEqual(['campaign/TB02/2026-03']);
  });

  test('is counted before it is opened: who owes something and was not opened yet', async () => {
    await support.openMonth(world.db, 'wang', { period: '2026-03' });
    await support.addCustomer(world.db, 'zhao');
    const count = async (body: object) =>
      (
        await boss.send('POST', '/campaigns', { reason: 'x', period: '2026-03', ...body }, DRY)
      ).json<{ customers: number }>().customers;
    expect([await count({}), await count({ station: 'TB01' })]).toEqual([1, 0]);
    await support.addBill(world.db, 'zhao', { billNo: 'b-zhao' });
    await support.addCustomer(world.db, 'qian');
    await support.addBill(world.db, 'qian', { billNo: 'b-qian' });
    expect([await count({}), await count({ limit: 1 })]).toEqual([3, 2]);
    expect(await ids()).toEqual([]);
  });

  test('moves the clock only where it may, and in a dry run nothing', async () => {
    const body = { reason: 'trial', asOf: '2026-03-02T01:00:00Z' };
    const dry = await boss.send('POST', '/campaigns', body, DRY);
    expect(dry.json()).toMatchObject({ result: 'wouldApply', period: '2026-03' });
    expect((await local.send('POST', '/campaigns', body)).statusCode).toBe(403);
    expect([await world.db.businessClock.count(), await world.db.nudge.count()]).toEqual([0, 0]);
    expect((await boss.send('POST', '/campaigns', body)).statusCode).toBe(200);
    const clock = await world.db.businessClock.findFirst();
    expect(clock).toMatchObject({ setBy: 'boss' });
    const [nudge] = await world.db.nudge.findMany();
    expect(nudge?.body).toMatchObject({ offsetMs: Number(clock?.offsetMs) });
  });

  test.each([
    [{ period: '2026-03' }, 400],
    [{ reason: 'x', period: '2026-13' }, 400],
    [{ reason: 'x', limit: 0 }, 400],
    [{ reason: 'x', asOf: 'soon' }, 400],
    [{ reason: 'x', asOf: '2000-01-01T00:00:00Z' }, 400],
    [{ reason: 'x', force: true }, 400],
    [{ reason: 'x', station: 'TB99' }, 404],
  ])('is not opened by %j', async (body, status) => {
    expect((await boss.send('POST', '/campaigns', body)).statusCode).toBe(status);
    expect(await world.db.nudge.count()).toBe(0);
  });

  test('is told at a glance, of the caller’s stations', async () => {
    expect((await boss.get('/campaign-status')).statusCode).toBe(404);
    await world.db.$executeRaw`
      insert into campaign (station, period, as_of, policy_id, opened_by)
      select station, '2026-03', now(), p.id, 'x' from (values ('TB01'), ('TB02')) s (station), (select id from policy where kind = 'ladder' limit 1) p`;
    expect((await boss.get('/campaign-status')).json()).toMatchObject({ stations: 2 });
    expect((await local.get('/campaign-status?period=2026-03')).json()).toMatchObject({
      ...{ period: '2026-03', stations: 1, cycles: { total: 0 } },
    });
    expect((await local.get('/campaign-status?station=TB01')).statusCode).toBe(404);
  });
});

describe('the Schedules', () => {
  const items = async () =>
    (await boss.get('/campaign-schedules')).json<{ items: Record<string, unknown>[] }>().items;
  const monthly = { reason: 'monthly', day: 3, hour: 8 };

  test('are made, changed, paused, resumed and removed, each safe to repeat', async () => {
    const tried = await boss.send('PUT', '/campaign-schedules', monthly, DRY);
    expect(tried.json()).toMatchObject({ result: 'wouldApply' });
    expect(await items()).toEqual([]);
    for (const hour of [9, 8])
      expect(
        (await boss.send('PUT', '/campaign-schedules', { ...monthly, hour })).json(),
      ).toMatchObject({ result: 'applied' });
    expect(await items()).toMatchObject([
      { station: 'TB01', day: 3, hour: 8, paused: false, nextAt: expect.any(String) as string },
      { station: 'TB02', day: 3, hour: 8, paused: false },
    ]);
    const one = { reason: 'flood', station: 'TB01' };
    for (let n = 0; n < 2; n += 1)
      expect((await boss.send('POST', '/campaign-schedules/pause', one)).statusCode).toBe(200);
    expect(await items()).toMatchObject([{ paused: true }, { paused: false }]);
    await boss.send('PUT', '/campaign-schedules', monthly);
    expect(await items()).toMatchObject([{ paused: true }, { paused: false }]);
    await boss.send('POST', '/campaign-schedules/resume', one);
    expect(await items()).toMatchObject([{ paused: false }, { paused: false }]);
    for (let n = 0; n < 2; n += 1)
      expect(
        (await boss.send('POST', '/campaign-schedules/remove', { reason: 'by hand' })).statusCode,
      ).toBe(200);
    expect(await items()).toEqual([]);
    const kinds = await world.db.command.groupBy({ by: ['kind'], _count: true });
    expect(kinds.map(({ kind, _count }) => `${kind} ${_count}`).sort()).toEqual([
      ...['pauseCampaignSchedules 2', 'removeCampaignSchedules 2'],
      ...['resumeCampaignSchedules 1', 'scheduleCampaigns 3'],
    ]);
  });

  test('refuse a day that not every month has, and another’s station', async () => {
    for (const wrong of [{ day: 29 }, { hour: 24 }, { day: '3' }])
      expect(
        (await boss.send('PUT', '/campaign-schedules', { ...monthly, ...wrong })).statusCode,
      ).toBe(400);
    const foreign = { ...monthly, station: 'TB01' };
    expect((await local.send('PUT', '/campaign-schedules', foreign)).statusCode).toBe(404);
    const clerk = await api.as('clerk');
    expect((await clerk.send('PUT', '/campaign-schedules', monthly)).statusCode).toBe(403);
    expect(await items()).toEqual([]);
  });

  test('are not on record when the engine does not answer', async () => {
    const address = process.env['TEMPORAL_ADDRESS'];
    process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
    const alone = await startApi({}, { url: world.url }).finally(
      () => (process.env['TEMPORAL_ADDRESS'] = address),
    );
    const who = await alone.as('supervisor');
    expect((await who.send('PUT', '/campaign-schedules', monthly)).statusCode).toBe(503);
    expect(await world.db.command.count()).toBe(0);
    await alone.close();
  });
});

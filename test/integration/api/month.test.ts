import { setClock } from '../../../db/clock';
import { refreshPlans } from '../../../db/plans';
import { openRuleBook } from '../../../db/rules';
import { startApi, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import { openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
});
beforeEach(async () => {
  await world.reset();
  await setClock(world.db, on(5), 'test');
  await openMonth(world.db, 'wang');
  await openMonth(world.db, 'liu', { level: 2 });
  await world.db.$executeRaw`
    insert into task (customer_no, station, period, bill_no, step_key, kind, assignee, why, opened_at, due_at)
    values ('wang', 'TB01', '2026-02', 'b-wang', 'call-1', 'call', 'collector:TB01', 'overdueReminder', ${on(3)}::timestamptz, ${on(4)}::timestamptz)`;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

type Page = {
  period: string;
  money: object;
  matrix: { level: number | null; stage: string; customers: number; owedFen: number }[];
  messages: object[];
  tasks: object[];
  holds: { scope: string }[];
  unhealthy: { what: string; text: string }[];
};
const monthOf = async (stations: readonly string[] | null, query = ''): Promise<Page> =>
  (await (await api.as('supervisor', { stations })).get(`/month${query}`)).json<Page>();

test('the month tells money, the matrix, messages and tasks of the day, of the stations that one may see', async () => {
  await world.db.$executeRaw`
    insert into message (customer_no, period, step_key, purpose, channel, address, template_version, language, body, body_sha256, owed_fen, penalty_fen, status, sending_at)
    values ('wang', '2026-02', 'overdue-1', 'reminder', 'sms', '+8613871281212', 1, 'zh-CN', 'x', 'x', 10000, 0, 'waiting', ${on(5)}::timestamptz),
      ('wang', '2026-02', 'bill', 'bill', 'sms', '+8613871281212', 1, 'zh-CN', 'x', 'x', 10000, 0, 'accepted', ${on(-18)}::timestamptz)`;
  const all = await monthOf(null);
  expect(all).toMatchObject({
    period: '2026-02',
    money: { billedFen: 20_000, receivedFen: 0, outstandingFen: 20_000 },
    messages: [{ channel: 'sms', status: 'waiting', receipt: null, messages: 1 }],
    tasks: [{ kind: 'call', open: 1, dueToday: 0, overdue: 1, escalated: 0 }],
  });
  expect(all.matrix.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
  expect(all.matrix.every(({ stage }) => stage === 'opened')).toBe(true);
  const own = await monthOf(['TB02']);
  expect(own).toMatchObject({ money: { billedFen: 10_000 }, messages: [], tasks: [] });
  expect(await monthOf(null, '?station=TB02')).toMatchObject({ money: { billedFen: 10_000 } });
});

test("another station's month is not found, and a month that is none is a mistake", async () => {
  const clerk = await api.as('clerk', { stations: ['TB01'] });
  expect((await clerk.get('/month?station=TB02')).statusCode).toBe(404);
  expect((await clerk.get('/workload?station=TB02')).statusCode).toBe(404);
  expect((await clerk.get('/month?period=2026-13')).statusCode).toBe(400);
  expect((await clerk.get('/workload?date=soon')).statusCode).toBe(400);
});

test('a station hold stands on the page, also among many holds over customers', async () => {
  await world.db.$executeRaw`
    insert into hold (id, scope, ref, from_at, reason, placed_by, placed_at)
    select 'c' || n, 'customer', 'wang', ${on(5)}::timestamptz, 'x', 'chen', ${on(5, 600)}::timestamptz from generate_series(1, 250) n
    union all select 's', 'station', 'TB01', ${on(5)}::timestamptz, 'flood', 'chen', ${on(5)}::timestamptz`;
  expect((await monthOf(['TB01'])).holds.map(({ scope }) => scope)).toEqual(['station']);
  expect((await monthOf(['TB02'])).holds).toEqual([]);
});

test('says what is unhealthy in words: no payment file, an old one, orders that wait', async () => {
  const wrong = async (): Promise<string[]> =>
    (await monthOf(null)).unhealthy.map(({ what }) => what).filter((what) => what !== 'worker');
  expect(await wrong()).toEqual(['noPayments']);
  const paidAt = (day: number) => world.db.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    values (${`p${day}`}, 'wang', 'wang', 100, ${on(day)}::timestamptz, 'bank')`;
  await paidAt(1);
  expect(await wrong()).toEqual(['payments']);
  const supervisor = await api.as('supervisor');
  const { unhealthy } = (
    await supervisor.get('/month', { 'accept-language': 'zh-CN' })
  ).json<Page>();
  expect(unhealthy.find(({ what }) => what === 'payments')?.text).toMatch(
    /^最近一笔缴费是 2026年3月21日 09:00。/,
  );
  await paidAt(3);
  expect(await wrong()).toEqual([]);
});

test("tomorrow's workload is what is due and what the ladder will do", async () => {
  const book = openRuleBook(world.db);
  expect(await refreshPlans(world.db, book, on(-18))).toBe(false);
  const supervisor = await api.as('supervisor');
  const workload = async (date: string) =>
    (await supervisor.get(`/workload?date=${date}`)).json<{
      plannedAsOf: string;
      rows: { station: string; kind: string; due: number; toCome: number }[];
    }>();
  const day = await workload('2026-03-02');
  expect(day.plannedAsOf).toBe(on(-18));
  expect(day.rows).toEqual(
    expect.arrayContaining([
      { station: 'TB01', collector: null, kind: 'sms', due: 0, toCome: 1 },
      { station: 'TB01', collector: null, kind: 'email', due: 0, toCome: 1 },
    ]),
  );
  expect((await workload('2026-03-24')).rows).toContainEqual(
    expect.objectContaining({ station: 'TB01', kind: 'call', due: 1 }),
  );
});

test('a plan is made again after an hour, when the clock went back, and goes with its month', async () => {
  const book = openRuleBook(world.db);
  const times = async () =>
    (await world.db.plannedStep.findMany({ orderBy: { customerNo: 'asc' } })).map(
      ({ customerNo, asOf }) => `${customerNo} ${asOf.toISOString()}`,
    );
  await refreshPlans(world.db, book, on(0));
  await refreshPlans(world.db, book, on(0, 9 * 60 + 59));
  expect(await times()).toEqual([`liu ${on(0)}`, `wang ${on(0)}`]);
  await refreshPlans(world.db, book, on(0, 10 * 60));
  expect(await times()).toEqual([`liu ${on(0, 10 * 60)}`, `wang ${on(0, 10 * 60)}`]);
  await refreshPlans(world.db, book, on(-1));
  await world.db.cycle.updateMany({
    where: { customerNo: 'liu' },
    data: { outcome: 'paid', closedAt: new Date(on(1)) },
  });
  await refreshPlans(world.db, book, on(-1));
  expect(await times()).toEqual([`wang ${on(-1)}`]);
});

import { startApi, type TestApi } from '../../support/api';
import { openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  await world.reset();
  await world.db.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    values ('r1', 'wang', 'wang', 2500, '2026-02-20T02:00:00Z', 'counter')`;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

type Answer = { asOf: string; total: object; rows: object[] };

test('counts what came in of what was billed, and to a station only its own', async () => {
  const all = (await (await api.as('auditor')).get('/recovery')).json<Answer>();
  expect(all.rows).toMatchObject([
    { key: 'TB01', receivableFen: 10_000, receivedFen: 2_500, cumulative: 25 },
    { key: 'TB02', receivableFen: 10_000, receivedFen: 0, cumulative: 0 },
  ]);
  expect(all.total).toMatchObject({ receivableFen: 20_000, receivedFen: 2_500, cumulative: 12.5 });
  const clerk = await api.as('clerk', { stations: ['TB02'] });
  const own = (await clerk.get('/recovery')).json<Answer>();
  expect(own.rows).toHaveLength(1);
  expect(own.total).toMatchObject({ receivableFen: 10_000, receivedFen: 0 });
  expect((await clerk.get('/recovery?station=TB01')).statusCode).toBe(400);
});

test('tells recovery apart by level, category and collector; each adds up to the total', async () => {
  const auditor = await api.as('auditor');
  for (const by of ['station', 'level', 'category', 'collector']) {
    const { rows, total } = (await auditor.get(`/recovery?by=${by}`)).json<{
      rows: { receivableFen: number; receivedFen: number }[];
      total: { receivableFen: number; receivedFen: number };
    }>();
    const sum = (key: 'receivableFen' | 'receivedFen'): number =>
      rows.reduce((before, row) => before + row[key], 0);
    expect([by, sum('receivableFen'), sum('receivedFen')]).toEqual([
      by,
      total.receivableFen,
      total.receivedFen,
    ]);
  }
});

test('a past day is told as it was, and now as it is', async () => {
  const auditor = await api.as('auditor');
  const before = (await auditor.get('/recovery/days/2026-03-01')).json<Answer>();
  expect(before.total).toMatchObject({ receivedFen: 0 });
  const after = (await auditor.get('/recovery/days/2026-03-02')).json<Answer>();
  expect(after.total).toMatchObject({ receivedFen: 2_500 });
});

test('a curve rises on the days on which money counts: what came before the bill, when it is issued', async () => {
  const { curves } = (await (await api.as('auditor')).get('/recovery/curves?period=2026-02')).json<{
    curves: { period: string; billedFen: number; days: { on: string; receivedFen: number }[] }[];
  }>();
  expect(curves).toMatchObject([
    {
      ...{ period: '2026-02', issuedOn: '2026-03-02', billedFen: 20_000 },
      days: [{ day: 0, on: '2026-03-02', receivedFen: 2_500 }],
    },
  ]);
});

test('a curve is of one station when asked, and of no other than one’s own', async () => {
  const ask = async (station: string, stations: string[] | null = null) =>
    (await api.as('auditor', { stations })).get(
      `/recovery/curves?period=2026-02&station=${station}`,
    );
  expect((await ask('TB02')).json()).toMatchObject({ curves: [{ billedFen: 10_000, days: [] }] });
  expect((await ask('TB01', ['TB02'])).statusCode).toBe(404);
});

test('the book agrees to the fen, and says when it does not', async () => {
  const auditor = await api.as('auditor');
  const balances = (await auditor.get('/balances')).json<{ total: object; stations: object[] }>();
  expect(balances.total).toEqual({
    billedFen: 20_000,
    creditedFen: 0,
    receivedFen: 2_500,
    outstandingFen: 17_500,
    closedFen: 0,
    unusedCreditFen: 0,
    agrees: true,
  });
  await world.db.$executeRaw`update customer_standing set paid_fen = paid_fen + 1`;
  const wrong = (await auditor.get('/balances')).json<{ total: { agrees: boolean } }>();
  expect(wrong.total.agrees).toBe(false);
  await world.db
    .$executeRaw`insert into standing_stale (customer_no) select customer_no from customer`;
});

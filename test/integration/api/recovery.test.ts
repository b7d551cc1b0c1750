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

type Answer = { asOf: string; total: object; stations: object[] };

test('counts what came in of what was billed, and to a station only its own', async () => {
  const all = (await (await api.as('auditor')).get('/recovery')).json<Answer>();
  expect(all.stations).toMatchObject([
    { station: 'TB01', receivableFen: 10_000, receivedFen: 2_500, cumulative: 25 },
    { station: 'TB02', receivableFen: 10_000, receivedFen: 0, cumulative: 0 },
  ]);
  expect(all.total).toMatchObject({ receivableFen: 20_000, receivedFen: 2_500, cumulative: 12.5 });
  const clerk = await api.as('clerk', { stations: ['TB02'] });
  const own = (await clerk.get('/recovery')).json<Answer>();
  expect(own.stations).toHaveLength(1);
  expect(own.total).toMatchObject({ receivableFen: 10_000, receivedFen: 0 });
  expect(own.asOf).toBe(all.asOf);
  expect((await clerk.get('/recovery?station=TB01')).statusCode).toBe(400);
});

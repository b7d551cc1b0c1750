import { noteCampaign } from '../../../db/campaigns';
import { toInstant, toPeriod } from '../../../domain/time';
import { startApi, type TestApi } from '../../support/api';
import { MONTH, openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  await world.reset();
  for (const station of ['TB01', 'TB02']) await open(station, MONTH);
  await open('TB01', toPeriod('2026-01'));
  for (const name of ['wang', 'liu']) await openMonth(world.db, name);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const open = (station: string, period: typeof MONTH) =>
  noteCampaign(world.db, {
    ...{ station, period, policyId: 'tabei-v1', openedBy: 'test' },
    asOf: toInstant('2026-02-05T00:00:00.000Z'),
  });
type Page = { items: { period: string; station: string }[]; nextCursor: string | null };
const names = ({ items }: Page) => items.map(({ period, station }) => `${period} ${station}`);

test('lists campaigns page by page, the latest month first, and to a clerk only those of the own station', async () => {
  const auditor = await api.as('auditor');
  const first = (await auditor.get('/campaigns?limit=2')).json<Page>();
  expect(names(first)).toEqual(['2026-02 TB01', '2026-02 TB02']);
  const rest = await auditor.get(`/campaigns?limit=2&cursor=${first.nextCursor ?? ''}`);
  expect(names(rest.json())).toEqual(['2026-01 TB01']);
  expect(rest.json<Page>().nextCursor).toBeNull();
  const clerk = await api.as('clerk', { stations: ['TB02'] });
  expect(names((await clerk.get('/campaigns')).json())).toEqual(['2026-02 TB02']);
  expect((await auditor.get('/campaigns?colour=red')).statusCode).toBe(400);
  expect((await auditor.get('/campaigns?cursor=x')).statusCode).toBe(400);
});

test('shows how the cycles of a month stand by station; a month that was not opened there is 404', async () => {
  const all = (await (await api.as('auditor')).get('/campaigns/2026-02')).json<{
    cycles: unknown;
  }>();
  expect(all.cycles).toMatchObject([
    { station: 'TB01', total: 1, open: 1, paid: 0 },
    { station: 'TB02', total: 1, open: 1, paid: 0 },
  ]);
  const clerk = await api.as('clerk', { stations: ['TB02'] });
  const own = (await clerk.get('/campaigns/2026-02')).json<{ cycles: unknown }>();
  expect(own.cycles).toMatchObject([{ station: 'TB02', total: 1 }]);
  expect((await clerk.get('/campaigns/2026-01')).statusCode).toBe(404);
  expect((await clerk.get('/campaigns/2026-13')).statusCode).toBe(400);
});

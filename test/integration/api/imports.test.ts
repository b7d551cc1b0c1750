import { startApi, type TestApi } from '../../support/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  const counts = { rowsRead: 3, rowsTaken: 2, rowsUnchanged: 0, rowsRejected: 1 };
  for (const [day, kind] of ['customers', 'bills', 'payments'].entries())
    await api.db.importFile.create({
      data: {
        ...{ ...counts, kind, sha256: String(day).repeat(64), name: `${kind}.csv` },
        importedAt: new Date(Date.UTC(2026, 1, day + 1)),
      },
    });
});
afterAll(() => api.close());

type Page = { items: { name: string }[]; nextCursor: string | null };

test('lists the files page by page, the latest first', async () => {
  const clerk = await api.as('clerk');
  const first = (await clerk.get('/imports?limit=2')).json<Page>();
  expect(first.items).toMatchObject([
    { name: 'payments.csv', rowsRead: 3, rowsTaken: 2, rowsUnchanged: 0, rowsRejected: 1 },
    { name: 'bills.csv', importedAt: '2026-02-02T00:00:00.000Z' },
  ]);
  const rest = await clerk.get(`/imports?limit=2&cursor=${first.nextCursor ?? ''}`);
  expect(rest.json()).toMatchObject({ items: [{ name: 'customers.csv' }], nextCursor: null });
  expect((await clerk.get('/imports?kind=bills')).statusCode).toBe(400);
  expect((await clerk.get('/imports?cursor=x')).statusCode).toBe(400);
});

test('a clerk of one station is told that files are of all', async () => {
  const clerk = await api.as('clerk', { stations: ['TB01'] });
  expect((await clerk.get('/imports')).statusCode).toBe(403);
});

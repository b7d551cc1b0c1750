import { createHash } from 'node:crypto';
import { startApi, type Caller, type TestApi } from '../../support/api';
import * as support from '../../support/world';

let world: support.World;
let api: TestApi;
let boss: Caller;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  boss = await api.as('supervisor');
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

const LISTS = ['customers', 'messages', 'bills', 'payments', 'balances', 'tasks', 'audit'] as const;

/** The records of a file that quotes nothing with a line break in it. */
function records(text: string): string[][] {
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text.endsWith('\r\n')).toBe(true);
  return text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('each list comes as a file with its header, and each is on record with its filter', async () => {
  for (const what of LISTS) {
    const answer = await boss.get(`/exports/${what}`);
    expect([what, answer.statusCode]).toEqual([what, 200]);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="${what}-\\d{4}-\\d\\d-\\d\\d\\.csv"$`),
    );
    const [header = []] = records(answer.body);
    expect(header.length).toBeGreaterThan(1);
    expect(header.filter((name) => name.endsWith('Fen'))).toEqual([]);
    const id = String(answer.headers['tarim-export']);
    const entry = await api.db.command.findUnique({ where: { id } });
    expect(entry).toMatchObject({ kind: 'export', actor: boss.username, body: { what } });
  }
});

test('amounts are yuan, a credit stays a number, and filters are those of the list', async () => {
  await api.db.payment.create({
    data: {
      ...{
        paymentRef: 'p1',
        customerNo: 'wang',
        givenCustomerNo: 'wang',
        channel: '=HYPERLINK("x")',
      },
      ...{ amountFen: 12_345n, receivedAt: new Date('2026-01-31T01:30:00Z') },
    },
  });
  const balances = records((await boss.get('/exports/balances')).body);
  expect(balances).toContainEqual(['wang', '-23.45']);
  const { body } = await boss.get('/exports/payments?customerNo=wang');
  expect(body).toContain(`,123.45,2026-01-31T01:30:00.000Z,"'=HYPERLINK(""x"")"\r\n`);
  expect(records((await boss.get('/exports/payments?customerNo=liu')).body)).toHaveLength(1);
  const entries = await api.db.command.findMany({ where: { kind: 'export' } });
  expect(entries.map(({ body: said }) => said)).toContainEqual({
    ...{ what: 'payments', filter: { customerNo: 'wang' } },
  });
});

test('more rows than a page holds come whole, each once', async () => {
  await api.db.$executeRaw`
    insert into customer (customer_no, name, station, category, language)
    select 'x' || lpad(n::text, 5, '0'), '王小明', 'TB01', 'residential', 'zh-CN' from generate_series(1, 4321) n`;
  const { body } = await boss.get('/exports/customers?search=x');
  const rows = records(body).slice(1);
  expect(rows).toHaveLength(4321);
  expect(new Set(rows.map(([no]) => no)).size).toBe(4321);
  expect(rows[0]?.[1]).toBe('王小明');
});

test('one of a station gets only what is of it', async () => {
  const local = await api.as('supervisor', { stations: ['TB02'] });
  const stations = new Set<string | undefined>();
  for (const what of ['customers', 'bills'] as const)
    for (const row of records((await local.get(`/exports/${what}`)).body).slice(1))
      stations.add(row[what === 'customers' ? 2 : 3]);
  expect([...stations]).toEqual(['TB02']);
  const balances = records((await local.get('/exports/balances')).body);
  expect(balances.slice(1).map(([no]) => no)).toEqual(['liu']);
  const foreign = records((await local.get('/exports/customers?station=TB01')).body);
  expect(foreign).toHaveLength(1);
});

test('who may not, gets nothing and leaves no entry', async () => {
  const clerk = await api.as('clerk');
  const narrow = await api.as('supervisor');
  await api.db.apiToken.update({
    where: { id: narrow.token.split('_')[1] ?? '' },
    data: { scopes: ['export.read', 'customer.read'] },
  });
  const refusals = [
    await clerk.get('/exports/customers'),
    await narrow.get('/exports/audit'),
    await boss.get('/exports/customers?level=9'),
    await boss.get('/exports/customers?limit=5'),
    await boss.get('/exports/tasks?mine=true'),
    await boss.get('/exports/balances?asOf=soon'),
    await boss.get('/exports/meters'),
    await api.app.inject({
      ...{ method: 'HEAD', url: '/api/v1/exports/customers' },
      headers: { authorization: `Bearer ${boss.token}` },
    }),
  ].map(({ statusCode }) => statusCode);
  expect(refusals).toEqual([403, 403, 400, 400, 400, 400, 404, 405]);
  expect((await narrow.get('/exports/customers')).statusCode).toBe(200);
  expect(await api.db.command.count({ where: { kind: 'export' } })).toBe(1);
});

test('a second copy is a second export: it cannot hide behind the id of the first', async () => {
  const key = createHash('sha256').update('export').digest('hex');
  const headers = { 'idempotency-key': key };
  expect((await boss.get('/exports/bills?customerNo=wang', headers)).statusCode).toBe(200);
  expect((await boss.get('/exports/bills', headers)).statusCode).toBe(409);
  expect((await boss.get('/exports/customers', headers)).statusCode).toBe(409);
  expect(await api.db.command.count({ where: { kind: 'export' } })).toBe(1);
});

import { openDispute } from '../../../db/disputes';
import { recordPayment } from '../../../db/payments';
import { toFen } from '../../../domain/fen';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { on } from '../../support/facts';
import { openMonth, openWorld, orderAt, type World } from '../../support/world';

let world: World;
let api: TestApi;
let clerk: Caller;
let stranger: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  clerk = await api.as('clerk', { stations: ['TB01'] });
  stranger = await api.as('clerk', { stations: ['TB02'] });
});
beforeEach(() => world.reset());
afterAll(async () => {
  await api.close();
  await world.close();
});

type Row = { customerNo: string; owedFen: number; stage: string | null; flags: string[] };
const list = async (query: string, who = clerk): Promise<Row[]> =>
  (await who.get(`/customers?${query}`)).json<{ items: Row[] }>().items;
const names = async (query: string): Promise<string[]> =>
  (await list(query)).map(({ customerNo }) => customerNo);
const pay = (customerNo: string, amountFen: number, paymentRef: string) =>
  recordPayment(world.db, {
    paymentRef,
    customerNo,
    amountFen: toFen(amountFen),
    receivedAt: on(3),
    channel: 'counter',
  });

describe('the list of customers', () => {
  test('tells what is owed now: a payment and a dispute are in the very next answer', async () => {
    const [before] = await list('search=wang');
    if (before === undefined) throw new Error('no wang');
    expect(before.owedFen).toBeGreaterThan(0);
    await pay('wang', before.owedFen - 1, 'p-1');
    expect((await list('search=wang'))[0]).toMatchObject({ owedFen: 1, flags: [] });
    await openDispute(world.db, orderAt(on(4), 'd-1'), 'b-wang');
    expect((await list('search=wang'))[0]?.flags).toEqual(['disputed']);
    await pay('wang', 1, 'p-2');
    expect((await list('search=wang'))[0]).toMatchObject({ owedFen: 0, oldestDueOn: null });
  });

  test('finds a phone number as people write it, without +86', async () => {
    await world.db.customer.update({
      where: { customerNo: 'wang' },
      data: { phone: '+8613900000017' },
    });
    expect(await names('search=13900000017')).toEqual(['wang']);
    expect(await names('search=%2B8613900000017')).toEqual(['wang']);
    expect(await names('search=3900000017')).toEqual([]);
  });

  test('agrees with what the customer’s own page says', async () => {
    for (const { customerNo, owedFen } of await list('limit=200')) {
      const one = (await clerk.get(`/customers/${customerNo}`)).json<{ owedFen: number }>();
      expect([customerNo, one.owedFen]).toEqual([customerNo, owedFen]);
    }
  });

  test('filters by amount, days overdue, flag and stage; the count agrees', async () => {
    await openMonth(world.db, 'wang');
    await pay('zhao', 1_000_000, 'p-1').catch(() => undefined);
    expect(await names('stage=opened')).toEqual(['wang']);
    expect(await names('minOwedFen=1&stage=opened&minOverdueDays=1')).toEqual(['wang']);
    expect(await names('stage=opened&maxOverdueDays=-9000')).toEqual([]);
    expect(await names('flags=held')).toEqual([]);
    await clerk.send('POST', '/holds', { scope: 'customer', ref: 'wang', reason: 'flood' });
    expect(await names('flags=held')).toEqual(['wang']);
    expect(await names('flags=held,disputed')).toEqual([]);
    const count = (await clerk.get('/customers/count?flags=held')).json<{ customers: number }>();
    expect(count.customers).toBe(1);
  });

  test.each(['number', 'owed', 'overdue'])('pages by %s, each customer once', async (sort) => {
    const whole = await list(`sort=${sort}&limit=200`, await api.as('supervisor'));
    const seen: string[] = [];
    let cursor: string | null = '';
    const all = await api.as('supervisor');
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await all.get(`/customers?sort=${sort}&limit=1${more}`)).json<{
        items: Row[];
        nextCursor: string | null;
      }>();
      seen.push(...page.items.map(({ customerNo }) => customerNo));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole.map(({ customerNo }) => customerNo));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('shows nothing of another station, and refuses what it does not know', async () => {
    expect(await list('', stranger)).not.toContainEqual(
      expect.objectContaining({ customerNo: 'wang' }),
    );
    for (const query of [
      'flags=rich',
      'stage=cut',
      'level=4',
      'minOwedFen=1.5',
      'colour=red',
      'cursor=e30',
    ])
      expect([query, (await clerk.get(`/customers?${query}`)).statusCode]).toEqual([query, 400]);
  });
});

describe('the procedure file', () => {
  test('tells bill, month, hold, release with its reason, and refused orders, in the reader’s language', async () => {
    await openMonth(world.db, 'wang');
    const supervisor = await api.as('supervisor', { stations: ['TB01'], username: 'chen' });
    const over = { scope: 'customer', ref: 'wang' };
    await supervisor.send('POST', '/holds', { ...over, reason: '水灾' });
    await supervisor.send('POST', '/holds/release', { ...over, reason: '水退了' });
    await supervisor.send('POST', '/holds/release', { ...over, reason: 'again' });
    const read = async (language: string) =>
      (await clerk.get('/customers/wang/timeline', { 'accept-language': language })).json<{
        items: { kind: string; text: string }[];
      }>().items;
    const rows = await read('zh-CN,zh;q=0.9,en;q=0.8');
    expect(rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['billIssued', 'monthOpened', 'held', 'released', 'orderRefused']),
    );
    const text = rows.map((row) => row.text).join('\n');
    expect(text).toContain('暂停催收（客户），直至另行通知，chen：水灾');
    expect(text).toContain('恢复催收（客户），chen：水退了');
    const english = (await read('en-GB')).map((row) => row.text).join('\n');
    expect(english).toContain(
      'order refused (release): There is no hold to release. Given by chen',
    );
  });

  test('begins where it is asked to', async () => {
    const since = '2090-01-01T00:00:00Z';
    expect((await clerk.get(`/customers/wang/timeline?since=${since}`)).json()).toEqual({
      items: [],
    });
    expect((await clerk.get('/customers/wang/timeline?since=soon')).statusCode).toBe(400);
    expect((await stranger.get('/customers/wang/timeline')).statusCode).toBe(404);
  });
});

test('the stations are told with how many customers they have, each person’s own', async () => {
  const stations = async (who: Caller) => (await who.get('/stations')).json<{ items: unknown }>();
  expect(await stations(clerk)).toEqual({ items: [{ station: 'TB01', customers: 1 }] });
  expect(await stations(stranger)).toEqual({ items: [{ station: 'TB02', customers: 1 }] });
});

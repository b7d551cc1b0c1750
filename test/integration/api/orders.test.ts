import { startApi, type Caller, type TestApi } from '../../support/api';
import { openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let supervisor: Caller;
let clerk: Caller;
let stranger: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  supervisor = await api.as('supervisor', { stations: ['TB01'] });
  clerk = await api.as('clerk', { stations: ['TB01'] });
  stranger = await api.as('supervisor', { stations: ['TB02'] });
});
beforeEach(() => world.reset());
afterAll(async () => {
  await api.close();
  await world.close();
});

const hold = { scope: 'customer', ref: 'wang', reason: 'flood' };
const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code?: string }).code;

describe('an order by the API', () => {
  test('is the fact and the entry that says who, why and by which request', async () => {
    const answer = await clerk.send('POST', '/holds', hold, { 'x-request-id': 'r-1' });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { result: 'applied' }]);
    expect(await world.db.hold.findMany()).toMatchObject([
      { ref: 'wang', placedBy: clerk.username },
    ]);
    const { items } = (await supervisor.get('/audit')).json<{ items: unknown[] }>();
    expect(items).toMatchObject([
      {
        kind: 'hold',
        actor: clerk.username,
        reason: 'flood',
        door: 'api',
        station: 'TB01',
        requestId: 'r-1',
      },
    ]);
  });

  test('repeated by its key changes nothing; the key of another order is refused', async () => {
    const key = { 'idempotency-key': 'k-1' };
    await clerk.send('POST', '/holds', hold, key);
    const again = await clerk.send('POST', '/holds', hold, key);
    expect(again.json()).toEqual({ id: 'k-1', result: 'repeated' });
    expect(await world.db.hold.count()).toBe(1);
    const other = await supervisor.send('POST', '/bills/b-wang/disputes', { reason: 'meter' }, key);
    expect([other.statusCode, codeOf(other)]).toEqual([409, 'refused']);
    expect(await world.db.dispute.count()).toBe(0);
  });

  test('that is only tried tells what would become of it, and leaves nothing, not even an entry', async () => {
    const dry = { 'x-dry-run': 'true', 'idempotency-key': 'k-dry' };
    const held = await clerk.send('POST', '/holds', hold, dry);
    expect(held.json()).toEqual({ id: 'k-dry', result: 'wouldApply' });
    const refused = await supervisor.send('POST', '/holds/release', hold, dry);
    expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'refused']);
    const money = { customerNo: 'wang', amountFen: 100 };
    const paid = await clerk.send('POST', '/payments', money, dry);
    expect(paid.json()).toMatchObject({ result: 'recorded', paymentRef: 'k-dry' });
    const { hold: holds, command, payment, nudge } = world.db;
    expect(
      await Promise.all([holds.count(), command.count(), payment.count(), nudge.count()]),
    ).toEqual([0, 0, 0, 0]);
  });

  test('is not tried where no trial is offered, nor by another word than true', async () => {
    const answers = await Promise.all([
      clerk.send('POST', '/holds', hold, { 'x-dry-run': 'yes' }),
      supervisor.send(
        'POST',
        '/tokens',
        { name: 'x', scopes: ['customer.read'], days: 1, reason: 'x' },
        { 'x-dry-run': 'true' },
      ),
    ]);
    for (const answer of answers)
      expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'badRequest']);
    expect(await world.db.command.count()).toBe(0);
  });

  test('about another station is the same 404 as about nobody, and leaves nothing behind', async () => {
    const reason = 'x';
    const orders = ['wang', 'nobody'].map((ref) => [
      stranger.get(`/customers/${ref}`),
      stranger.get(`/customers/${ref}/timeline`),
      stranger.send('POST', '/holds', { ...hold, ref }),
      stranger.send('POST', `/customers/${ref}/escalations`, { reason, toLevel: 1 }),
      stranger.send('POST', `/customers/${ref}/promises`, { reason, promisedOn: '2090-01-01' }),
      stranger.send('POST', `/bills/b-${ref}/disputes`, { reason }),
    ]);
    for (const answers of orders)
      for (const answer of await Promise.all(answers)) expect(answer.statusCode).toBe(404);
    expect(await world.db.command.count()).toBe(0);
  });

  test('a clerk holds one bill, and another station does not know it', async () => {
    const over = { scope: 'bill', ref: 'b-wang', reason: 'meter' };
    expect((await stranger.send('POST', '/holds', over)).statusCode).toBe(404);
    expect((await clerk.send('POST', '/holds', over)).statusCode).toBe(200);
    expect(await world.db.hold.findMany()).toMatchObject([{ scope: 'bill', ref: 'b-wang' }]);
  });

  test('a clerk may not place over a station, a supervisor may; release tells when there is none', async () => {
    const over = { scope: 'station', ref: 'TB01', reason: 'storm' };
    expect((await clerk.send('POST', '/holds', over)).statusCode).toBe(403);
    expect((await supervisor.send('POST', '/holds', over)).statusCode).toBe(200);
    expect((await clerk.get('/holds')).json()).toMatchObject({ items: [{ scope: 'station' }] });
    expect((await stranger.get('/holds')).json()).toMatchObject({ items: [] });
    const { scope, ref } = over;
    expect(
      (await supervisor.send('POST', '/holds/release', { scope, ref, reason: 'over' })).statusCode,
    ).toBe(200);
    const none = await supervisor.send('POST', '/holds/release', { scope, ref, reason: 'over' });
    expect([none.statusCode, none.json<{ detail: string }>().detail]).toEqual([
      409,
      'There is no hold to release.',
    ]);
  });

  test('over everything is for who has all stations; it is one row, and its release one', async () => {
    const over = { scope: 'everything', reason: 'wrong tariff' };
    expect((await supervisor.send('POST', '/holds', over)).statusCode).toBe(403);
    expect((await supervisor.send('POST', '/holds/release', over)).statusCode).toBe(403);
    const everywhere = await api.as('supervisor');
    expect((await everywhere.send('POST', '/holds', over)).statusCode).toBe(200);
    expect(await world.db.hold.findMany()).toMatchObject([{ scope: 'everything', ref: '' }]);
    expect((await everywhere.send('POST', '/holds/release', over)).statusCode).toBe(200);
  });

  test('over everything is placed by an administrator too: who runs the machine can stop it', async () => {
    const over = { scope: 'everything', reason: 'the provider sends twice' };
    const administrator = await api.as('administrator');
    expect((await administrator.send('POST', '/holds', over)).statusCode).toBe(200);
    expect((await administrator.send('POST', '/holds/release', over)).statusCode).toBe(200);
    const station = { scope: 'station', ref: 'TB01', reason: 'x' };
    expect((await administrator.send('POST', '/holds', station)).statusCode).toBe(403);
  });

  test('with an unknown field, a wrong type or no reason is refused with the field named', async () => {
    const wrong = [
      { ...hold, colour: 'red' },
      { ...hold, reason: ' ' },
      { ...hold, reason: 'a\u0000b' },
      { ...hold, until: 'soon' },
      { scope: 'everything', ref: 'wang', reason: 'x' },
    ];
    for (const body of wrong) {
      const answer = await supervisor.send('POST', '/holds', body);
      expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'badRequest']);
      expect(answer.json<{ detail: string }>().detail).toMatch(/^body/);
    }
    expect(await world.db.command.count()).toBe(0);
  });

  test('a promise is one at a time and not for yesterday', async () => {
    const promise = (promisedOn: string) =>
      clerk.send('POST', '/customers/wang/promises', { reason: 'said so', promisedOn });
    expect((await promise('2001-01-01')).statusCode).toBe(409);
    expect((await promise('2090-01-01')).statusCode).toBe(200);
    expect((await promise('2090-01-02')).statusCode).toBe(409);
    expect(await world.db.promise.count()).toBe(1);
  });
});

describe('a payment by the API', () => {
  const payment = { customerNo: 'wang', amountFen: 100 };

  test('needs its number; the same again is unchanged, another content is a conflict', async () => {
    expect((await clerk.send('POST', '/payments', payment)).statusCode).toBe(400);
    const key = { 'idempotency-key': 'p-1' };
    expect((await clerk.send('POST', '/payments', payment, key)).json()).toMatchObject({
      result: 'recorded',
      matched: true,
    });
    expect((await clerk.send('POST', '/payments', payment, key)).json()).toMatchObject({
      result: 'unchanged',
    });
    const other = await clerk.send('POST', '/payments', { ...payment, amountFen: 200 }, key);
    expect([other.statusCode, codeOf(other)]).toEqual([409, 'conflict']);
    expect(await world.db.payment.count()).toBe(1);
  });
});

describe('a list', () => {
  test('turns pages through every row once, and refuses a cursor of its own making', async () => {
    const everywhere = await api.as('auditor');
    const first = (await everywhere.get('/customers?limit=1')).json<{
      items: { customerNo: string }[];
      nextCursor: string;
    }>();
    const second = (await everywhere.get(`/customers?limit=1&cursor=${first.nextCursor}`)).json<
      typeof first
    >();
    expect([...first.items, ...second.items].map(({ customerNo }) => customerNo)).toEqual([
      'liu',
      'wang',
    ]);
    expect(second.nextCursor).toBeNull();
    for (const cursor of ['x', 'bnVsbA', Buffer.from('{"a":1}').toString('base64url')])
      expect((await everywhere.get(`/customers?cursor=${cursor}`)).statusCode).toBe(400);
  });

  test('finds by number, name and phone, and shows where the customer stands', async () => {
    for (const search of ['wan', 'ang', encodeURIComponent('+8613871281212')]) {
      const found = (await clerk.get(`/customers?search=${search}`)).json<{
        items: { customerNo: string }[];
      }>();
      expect(found.items.map(({ customerNo }) => customerNo)).toEqual(['wang']);
    }
    expect((await clerk.get('/customers/wang')).json()).toMatchObject({
      owedFen: 10_000,
      openCycle: null,
      next: null,
    });
    expect((await clerk.get('/customers/wang/next')).json()).toEqual({ items: [] });
  });
});

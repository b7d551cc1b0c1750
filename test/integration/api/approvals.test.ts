import { startApi, type Caller, type TestApi } from '../../support/api';
import { openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let chen: Caller;
let li: Caller;
let stranger: Caller;
let clerk: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  chen = await api.as('supervisor', { username: 'chen', stations: ['TB01'] });
  li = await api.as('supervisor', { username: 'li', stations: ['TB01'] });
  stranger = await api.as('supervisor', { stations: ['TB02'] });
  clerk = await api.as('clerk', { stations: ['TB01'] });
});
beforeEach(async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const override = { level: 1, until: '2090-01-01T00:00:00Z', reason: 'insolvent' };
const ask = (id = 'a1', by = chen) =>
  by.send('POST', '/customers/wang/grade-overrides', override, { 'idempotency-key': id });
const decide = (decision: string, by = li, id = 'a1') =>
  by.send('POST', `/approvals/${id}/decision`, { decision, reason: 'seen' });
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
const items = async (url: string, by = chen) =>
  (await by.get(url)).json<{ items: Record<string, unknown>[] }>().items;

describe('an override by the API', () => {
  test('is asked for by one, approved by another, in force from then, and ended early by one', async () => {
    expect(said(await ask())).toEqual([200, 'applied']);
    expect(await items('/approvals')).toMatchObject([
      { id: 'a1', kind: 'override', requestedBy: 'chen', body: { level: 1 }, decision: null },
    ]);
    expect(await items('/grade-overrides')).toEqual([]);
    expect(said(await decide('approve'))).toEqual([200, 'applied']);
    expect(await items('/grade-overrides')).toMatchObject([
      { customerNo: 'wang', station: 'TB01', level: 1, requestedBy: 'chen', approvedBy: 'li' },
    ]);
    const end = () =>
      chen.send('POST', '/customers/wang/grade-overrides/end', { reason: 'paid up' });
    expect(said(await end())).toEqual([200, 'applied']);
    expect(said(await end())).toEqual([409, 'Customer wang has no override in force.']);
    expect(await items('/grade-overrides')).toEqual([]);
    expect(await items('/grade-overrides?state=over')).toMatchObject([{ endedBy: 'chen' }]);
  });

  test('is never approved nor rejected by who asked, and withdrawn by nobody else', async () => {
    await ask();
    for (const decision of ['approve', 'reject'])
      expect(said(await decide(decision, chen))).toEqual([
        409,
        `You asked for approval a1 yourself: another person has to ${decision} it.`,
      ]);
    const withdraw = (by: Caller) =>
      by.send('POST', '/approvals/a1/withdrawal', { reason: 'mistaken' });
    expect((await withdraw(li)).statusCode).toBe(409);
    expect(said(await withdraw(chen))).toEqual([200, 'applied']);
    expect(said(await decide('approve'))).toEqual([
      409,
      'Approval a1 was withdrawn by chen already.',
    ]);
    expect(await items('/approvals')).toEqual([]);
    expect(await items('/approvals?state=decided')).toMatchObject([{ decision: 'withdrawn' }]);
    expect(await items('/approvals?state=all&kind=waiver')).toEqual([]);
  });

  test('asked for or approved again by the same key is once', async () => {
    await ask();
    expect(said(await ask())).toEqual([200, 'repeated']);
    const key = { 'idempotency-key': 'd1' };
    const approve = () =>
      li.send('POST', '/approvals/a1/decision', { decision: 'approve', reason: 'seen' }, key);
    expect(said(await approve())).toEqual([200, 'applied']);
    expect(said(await approve())).toEqual([200, 'repeated']);
    expect(await world.db.gradeOverride.count()).toBe(1);
  });

  test('that is only tried leaves nothing', async () => {
    const dry = { 'x-dry-run': 'true' };
    const tried = await chen.send('POST', '/customers/wang/grade-overrides', override, dry);
    expect(said(tried)).toEqual([200, 'wouldApply']);
    await ask();
    const approval = { decision: 'approve', reason: 'seen' };
    const approved = await li.send('POST', '/approvals/a1/decision', approval, dry);
    expect(said(approved)).toEqual([200, 'wouldApply']);
    expect([await world.db.approval.count(), await world.db.gradeOverride.count()]).toEqual([1, 0]);
  });

  test('is not there for another station, nor for a clerk', async () => {
    await ask();
    const answers = [
      await stranger.get('/approvals/a1'),
      await decide('approve', stranger),
      await stranger.send('POST', '/approvals/a1/withdrawal', { reason: 'x' }),
      await ask('a2', stranger),
      await stranger.send('POST', '/customers/wang/grade-overrides/end', { reason: 'x' }),
      await chen.get('/approvals/none'),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(await items('/approvals', stranger)).toEqual([]);
    expect([
      (await ask('a3', clerk)).statusCode,
      (await decide('approve', clerk)).statusCode,
    ]).toEqual([403, 403]);
    expect((await chen.get('/approvals/a1')).json()).toMatchObject({ decision: null });
  });

  test('for what the rules do not take is refused with the sentence', async () => {
    const past = { ...override, until: '2001-01-01T00:00:00Z' };
    const [status, sentence] = said(
      await chen.send('POST', '/customers/wang/grade-overrides', past),
    );
    expect([status, sentence]).toEqual([409, expect.stringContaining('which is past')]);
    const wrong = { ...override, level: 4 };
    expect((await chen.send('POST', '/customers/wang/grade-overrides', wrong)).statusCode).toBe(
      400,
    );
  });
});

describe('a waiver by the API', () => {
  const waive = (amountFen: unknown, by = chen) =>
    by.send(
      'POST',
      '/bills/b-wang/waivers',
      { amountFen, reason: 'flood' },
      { 'idempotency-key': 'w1' },
    );

  test('is asked for, approved, and then off the penalty', async () => {
    const [before] = await items('/customers/wang/penalties', clerk);
    expect(before).toMatchObject({ billNo: 'b-wang', waivedFen: 0, posted: false });
    expect(said(await waive(100))).toEqual([200, 'applied']);
    expect(await items('/waivers')).toEqual([]);
    expect(said(await decide('approve', li, 'w1'))).toEqual([200, 'applied']);
    expect(await items('/waivers?billNo=b-wang')).toMatchObject([
      { id: 'w1', amountFen: 100, requestedBy: 'chen', approvedBy: 'li', reason: 'flood' },
    ]);
    const [after] = await items('/customers/wang/penalties', clerk);
    expect(after).toMatchObject({ waivedFen: 100, leftFen: Number(before?.['leftFen']) - 100 });
    expect(await items('/waivers', stranger)).toEqual([]);
  });

  test('of more than there is, of nothing, or at another station is refused', async () => {
    const [status, sentence] = said(await waive(99_999_999));
    expect([status, sentence]).toEqual([409, expect.stringContaining('no more than that')]);
    for (const wrong of [0, -5, 1.5, '7']) expect((await waive(wrong)).statusCode).toBe(400);
    expect((await waive(100, stranger)).statusCode).toBe(404);
    expect((await stranger.get('/customers/wang/penalties')).statusCode).toBe(404);
    expect(await world.db.approval.count()).toBe(0);
  });
});

describe('a skip by the API', () => {
  const skip = (stepKey: string, by = chen, more = {}) =>
    by.send('POST', '/customers/wang/skips', { stepKey, reason: 'spoke to him', ...more });

  test('passes over a step once, and never over a mandatory notice', async () => {
    expect(said(await skip('overdue-2'))).toEqual([200, 'applied']);
    expect((await skip('overdue-2')).statusCode).toBe(409);
    expect(said(await skip('demand'))).toEqual([
      409,
      'The step demand is mandatory; it cannot be skipped.',
    ]);
    expect(await world.db.step.findMany({ where: { status: 'skipped' } })).toMatchObject([
      { billNo: 'b-wang', stepKey: 'overdue-2', actor: 'chen' },
    ]);
  });

  test('is for a supervisor of the station, about a bill of the customer', async () => {
    expect((await skip('overdue-2', stranger)).statusCode).toBe(404);
    expect((await skip('overdue-2', clerk)).statusCode).toBe(403);
    expect(said(await skip('overdue-2', chen, { billNo: 'b-liu' }))).toEqual([
      409,
      'Bill b-liu is not open.',
    ]);
    expect(await world.db.step.count()).toBe(0);
  });
});

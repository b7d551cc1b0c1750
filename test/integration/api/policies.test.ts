import gradePolicy from '../../../db/policies/tabei-grade-v1.json';
import ladderPolicy from '../../../db/policies/tabei-v1.json';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { openMonth, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let chen: Caller;
let li: Caller;
let clerk: Caller;
let local: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  chen = await api.as('supervisor', { username: 'chen' });
  li = await api.as('supervisor', { username: 'li' });
  clerk = await api.as('clerk', { stations: ['TB01'] });
  local = await api.as('supervisor', { stations: ['TB01'] });
});
beforeEach(() => world.reset());
afterEach(() => world.db.policy.deleteMany({ where: { NOT: { id: { startsWith: 'tabei-' } } } }));
afterAll(async () => {
  await api.close();
  await world.close();
});

type Body = typeof ladderPolicy.body;
const changed = (change: (body: Body) => void = () => undefined): Body => {
  const body = structuredClone(ladderPolicy.body);
  change(body);
  return body;
};
const later = changed((body) => {
  const step = body.ladders['3'].find(({ key }) => key === 'overdue-2');
  if (step !== undefined) step.day = 8;
});
const doc = (body: unknown = later, effectiveFrom = '2090-01-01') => ({
  draft: { kind: 'ladder', effectiveFrom, body },
  reason: 'less often',
});
const draft = (id = 'v2', given: object = doc(), by = chen) =>
  by.send('POST', '/policies', { id, ...given });
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
const stateOf = async (id: string) => {
  const { items } = (await clerk.get('/policies')).json<{
    items: { id: string; state: string }[];
  }>();
  return items.find((row) => row.id === id)?.state;
};
const errorsOf = (answer: { json: () => unknown }) =>
  (answer.json() as { errors?: { path: string; message: string }[] }).errors;

test('the version in force is there with its document and the ladder as a table', async () => {
  expect(await stateOf('tabei-v1')).toBe('inForce');
  const one = (await clerk.get('/policies/tabei-v1')).json<{ ladder: unknown[] }>();
  expect(one).toMatchObject({ body: ladderPolicy.body, faults: [] });
  expect(one.ladder[0]).toMatchObject({
    key: 'bill-notice',
    mandatory: true,
    levels: { 1: { text: 'issue: sms + email + call' }, 3: { on: 'issue' } },
  });
  const grading = (await clerk.get('/policies/tabei-grade-v1')).json<object>();
  expect(grading).toMatchObject({ body: gradePolicy.body, ladder: [], faults: [] });
  expect((await clerk.get('/policies/none')).statusCode).toBe(404);
});

test('a draft is in force nowhere, can be told apart, replaced and taken back', async () => {
  expect(said(await draft())).toEqual([201, 'applied']);
  expect(await stateOf('v2')).toBe('draft');
  expect((await clerk.get('/policies/v2/diff')).json()).toMatchObject({
    before: 'tabei-v1',
    after: 'v2',
    changes: [{ path: 'ladders.3.overdue-2.day', before: 7, after: 8 }],
  });
  expect((await clerk.get('/policies/v2/diff?against=v2')).json()).toMatchObject({ changes: [] });
  expect((await clerk.get('/policies/v2/diff?against=tabei-grade-v1')).statusCode).toBe(409);
  expect(said(await chen.send('PUT', '/policies/v2', doc(ladderPolicy.body)))).toEqual([
    200,
    'applied',
  ]);
  expect((await clerk.get('/policies/v2/diff')).json()).toMatchObject({ changes: [] });
  const withdraw = () => chen.send('POST', '/policies/v2/withdrawal', { reason: 'not needed' });
  expect(said(await withdraw())).toEqual([200, 'applied']);
  expect([(await withdraw()).statusCode, await stateOf('v2')]).toEqual([404, undefined]);
});

test('a draft that breaks the laws of the ladder is refused with every fault and its place', async () => {
  const broken = changed((body) => {
    body.ladders['3'] = body.ladders['3'].filter(({ key }) => key !== 'demand');
    body.penalty.resident.sameYearPpm = 5_000;
  });
  const answer = await draft('v2', doc(broken));
  expect(answer.statusCode).toBe(409);
  expect(errorsOf(answer)).toEqual([
    { path: 'ladders.3', message: 'has one formal demand' },
    { path: 'penalty.resident.sameYearPpm', message: 'at most 1000' },
  ]);
  expect(await stateOf('v2')).toBeUndefined();
});

test.each<[string, unknown]>([
  ['a word that no policy has', { ...ladderPolicy.body, colour: 'red' }],
  ['a missing level', { ...ladderPolicy.body, ladders: { 1: [], 2: [] } }],
  ['an unknown channel', changed((body) => body.ladders['3'][0]?.channels.push('fax'))],
  ['half a day', changed((body) => (body.shortestGapDays = 0.5))],
  ['the other kind', gradePolicy.body],
])('a document with %s is a bad request that names the field', async (_rule, body) => {
  const answer = await draft('v2', doc(body));
  expect(answer.statusCode).toBe(400);
  expect(errorsOf(answer)?.[0]?.path).toMatch(/^body\/draft/);
});

test('a grading policy is drafted too, and its tables take no control characters', async () => {
  const grading = (supplyArea: object) => ({
    draft: {
      kind: 'grading',
      effectiveFrom: '2090-01-01',
      body: { ...gradePolicy.body, supplyArea },
    },
    reason: 'the hills pay late',
  });
  expect(said(await draft('g2', grading({ default: 0, hills: 5 })))).toEqual([201, 'applied']);
  for (const table of [{ hills: 5 }, { default: 0, 'a\u0000b': 1 }])
    expect((await draft('g3', grading(table))).statusCode).toBe(400);
  expect(await stateOf('g3')).toBeUndefined();
});

describe('an activation', () => {
  const ask = (by = chen, id = 'v2') =>
    by.send(
      'POST',
      `/policies/${id}/activation`,
      { reason: 'agreed', withoutReport: 'a test' },
      { 'idempotency-key': 'a1' },
    );
  const decide = (by: Caller) =>
    by.send('POST', '/approvals/a1/decision', { decision: 'approve', reason: 'read it' });

  test('takes two people of all stations, and then comes on its day', async () => {
    await draft();
    expect((await ask(local)).statusCode).toBe(403);
    expect(said(await ask())).toEqual([200, 'applied']);
    expect(await stateOf('v2')).toBe('draft');
    expect((await decide(chen)).statusCode).toBe(409);
    expect((await decide(local)).statusCode).toBe(404);
    expect(said(await decide(li))).toEqual([200, 'applied']);
    expect(await stateOf('v2')).toBe('toCome');
    for (const answer of [
      await chen.send('PUT', '/policies/v2', doc()),
      await chen.send('POST', '/policies/v2/withdrawal', { reason: 'x' }),
    ])
      expect(said(answer)).toEqual([
        409,
        'Policy v2 was activated. A version never changes; draft another.',
      ]);
  });

  test('is about the draft as it was asked for: while it waits nobody changes it', async () => {
    await draft();
    await ask();
    const waits = 'Approval a1 asks to activate policy v2 as it is. Decide or withdraw it first.';
    expect(said(await li.send('PUT', '/policies/v2', doc(ladderPolicy.body)))).toEqual([
      409,
      waits,
    ]);
    const withdraw = await li.send('POST', '/policies/v2/withdrawal', { reason: 'x' });
    expect(said(withdraw)).toEqual([409, waits]);
    expect((await clerk.get('/policies/v2')).json()).toMatchObject({ body: later });
  });

  test('of a day that is past, or of what is active, is refused', async () => {
    await draft('v2', doc(later, '2001-01-01'));
    expect(said(await ask())).toEqual([409, expect.stringContaining('which is past')]);
    const active = await li.send('POST', '/policies/tabei-v1/activation', { reason: 'x' });
    expect(said(active)).toEqual([409, 'Policy tabei-v1 is active already.']);
    expect((await clerk.send('POST', '/policies/v2/activation', { reason: 'x' })).statusCode).toBe(
      403,
    );
  });
});

describe('a preview', () => {
  const preview = (query: string, by = clerk, id = 'tabei-v1') =>
    by.get(`/policies/${id}/preview?${query}`);

  test('is the message as it would be sent, with what is owed now; nothing is sent or kept', async () => {
    await openMonth(world.db, 'wang');
    const answer = await preview('customerNo=wang&stepKey=demand&channel=sms');
    const told = answer.json<{ body: string; owedFen: number; sms: { parts: number } }>();
    expect(told).toMatchObject({
      kind: 'demand',
      language: 'zh-CN',
      address: '+8613871281212',
      reachable: true,
      owedFen: 10_000,
      templateVersion: 1,
    });
    expect(told.body).toContain('100.00');
    expect(told.sms.parts).toBeGreaterThan(0);
    const mail = await preview('customerNo=wang&stepKey=bill-notice&channel=email');
    expect(mail.json()).toMatchObject({
      sms: null,
      html: expect.stringContaining('<div') as string,
    });
    const { message, command, nudge } = world.db;
    expect([await message.count(), await command.count(), await nudge.count()]).toEqual([0, 0, 0]);
  });

  test('of what is not there, or to nobody, says why', async () => {
    expect((await preview('customerNo=wang&stepKey=none&channel=sms')).statusCode).toBe(404);
    expect((await preview('customerNo=liu&stepKey=demand&channel=sms')).statusCode).toBe(404);
    expect((await preview('customerNo=wang&stepKey=demand&channel=fax')).statusCode).toBe(400);
    expect(said(await preview('customerNo=wang&stepKey=review&channel=sms'))).toEqual([
      409,
      'The step review sends no message.',
    ]);
    await world.db.bill.deleteMany();
    expect(said(await preview('customerNo=wang&stepKey=demand&channel=sms'))).toEqual([
      409,
      'Customer wang owes nothing that may be asked for now, so there is no such message.',
    ]);
  });
});

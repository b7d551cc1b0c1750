import { MockActivityEnvironment } from '@temporalio/testing';
import type { z } from 'zod';
import { createCampaignActivities } from '../../../activities/campaign';
import type { ExperimentFigures } from '../../../api/schema/experiments';
import ladderPolicy from '../../../db/policies/tabei-v1.json';
import { openRuleBook } from '../../../db/rules';
import { setClock } from '../../../db/clock';
import { armOf } from '../../../domain/experiment';
import { toPeriod, type Instant } from '../../../domain/time';
import { capturingMailer, capturingSms } from '../../../providers/capture';
import { startApi, type Caller, type TestApi } from '../../support/api';
import { tarimWith } from '../../support/cli';
import { on } from '../../support/facts';
import { addBill, addCustomer, openWorld, type World } from '../../support/world';

let world: World;
let api: TestApi;
let url: string;
let chen: Caller;
let li: Caller;
let local: Caller;
beforeAll(async () => {
  world = await openWorld();
  api = await startApi({}, { url: world.url });
  url = await api.listen();
  chen = await api.as('supervisor', { username: 'chen' });
  li = await api.as('supervisor', { username: 'li' });
  local = await api.as('supervisor', { stations: ['TB02'] });
});
const clear = async () => {
  await world.reset();
  await world.db.$executeRaw`truncate experiment, approval cascade`;
  await world.db.policy.deleteMany({ where: { NOT: { id: { startsWith: 'tabei-' } } } });
};
beforeEach(async () => {
  await clear();
  await setClock(world.db, on(-20), 'test');
  const draft = { kind: 'ladder', effectiveFrom: '2090-01-01', body: later };
  await chen.send('POST', '/policies', { id: 'v2', draft, reason: 'try' });
});
afterEach(clear);
afterAll(async () => {
  await api.close();
  await world.close();
});

/** A bill notice by SMS alone. */
const later = structuredClone(ladderPolicy.body);
for (const level of ['1', '2', '3'] as const)
  for (const step of later.ladders[level]) if (step.kind === 'billNotice') step.channels = ['sms'];

const ask = (id: string, more: object = {}, by = chen) =>
  by.send(
    'POST',
    '/experiments',
    { challengerId: 'v2', sharePercent: 50, withoutReport: 'a test', reason: 'look', ...more },
    { 'idempotency-key': id },
  );
const approve = (id: string, by = li) =>
  by.send('POST', `/approvals/${id}/decision`, { decision: 'approve', reason: 'agreed' });
const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};
const begun = async (id = 'e1') => {
  expect(said(await ask(id))).toEqual([200, 'applied']);
  expect(said(await approve(id))).toEqual([200, 'applied']);
};

/** Opens the month of a station as its campaign does; gives what each run was started with. */
async function opens(period: string, asOf: Instant, station = 'TB01') {
  const started: { customerNo: string; next: object }[] = [];
  const deps = { db: world.db, book: openRuleBook(world.db) };
  const captured = { sms: capturingSms(), mailer: capturingMailer() };
  const campaign = createCampaignActivities({ ...deps, ...captured }, (start) => {
    started.push(start);
    return Promise.resolve();
  });
  const page = { station, period: toPeriod(period), asOf, offsetMs: 0, openedBy: 'test' };
  await new MockActivityEnvironment().run(() =>
    campaign.openPage({ ...page, after: '', size: 500 }),
  );
  return started;
}

const months = () =>
  world.db.cycle.findMany({ orderBy: [{ customerNo: 'asc' }, { period: 'asc' }] });

test('two people begin it; from then on a share of the months is opened under the challenger, the same customers each time', async () => {
  const crowd = Array.from({ length: 20 }, (_, nth) => `n${nth}`);
  for (const no of crowd) {
    await addCustomer(world.db, no, { phone: '+8613871281212', email: 'n@example.test' });
    await addBill(world.db, no, { billNo: `b-${no}` });
  }
  expect(said(await ask('e1'))).toEqual([200, 'applied']);
  expect((await approve('e1', chen)).statusCode).toBe(409);
  await opens('2026-01', on(-19));
  expect(await months()).toEqual([]);
  expect(said(await approve('e1'))).toEqual([200, 'applied']);
  const started = await opens('2026-02', on(-18));
  const rows = await months();
  for (const { customerNo, arm, policyId, experimentId } of rows)
    expect({ customerNo, arm, policyId, experimentId }).toEqual({
      ...{ customerNo, arm: armOf('e1', customerNo, 50), experimentId: 'e1' },
      policyId: arm === 'challenger' ? 'v2' : 'tabei-v1',
    });
  expect(new Set(rows.map(({ arm }) => arm)).size).toBe(2);
  for (const { customerNo, next } of started) {
    const challenger = armOf('e1', customerNo, 50) === 'challenger';
    expect(next).toMatchObject({ channels: challenger ? ['sms'] : ['sms', 'email'] });
  }
  // Opened twice, each keeps its side and its first step.
  expect(await opens('2026-02', on(-18))).toEqual(started);
  const one = (await li.get('/customers/n0')).json<{ experiment: object }>();
  const arm = armOf('e1', 'n0', 50);
  expect(one.experiment).toEqual({
    id: 'e1',
    arm,
    policyId: arm === 'challenger' ? 'v2' : 'tabei-v1',
  });
});

test('both sides stand beside each other: recovery, days to payment, messages and cost', async () => {
  await begun();
  await opens('2026-02', on(-18));
  await opens('2026-02', on(-18), 'TB02');
  await setClock(world.db, on(30), 'test');
  const paid = { customerNo: 'wang', amountFen: 4_000, channel: 'counter' };
  const pays = await chen.send(
    'POST',
    '/payments',
    { ...paid, receivedAt: on(-8) },
    { 'idempotency-key': 'P1' },
  );
  expect(pays.statusCode).toBeLessThan(300);
  const found = (await li.get('/experiments/e1/figures')).json<
    z.output<typeof ExperimentFigures>
  >();
  const side = armOf('e1', 'wang', 50);
  expect(found.arms.find(({ arm }) => arm === side)).toMatchObject({
    receivedFen: 4_000,
    medianDaysToPayment: null,
    curve: [{ day: 10, receivedFen: 4_000 }],
  });
  const total = (of: 'billedFen' | 'months') => found.arms.reduce((sum, arm) => sum + arm[of], 0);
  expect([total('billedFen'), total('months')]).toEqual([20_000, 2]);
  const own = (await local.get('/experiments/e1/figures')).json<typeof found>();
  expect(own.arms.map(({ customers, receivedFen }) => [customers, receivedFen])).toEqual([[1, 0]]);
  const tarim = tarimWith({ TARIM_API_URL: url, TARIM_TOKEN: li.token });
  expect((await tarim('experiment figures e1')).out).toMatch(/received +.*¥40\.00/);
  expect((await tarim('experiment list')).out).toContain('chen, li');
});

test('ended by two people, it opens no more months; those that run keep their version', async () => {
  await begun();
  await opens('2026-02', on(-18));
  const end = () =>
    chen.send('POST', '/experiments/e1/end', { reason: 'enough' }, { 'idempotency-key': 'x1' });
  expect(said(await end())).toEqual([200, 'applied']);
  expect(said(await approve('x1'))).toEqual([200, 'applied']);
  await opens('2026-03', on(13));
  const rows = (await months()).filter(({ customerNo }) => customerNo === 'wang');
  expect(rows.map(({ period, experimentId }) => [period, experimentId])).toEqual([
    ['2026-02', 'e1'],
    ['2026-03', null],
  ]);
  expect(rows[1]?.policyId).toBe('tabei-v1');
  expect((await chen.send('POST', '/experiments/e1/end', { reason: 'again' })).statusCode).toBe(
    409,
  );
});

test('what makes no sense is refused: without a report, two at once, a ladder for all, a draft changed under it', async () => {
  expect((await ask('r0', {}, local)).statusCode).toBe(403);
  expect(said(await ask('r1', { withoutReport: undefined }))).toEqual([
    409,
    expect.stringContaining('Nobody has seen what v2 would do.'),
  ]);
  expect(said(await ask('r2', { challengerId: 'tabei-v1' }))).toEqual([
    409,
    'Policy tabei-v1 is in force for everybody already.',
  ]);
  expect((await ask('r3', { challengerId: 'none' })).statusCode).toBe(409);
  expect((await ask('r4', { sharePercent: 51 })).statusCode).toBe(400);
  await begun();
  expect(said(await ask('e2'))).toEqual([409, 'Experiment e1 runs. End it first.']);
  const why = { reason: 'now', withoutReport: 'a test' };
  expect(said(await chen.send('POST', '/policies/v2/activation', why))).toEqual([
    409,
    'Experiment e1 runs against the ladder that is in force. End it first.',
  ]);
  expect(said(await chen.send('POST', '/policies/v2/withdrawal', { reason: 'x' }))).toEqual([
    409,
    'Experiment e1 opened months under policy v2. A version never changes; draft another.',
  ]);
});

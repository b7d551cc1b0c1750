import { campaignStatus } from '../../db/campaign-status';
import { closeCampaign, customersAfter, noteCampaign, stations } from '../../db/campaigns';
import { setClock } from '../../db/clock';
import { closeCycle, openAmong, openCycleOf, openCycles } from '../../db/cycles';
import { recordPayment } from '../../db/payments';
import { toFen } from '../../domain/fen';
import { toPeriod, type Instant } from '../../domain/time';
import { on } from '../support/facts';
import * as support from '../support/world';

const { addBill, addCustomer, openMonth, MONTH } = support;

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const note = (station: string, period = '2026-02') =>
  noteCampaign(world.db, {
    ...{ station, period: toPeriod(period), asOf: on(-18), policyId: 'tabei-v1', openedBy: 'test' },
  });
const close = (
  customerNo: string,
  outcome: 'paid' | 'carriedForward' | 'handedOver' | 'writtenOff',
  at: Instant = on(3),
) => closeCycle(world.db, { customerNo, period: MONTH, outcome, penalties: [], at });
const message = (status: string, channel = 'sms', stepKey = 'overdue-1') =>
  world.db.message.create({
    data: {
      ...{ customerNo: 'wang', period: MONTH, stepKey, purpose: 'reminder', channel, status },
      ...{ address: 'a', templateVersion: 1, language: 'en', body: 'b', bodySha256: 's' },
      ...{ owedFen: 1n, penaltyFen: 0n, sendingAt: on(1) },
    },
  });
const task = (kind: string, period: string | null, outcome: string | null = null) =>
  world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', period, stepKey: `${kind}/${outcome}`, kind },
      ...{ assignee: 'a', why: 'w', openedAt: on(1), dueAt: on(2), outcome },
      doneAt: outcome === null ? null : on(2),
    },
  });

describe('how a month stands', () => {
  test('is nothing before a campaign was opened', async () => {
    expect(await campaignStatus(world.db, null)).toBeNull();
    await note('TB01');
    expect(await campaignStatus(world.db, toPeriod('2026-03'))).toBeNull();
  });

  test('is counted by outcome, level, message, task and money', async () => {
    const { db } = world;
    const outcomes = ['paid', 'carriedForward', 'handedOver', 'writtenOff'] as const;
    for (const outcome of outcomes) {
      await addCustomer(db, outcome);
      await openMonth(db, outcome, { level: 2 });
      await close(outcome, outcome);
    }
    await openMonth(db, 'wang', { level: 1 });
    await openMonth(db, 'liu');
    await note('TB01');
    await note('TB02');
    await closeCampaign(db, { station: 'TB01', period: MONTH });
    for (const status of ['accepted', 'accepted', 'waiting']) await message(status);
    await message('accepted', 'email');
    await task('call', MONTH, 'reached');
    await task('call', MONTH);
    await task('call', '2026-01');
    await task('deviceContact', null);
    await setClock(db, on(5), 'test');
    const paid = { amountFen: toFen(2_500), channel: 'counter', receivedAt: on(4) };
    await recordPayment(db, { ...paid, paymentRef: 'P1', customerNo: 'wang' });
    // The station's clock decides, not the machine's.
    await recordPayment(db, { ...paid, paymentRef: 'P2', customerNo: 'liu', receivedAt: on(8) });

    expect(await campaignStatus(db, null)).toEqual({
      ...{ period: '2026-02', stations: 2, stationsThrough: 1, deviceCases: 0, nudgesWaiting: 2 },
      cycles: { total: 6, open: 2, paid: 1, carriedForward: 1, handedOver: 1, writtenOff: 1 },
      levels: [
        { level: 1, label: 'Ⅰ', customers: 1 },
        { level: 2, label: 'Ⅱ', customers: 4 },
        { level: 3, label: 'Ⅲ', customers: 1 },
      ],
      messages: [
        { step: 'overdue-1', channel: 'email', status: 'accepted', count: 1 },
        { step: 'overdue-1', channel: 'sms', status: 'accepted', count: 2 },
        { step: 'overdue-1', channel: 'sms', status: 'waiting', count: 1 },
      ],
      tasks: [
        { kind: 'call', open: 1, done: 1 },
        { kind: 'deviceContact', open: 1, done: 0 },
      ],
      recovery: { billedFen: 20_000, receivedFen: 2_500, rate: 12.5 },
    });
  });

  test('is that of the latest month, or of the one asked for', async () => {
    await addBill(world.db, 'wang', { billNo: 'b-next', issued: 10, due: 30, period: '2026-03' });
    await note('TB01');
    await note('TB01', '2026-03');
    await setClock(world.db, on(12), 'test');
    expect((await campaignStatus(world.db, null))?.period).toBe('2026-03');
    expect(await campaignStatus(world.db, MONTH)).toMatchObject({
      ...{ period: '2026-02', cycles: { total: 0 }, recovery: { billedFen: 20_000, rate: 0 } },
    });
  });
});

describe('a month', () => {
  test('is opened once; one that is open from before is carried forward', async () => {
    await openMonth(world.db, 'wang');
    const next = toPeriod('2026-03');
    const opening = { station: 'TB01', period: next, policyId: 'tabei-v1', at: on(12) };
    const cycles = [{ customerNo: 'wang', level: 2 as const }];
    expect(await openCycles(world.db, cycles, opening)).toEqual([
      { customerNo: 'wang', period: '2026-02' },
    ]);
    expect(await openCycles(world.db, cycles, opening)).toEqual([]);
    expect(await openCycleOf(world.db, 'wang')).toBe('2026-03');
    expect(await openAmong(world.db, ['wang', 'liu'], next)).toEqual(new Set(['wang']));
    expect(await world.db.cycle.findMany({ orderBy: { period: 'asc' } })).toMatchObject([
      { period: '2026-02', outcome: 'carriedForward', closedAt: new Date(on(12)) },
      { period: '2026-03', outcome: null, level: 2 },
    ]);
  });

  test('that ended stays ended, and the first ending stands', async () => {
    await openMonth(world.db, 'wang');
    await close('wang', 'paid');
    await close('wang', 'writtenOff', on(9));
    await openMonth(world.db, 'wang');
    expect(await world.db.cycle.findMany()).toMatchObject([
      { outcome: 'paid', closedAt: new Date(on(3)) },
    ]);
  });

  test.each([
    ['paid', true, 'notNeeded'],
    ['handedOver', null, 'notNeeded'],
    ['carriedForward', null, null],
  ] as const)('that ends as %s drops what was not sent', async (outcome, kept, ofTask) => {
    await openMonth(world.db, 'wang');
    for (const status of ['waiting', 'accepted', 'sending']) await message(status);
    await task('visit', MONTH);
    await task('deviceVisit', null);
    const promise = { id: 'p', customerNo: 'wang', madeAt: on(1), madeTo: 'chen' };
    await world.db.promise.create({ data: { ...promise, promisedOn: new Date('2026-03-30') } });
    await close('wang', outcome);
    const statuses = (await world.db.message.findMany()).map(({ status }) => status).sort();
    expect(statuses).toEqual(['accepted', 'dropped', 'sending']);
    expect((await world.db.promise.findFirst())?.kept).toBe(kept);
    const tasks = await world.db.task.findMany({ orderBy: { kind: 'asc' } });
    expect(tasks.map((row) => row.outcome)).toEqual([null, ofTask]);
  });
});

test('a station’s customers come in pages, in order of number', async () => {
  await addCustomer(world.db, 'an');
  const page = (after: string) => customersAfter(world.db, { station: 'TB01', after, size: 1 });
  expect([await page(''), await page('an'), await page('wang')]).toEqual([['an'], ['wang'], []]);
  expect(await stations(world.db)).toEqual(['TB01', 'TB02']);
});

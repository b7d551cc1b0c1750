import { randomUUID } from 'node:crypto';
import { openDeviceCase } from '../../db/devices';
import { openRuleBook } from '../../db/rules';
import { finishTask } from '../../db/task-outcomes';
import { listTasks, NO_TASK_FILTER } from '../../db/tasks';
import { toDate, type CivilDate } from '../../domain/time';
import { on } from '../support/facts';
import * as support from '../support/world';

const { orderAt, sentenceOf } = support;

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await support.openMonth(world.db, 'wang');
});

const now = on(3);

async function give(kind: string): Promise<string> {
  const { id } = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', period: '2026-02', stepKey: `${kind}/1`, kind },
      ...{ assignee: 'collector:TB01', why: 'test', openedAt: on(2), dueAt: on(5) },
    },
  });
  return id;
}

const finish = (
  taskId: string,
  outcome: string,
  { id = 'o1', promisedOn = null as CivilDate | null } = {},
) =>
  finishTask(world.db, openRuleBook(world.db), orderAt(now, id), {
    taskId,
    outcome,
    note: 'said so',
    promisedOn,
  });
const facts = () => support.factsOf(world.db, 'wang', now);

test('a task that is done is closed with who, when and what, and the cycle looks again', async () => {
  const id = await give('call');
  expect((await facts()).tasks).toEqual([{ id, givenAt: on(2), dueAt: on(5), escalated: false }]);
  expect(await finish(id, 'reached')).toEqual({ kind: 'applied' });
  expect(await world.db.task.findUnique({ where: { id } })).toMatchObject({
    ...{ outcome: 'reached', note: 'said so', doneBy: 'chen', doneAt: new Date(now) },
  });
  expect((await facts()).tasks).toEqual([]);
  expect(await support.nudgesOf(world.db)).toEqual(['cycle/wang/2026-02 changed']);
});

test('the same report twice changes nothing; another one about a task that is done is refused', async () => {
  const id = await give('call');
  await finish(id, 'reached');
  expect(await finish(id, 'refuses')).toEqual({ kind: 'repeated' });
  const sentence = `Task ${id} is done already.`;
  expect(sentenceOf(await finish(id, 'refuses', { id: 'o2' }))).toBe(sentence);
  expect(await world.db.command.findUnique({ where: { id: 'o2' } })).toMatchObject({
    ...{ kind: 'finishTask', customerNo: 'wang', refusedBecause: sentence },
  });
  expect(await support.nudgesOf(world.db)).toHaveLength(1);
});

test('each kind of task has outcomes of its own', async () => {
  const id = await give('letter');
  expect(sentenceOf(await finish(id, 'handOver'))).toBe(
    'A task of kind letter ends as served, left, notServed; not as handOver.',
  );
  expect((await facts()).tasks).toHaveLength(1);
});

test.each([randomUUID(), 'T1', '', '-'.repeat(36), 'f'.repeat(36)])(
  'there is no task %p to finish',
  async (id) => {
    expect(sentenceOf(await finish(id, 'reached'))).toBe(`There is no task ${id}.`);
  },
);

describe('a promise', () => {
  test.each<[string, CivilDate | null, string]>([
    ['without a day', null, 'A promise needs the day it is for.'],
    ['for yesterday', toDate('2026-03-22'), 'The promised day 2026-03-22 is over.'],
  ])('%s is refused, and the task stays open', async (_, promisedOn, sentence) => {
    const id = await give('call');
    expect(sentenceOf(await finish(id, 'promise', { promisedOn }))).toBe(sentence);
    expect(await facts()).toMatchObject({ promises: [], tasks: [{ id }] });
  });

  test('for today or later is kept in mind', async () => {
    const promisedOn = toDate('2026-03-23');
    expect(await finish(await give('call'), 'promise', { promisedOn })).toEqual({
      kind: 'applied',
    });
    const promise = { id: 'o1', madeAt: now, promisedOn, kept: null };
    expect((await facts()).promises).toEqual([promise]);
    // One at a time: a second, from a visit, does not put the first off.
    const later = { id: 'o2', promisedOn: toDate('2026-03-30') };
    await finish(await give('visit'), 'promise', later);
    expect((await facts()).promises).toEqual([promise]);
  });

  test('is nothing that another outcome makes', async () => {
    await finish(await give('call'), 'reached', { promisedOn: toDate('2026-03-30') });
    expect((await facts()).promises).toEqual([]);
  });
});

test('a wrong number ends the telephone, until there is another', async () => {
  expect((await facts()).reachable).toEqual(['sms', 'email']);
  await finish(await give('call'), 'wrongNumber');
  expect((await facts()).reachable).toEqual(['email']);
  expect(await world.db.suppression.findMany()).toMatchObject([
    { channel: 'sms', address: '+8613871281212', reason: 'wrongNumber', code: 'chen' },
  ]);
  await world.db.customer.update({
    where: { customerNo: 'wang' },
    data: { phone: '+8613871281213' },
  });
  expect((await facts()).reachable).toEqual(['sms', 'email']);
});

describe.each([
  ['handOver', 'handedOver'],
  ['writeOff', 'writtenOff'],
])('a review that ends as %s', (outcome, closedAs) => {
  test('closes what is open and overdue, and nothing else', async () => {
    const { db } = world;
    // Paid by the 100 yuan below, due today, not yet due; b-wang itself is overdue and open.
    await support.addBill(db, 'wang', { billNo: 'b-paid', due: -5, period: '2026-01' });
    await support.addBill(db, 'wang', { billNo: 'b-today', due: 3 });
    await support.addBill(db, 'wang', { billNo: 'b-later', due: 9 });
    await db.payment.create({
      data: {
        ...{ paymentRef: 'P1', customerNo: 'wang', givenCustomerNo: 'wang', amountFen: 10_000n },
        ...{ channel: 'counter', receivedAt: on(1) },
      },
    });
    expect(await finish(await give('review'), outcome)).toEqual({ kind: 'applied' });
    const closed = await db.bill.findMany({ where: { NOT: { closedAs: null } } });
    expect(closed).toMatchObject([{ billNo: 'b-wang', closedAs, closedAt: new Date(now) }]);
    expect(closed).toHaveLength(1);
  });
});

test('a review that continues closes nothing', async () => {
  await finish(await give('review'), 'continue');
  expect(await world.db.bill.count({ where: { NOT: { closedAs: null } } })).toBe(0);
});

test('a device task wakes the run of its proposal too', async () => {
  const opening = { customerNo: 'wang', why: 'test', at: on(2), dueAt: on(5), offsetMs: -7 };
  await openDeviceCase(world.db, opening);
  await world.db.$executeRaw`truncate nudge`;
  const filter = { ...NO_TASK_FILTER, customerNo: 'wang' };
  const [task] = await listTasks(world.db, {
    stations: null,
    filter,
    asOf: now,
    after: null,
    limit: 5,
  });
  expect(task?.kind).toBe('deviceContact');
  await finish(task?.id ?? '', 'done');
  expect((await support.nudgesOf(world.db)).sort()).toEqual([
    ...['cycle/wang/2026-02 changed', 'device/wang changed'],
  ]);
  expect(await world.db.nudge.findMany({ where: { workflowId: 'device/wang' } })).toMatchObject([
    { body: { offsetMs: -7 } },
  ]);
});

import { scenario, type Scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';

/** Orders that nobody wrote to the database first: signals as Temporal's own CLI or UI sends them. Bills are of July 2026, due on the 20th. */
let world: Station;
beforeAll(async () => {
  world = await startStation();
}, 120_000);
afterAll(() => world.close());

async function opened(name: string, level: 2 | 3 = 3): Promise<Scenario> {
  const one = await scenario(world, name, level);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  return one;
}

const change = (one: Scenario, payload: object): Promise<void> =>
  world.client.workflow.getHandle(one.workflowId()).signal('changed', payload);
const sentences = async ({ customerNo }: Scenario): Promise<(string | null)[]> => {
  const orders = await world.db.command.findMany({ where: { customerNo }, orderBy: { id: 'asc' } });
  return orders.map(({ refusedBecause }) => refusedBecause);
};

test.concurrent('a step skipped by signal is not taken, and the rest comes', async () => {
  const one = await opened('skipped');
  await one.until('2026-07-18');
  const order = { id: 'sig-skip', kind: 'skip', actor: 'chen', stepKey: 'overdue-1' };
  await change(one, order);
  await change(one, order);
  await one.until('2026-07-28');
  expect(await one.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-17 pre-due-1: sms',
    '2026-07-27 overdue-2: sms+email',
  ]);
  expect(await sentences(one)).toEqual([null]);
});

test.concurrent(
  'a bill disputed by signal stands still until the signal that ends it',
  async () => {
    const one = await opened('quarrel');
    await one.until('2026-07-18');
    const billNo = 'B-quarrel-2026-07';
    await change(one, { id: 'sig-1', kind: 'dispute', billNo, reason: 'the meter' });
    await one.until('2026-08-01');
    expect(await one.calendar()).toHaveLength(2);
    await change(one, { id: 'sig-2', kind: 'resolveDispute', billNo });
    await change(one, { id: 'sig-3', kind: 'resolveDispute', billNo, resolution: 'rejected' });
    await one.until('2026-08-10');
    expect((await one.calendar()).length).toBeGreaterThan(2);
    expect(await sentences(one)).toEqual([
      null,
      'A dispute ends as upheld or rejected: resolution.',
      null,
    ]);
  },
);

test.concurrent('a promise by signal stops the ladder until its day', async () => {
  const one = await opened('vow');
  await one.until('2026-07-18');
  await change(one, { id: 'sig-4', kind: 'promise', promisedOn: '2026-07-30' });
  await one.until('2026-07-30');
  expect(await one.calendar()).toHaveLength(2);
  await one.until('2026-08-02');
  const [promise] = await world.db.promise.findMany({ where: { customerNo: one.customerNo } });
  expect(promise).toMatchObject({ kept: false, madeTo: 'signal' });
});

test.concurrent(
  "a task finished by signal is done, and another customer's is refused",
  async () => {
    const one = await opened('errand', 2);
    const other = await opened('bystander', 2);
    await one.until('2026-07-28');
    const taskId = await one.taskOf('call');
    await change(other, { id: 'sig-5', kind: 'finishTask', taskId, outcome: 'reached' });
    await other.until('2026-07-02');
    expect(await sentences(other)).toEqual([`Task ${taskId} is not this customer's.`]);
    await change(one, { id: 'sig-6', kind: 'finishTask', taskId, outcome: 'reached' });
    await one.until('2026-07-29');
    expect(await world.db.task.findUnique({ where: { id: taskId } })).toMatchObject({
      outcome: 'reached',
      doneBy: 'signal',
    });
  },
);

test.concurrent('an order of no known kind is refused and on record', async () => {
  const one = await opened('riddle');
  await one.until('2026-07-02');
  await change(one, { id: 'sig-7', kind: 'toString' });
  await change(one, { id: 'sig-8', kind: 'waive' });
  await one.until('2026-07-18');
  const sentence = 'kind is one of skip, dispute, resolveDispute, promise, finishTask, assignTask.';
  expect(await sentences(one)).toEqual([sentence, sentence]);
});

import { finishTask } from '../../db/task-outcomes';
import { INVALID } from '../support/fake-twilio';
import { at, scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';

/**
 * A customer's month as a calendar, on the real server with its time skipped. Bills are of July 2026, due on the 20th: a month without a
 * holiday. Source of every day: docs/policy.md, "Ladder".
 */
let world: Station;
beforeAll(async () => {
  world = await startStation();
}, 120_000);
afterAll(() => world.close());

test.concurrent('who pays early hears once, and the month ends', async () => {
  const wang = await scenario(world, 'early', 3);
  await wang.billed('2026-07', 100);
  await wang.opens('2026-07');
  await wang.pays(100, await wang.until('2026-07-10'));
  expect(await wang.ends()).toBe('paid');
  expect(await wang.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-10 end: paid',
  ]);
});

test.concurrent('who pays after the second reminder hears nothing more', async () => {
  const li = await scenario(world, 'second', 2);
  await li.billed('2026-07', 100);
  await li.opens('2026-07');
  await li.pays(100, await li.until('2026-07-25'));
  expect(await li.ends()).toBe('paid');
  expect(await li.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-15 pre-due-1: sms',
    '2026-07-18 pre-due-2: sms',
    '2026-07-21 overdue-1: sms+email',
    '2026-07-24 overdue-2: sms+email',
    '2026-07-25 end: paid',
  ]);
});

test.concurrent(
  'who never pays at level Ⅲ comes to the review on D+30, in the next month',
  async () => {
    const zhao = await scenario(world, 'never3', 3);
    await zhao.billed('2026-07', 100);
    await zhao.opens('2026-07');
    await zhao.until('2026-07-31');
    const july = zhao.workflowId();
    await zhao.billed('2026-08', 80);
    await zhao.opens('2026-08');
    await expect(world.client.workflow.getHandle(july).result()).resolves.toBe('carriedForward');
    await zhao.until('2026-08-22');
    expect(await zhao.calendar()).toEqual([
      '2026-07-01 bill-notice: sms+email',
      '2026-07-17 pre-due-1: sms',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-27 overdue-2: sms+email',
      '2026-08-01 bill-notice: sms+email',
      '2026-08-01 end: carriedForward',
      '2026-08-04 demand: letter task, sms+email',
      '2026-08-04 level-rise: level',
      '2026-08-17 pre-due-1: sms',
      '2026-08-19 review: review task',
      '2026-08-21 device: deviceContact task',
      '2026-08-21 overdue-1: sms+email',
    ]);
  },
);

test.concurrent(
  'who never pays at level Ⅱ is called on D+7 and reviewed on D+20, then handed over',
  async () => {
    const qian = await scenario(world, 'never2', 2);
    await qian.billed('2026-07', 100);
    await qian.opens('2026-07');
    const then = await qian.until('2026-08-10');
    const review = await world.db.task.findFirstOrThrow({
      where: { customerNo: qian.customerNo, kind: 'review' },
    });
    await finishTask(world.db, world.book, qian.order('review', then), {
      taskId: review.id,
      outcome: 'handOver',
      note: '',
      promisedOn: null,
    });
    expect(await qian.ends()).toBe('handedOver');
    expect(await qian.calendar()).toEqual([
      '2026-07-01 bill-notice: sms+email',
      '2026-07-15 pre-due-1: sms',
      '2026-07-18 pre-due-2: sms',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-24 overdue-2: sms+email',
      '2026-07-27 call: call task',
      '2026-07-30 demand: letter task, sms+email',
      '2026-08-04 device: deviceContact task',
      '2026-08-04 level-rise: level',
      '2026-08-09 review: review task',
      '2026-08-10 end: handedOver',
    ]);
  },
);

test.concurrent(
  'who never pays at level Ⅰ is called at once, visited on D+5 and reviewed on D+10',
  async () => {
    const sun = await scenario(world, 'never1', 1);
    await sun.billed('2026-07', 100);
    await sun.opens('2026-07');
    await sun.until('2026-07-31');
    expect(await sun.calendar()).toEqual([
      '2026-07-01 bill-notice: call task, sms+email',
      '2026-07-01 device: deviceContact task',
      '2026-07-13 pre-due-1: sms',
      '2026-07-17 pre-due-2: sms',
      '2026-07-19 pre-due-3: sms',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-22 call: call task',
      '2026-07-25 demand: letter task, sms+email, visit task',
      '2026-07-30 review: review task',
    ]);
  },
);

test.concurrent(
  'a part payment lowers what is asked and leaves the ladder where it is',
  async () => {
    const zhou = await scenario(world, 'part', 3);
    await zhou.billed('2026-07', 100);
    await zhou.opens('2026-07');
    await zhou.pays(40, await zhou.until('2026-07-22'));
    await zhou.pays(60, await zhou.until('2026-07-28'));
    expect(await zhou.ends()).toBe('paid');
    expect(await zhou.calendar()).toEqual([
      '2026-07-01 bill-notice: sms+email',
      '2026-07-17 pre-due-1: sms',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-27 overdue-2: sms+email',
      '2026-07-28 end: paid',
    ]);
    const asked = await world.db.message.findMany({
      where: { customerNo: zhou.customerNo, channel: 'sms' },
      orderBy: { sendingAt: 'asc' },
    });
    expect(asked.map(({ owedFen }) => Number(owedFen))).toEqual([10_000, 10_000, 10_000, 6_000]);
  },
);

test.concurrent('a credit is netted before anybody is chased', async () => {
  const wu = await scenario(world, 'credit', 3);
  await wu.billed('2026-06', -70);
  await wu.billed('2026-07', 100);
  await wu.opens('2026-07');
  await wu.pays(30, await wu.until('2026-07-02'));
  expect(await wu.ends()).toBe('paid');
  const [first] = await world.db.message.findMany({ where: { customerNo: wu.customerNo } });
  expect(Number(first?.owedFen)).toBe(3_000);

  const covered = await scenario(world, 'covered', 3);
  await covered.billed('2026-06', -100);
  await covered.billed('2026-07', 100);
  expect(await covered.opens('2026-07')).toEqual({ seen: 1, opened: 0 });
});

test.concurrent('who pays at night before a planned message gets none', async () => {
  const zheng = await scenario(world, 'night', 3);
  await zheng.billed('2026-07', 100);
  await zheng.opens('2026-07');
  await zheng.pays(100, await zheng.until('2026-07-17', 2));
  expect(await zheng.ends()).toBe('paid');
  expect(await zheng.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-17 end: paid',
  ]);
});

test.concurrent('a dead number is never tried again: the step goes to e-mail', async () => {
  const feng = await scenario(world, 'dead', 3);
  world.twilio.plan(feng.phone, INVALID);
  await feng.billed('2026-07', 100);
  await feng.opens('2026-07');
  await feng.until('2026-07-18');
  expect(await feng.calendar()).toEqual([
    '2026-07-01 bill-notice: sms undeliverable+email',
    '2026-07-17 pre-due-1: email',
  ]);
});

test.concurrent('who can be reached by nothing gets a call task', async () => {
  const chen = await scenario(world, 'deaf', 3, { email: null });
  world.twilio.plan(chen.phone, INVALID);
  await chen.billed('2026-07', 100);
  await chen.opens('2026-07');
  await chen.until('2026-07-18');
  expect(await chen.calendar()).toEqual([
    '2026-07-01 bill-notice: call task, sms undeliverable',
    '2026-07-17 pre-due-1: call task',
  ]);
});

test.concurrent(
  'a prepaid device that was refused is not proposed again while it rests',
  async () => {
    const chu = await scenario(world, 'device', 1);
    await chu.billed('2026-07', 100);
    await chu.opens('2026-07');
    const then = await chu.until('2026-07-05');
    for (const [kind, outcome] of [
      ['deviceContact', 'done'],
      ['deviceVisit', 'done'],
      ['deviceAgreement', 'refuses'],
    ] as const) {
      const task = await chu.taskOf(kind);
      await finishTask(world.db, world.book, chu.order(kind, then), {
        taskId: task,
        outcome,
        note: '',
        promisedOn: null,
      });
    }
    await expect(
      world.client.workflow.getHandle(`device/${chu.customerNo}`).result(),
    ).resolves.toBe('refused');
    await chu.billed('2026-08', 100);
    await chu.opens('2026-08');
    await chu.until('2026-08-03');
    const cases = await world.db.deviceCase.findMany({ where: { customerNo: chu.customerNo } });
    expect(
      cases.map(({ stage, restUntil }) => [stage, restUntil?.toISOString().slice(0, 10)]),
    ).toEqual([['refused', '2027-01-01']]);
  },
);

test.concurrent('a holiday puts the bill notice off, and says so', async () => {
  const wei = await scenario(world, 'holiday', 3);
  await wei.billed('2026-10', 100);
  await wei.opens('2026-10');
  await wei.until('2026-10-09');
  expect(await wei.calendar()).toEqual(['2026-10-08 bill-notice: sms+email']);
  const step = await world.db.step.findFirstOrThrow({ where: { customerNo: wei.customerNo } });
  expect(step.because).toEqual(['holiday']);
  expect(at('2026-10-08', 9) <= step.at.toISOString()).toBe(true);
});

import { openDispute, resolveDispute } from '../../db/disputes';
import { escalateCustomer } from '../../db/escalations';
import { placeHold, releaseHold } from '../../db/holds';
import { finishTask } from '../../db/task-outcomes';
import { toDate } from '../../domain/time';
import { at, scenario, type Scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';

/** What supervisors order, on the real server with its time skipped. Bills are of July 2026, due on the 20th. */
let world: Station;
beforeAll(async () => {
  world = await startStation();
}, 120_000);
afterAll(() => world.close());

const UP_TO_THE_HOLD = [
  '2026-07-01 bill-notice: sms+email',
  '2026-07-17 pre-due-1: sms',
  '2026-07-21 overdue-1: sms+email',
];

async function opened(name: string): Promise<Scenario> {
  const one = await scenario(world, name, 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  return one;
}

test.concurrent('a hold of ten days in the middle moves what is left by ten days', async () => {
  const han = await opened('hold');
  const from = await han.until('2026-07-22');
  const over = { scope: 'customer', ref: han.customerNo } as const;
  await placeHold(world.db, han.order('hold', from), { ...over, from, until: null });
  const then = await han.until('2026-08-01');
  await releaseHold(world.db, han.order('release', then), over);
  await han.until('2026-08-15');
  expect(await han.calendar()).toEqual([
    ...UP_TO_THE_HOLD,
    '2026-08-06 overdue-2: sms+email',
    '2026-08-14 demand: letter task, sms+email',
    '2026-08-14 level-rise: level',
  ]);
});

test.concurrent('a hold by a plain signal is the same hold, and a doubled one is one', async () => {
  const yang = await opened('signal');
  await yang.until('2026-07-22');
  const handle = world.client.workflow.getHandle(yang.workflowId());
  const payload = { id: 'signal-1', actor: 'chen', reason: 'by hand', until: at('2026-08-01', 12) };
  await handle.signal('pause', payload);
  await handle.signal('pause', payload);
  await yang.until('2026-08-07');
  expect(await yang.calendar()).toEqual([...UP_TO_THE_HOLD, '2026-08-06 overdue-2: sms+email']);
  expect(await world.db.hold.count({ where: { ref: yang.customerNo } })).toBe(1);
});

test.concurrent(
  'a signal that makes no sense is on record, refused, and harms nothing',
  async () => {
    const zhu = await opened('nonsense');
    await zhu.until('2026-07-02');
    const handle = world.client.workflow.getHandle(zhu.workflowId());
    await handle.signal('escalate', { id: 'nonsense-1', toLevel: 'high' });
    await handle.signal('pause', { id: 'nonsense-2', billNo: 'B-hold-2026-07' });
    await handle.signal('resume');
    await zhu.until('2026-07-18');
    expect(await zhu.calendar()).toEqual(UP_TO_THE_HOLD.slice(0, 2));
    const commands = await world.db.command.findMany({ where: { customerNo: zhu.customerNo } });
    expect(commands).toHaveLength(3);
    expect(commands.every(({ refusedBecause }) => refusedBecause !== null)).toBe(true);
  },
);

test.concurrent(
  'escalated to level Ⅰ on D+1, the demand comes on D+5 and the review on D+10',
  async () => {
    const qin = await opened('level');
    const then = await qin.until('2026-07-21');
    const to = { customerNo: qin.customerNo, toLevel: 1, toStep: null } as const;
    expect(await escalateCustomer(world.db, world.book, qin.order('up', then), to)).toEqual({
      kind: 'applied',
    });
    await qin.until('2026-07-31');
    expect(await qin.calendar()).toEqual([
      ...UP_TO_THE_HOLD.slice(0, 2),
      '2026-07-21 device: deviceContact task',
      '2026-07-21 overdue-1: sms+email',
      '2026-07-22 call: call task',
      '2026-07-25 demand: letter task, sms+email, visit task',
      '2026-07-30 review: review task',
    ]);
  },
);

test.concurrent('escalated to the review, the mandatory demand comes first', async () => {
  const you = await opened('step');
  const then = await you.until('2026-07-21');
  const to = { customerNo: you.customerNo, toLevel: null, toStep: 'review' };
  await escalateCustomer(world.db, world.book, you.order('up', then), to);
  await you.until('2026-07-24');
  expect(await you.calendar()).toEqual([
    ...UP_TO_THE_HOLD,
    '2026-07-22 demand: letter task, sms+email',
    '2026-07-23 review: review task',
  ]);
});

test.concurrent(
  'of two bills the disputed one waits and is not named; the other goes on',
  async () => {
    const xu = await scenario(world, 'dispute', 3);
    const june = await xu.billed('2026-06', 70);
    await xu.billed('2026-07', 100);
    await xu.opens('2026-07');
    const then = await xu.until('2026-07-02');
    await openDispute(world.db, xu.order('dispute', then), june);
    await xu.pays(100, await xu.until('2026-07-22'));
    await xu.until('2026-07-28');
    const asked = await world.db.message.findMany({
      where: { customerNo: xu.customerNo, channel: 'sms' },
      orderBy: { sendingAt: 'asc' },
    });
    expect(asked.map(({ stepKey, owedFen }) => [stepKey, Number(owedFen)])).toEqual([
      ['bill-notice', 17_000],
      ['pre-due-1', 10_000],
      ['overdue-1', 10_000],
    ]);
    const later = await xu.until('2026-08-03');
    await resolveDispute(world.db, xu.order('resolve', later), june, 'rejected');
    await xu.until('2026-08-10');
    expect((await xu.calendar()).slice(3)).toEqual(['2026-08-07 overdue-1: sms+email']);
  },
);

test.concurrent(
  'a promise stops the ladder until its day is over, and is found broken by the calendar',
  async () => {
    const he = await scenario(world, 'promise', 2);
    await he.billed('2026-07', 100);
    await he.opens('2026-07');
    const then = await he.until('2026-07-28');
    const call = await he.taskOf('call');
    await finishTask(world.db, world.book, he.order('call', then), {
      taskId: call,
      outcome: 'promise',
      note: '',
      promisedOn: toDate('2026-08-03'),
    });
    await he.until('2026-08-08');
    const [promise] = await world.db.promise.findMany({ where: { customerNo: he.customerNo } });
    expect(promise?.kept).toBe(false);
    expect((await he.calendar()).at(-1)).toBe('2026-08-06 demand: letter task, sms+email');
  },
);

test.concurrent(
  'a hold over the station is one row, and after its release every ladder goes on',
  async () => {
    const lv = await opened('station');
    const from = await lv.until('2026-07-22');
    const over = { scope: 'station', ref: 'S-station' } as const;
    await placeHold(world.db, lv.order('hold', from), { ...over, from, until: null });
    await lv.until('2026-07-31');
    expect(await lv.calendar()).toEqual(UP_TO_THE_HOLD);
    const then = await lv.until('2026-08-01');
    await releaseHold(world.db, lv.order('release', then), over);
    await lv.until('2026-08-07');
    expect(await lv.calendar()).toEqual([...UP_TO_THE_HOLD, '2026-08-06 overdue-2: sms+email']);
  },
);

test.concurrent('an SMS whose answer was lost is looked up, not sent again', async () => {
  const shi = await scenario(world, 'lost', 3, { email: null });
  world.twilio.plan(shi.phone, 'dropTaken');
  await shi.billed('2026-07', 100);
  await shi.opens('2026-07');
  await shi.until('2026-07-02');
  expect(world.twilio.taken.filter(({ to }) => to === shi.phone)).toHaveLength(1);
  expect(await shi.calendar()).toEqual(['2026-07-01 bill-notice: sms']);
});

test.concurrent('an SMS that was certainly not taken is tried again, once', async () => {
  const zhang = await scenario(world, 'busy', 3, { email: null });
  world.twilio.plan(zhang.phone, { error: 20429, status: 429 });
  await zhang.billed('2026-07', 100);
  await zhang.opens('2026-07');
  await zhang.until('2026-07-02');
  expect(world.twilio.taken.filter(({ to }) => to === zhang.phone)).toHaveLength(1);
});

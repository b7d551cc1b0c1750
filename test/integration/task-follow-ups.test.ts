import { openRuleBook } from '../../db/rules';
import { finishTask } from '../../db/task-outcomes';
import { nextStep } from '../../domain/ladder';
import type { Instant } from '../../domain/time';
import { on } from '../support/facts';
import * as support from '../support/world';

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

async function give(kind: string, more: object = {}): Promise<string> {
  const { id } = await world.db.task.create({
    data: {
      ...{ customerNo: 'wang', station: 'TB01', period: '2026-02', stepKey: `${kind}/1`, kind },
      ...{ assignee: 'collector:TB01', why: 'test', openedAt: on(2), dueAt: on(5), ...more },
    },
  });
  return id;
}

const finish = (taskId: string, outcome: string, at = now, id = `o-${taskId}-${outcome}`) =>
  finishTask(world.db, openRuleBook(world.db), support.orderAt(at, id), {
    ...{ taskId, outcome, note: 'under the door, seen by Ma', promisedOn: null },
  });
const open = () =>
  world.db.task.findMany({
    where: { outcome: null },
    select: { kind: true, why: true, assignee: true, dueAt: true, billNo: true },
  });
const next = async (at: Instant) => {
  const rules = await openRuleBook(world.db).rules('tabei-v1');
  return nextStep(await support.factsOf(world.db, 'wang', at), rules, at);
};
const rung = async (at: Instant) => {
  const plan = await next(at);
  return [plan.do, 'stepKey' in plan ? plan.stepKey : '', plan.at];
};

describe.each([
  ['call', 'wrongNumber', 'visit', 'collector:TB01'],
  ['call', 'moved', 'visit', 'collector:TB01'],
  ['letter', 'notServed', 'visit', 'collector:TB01'],
  ['visit', 'moved', 'review', 'supervisor:TB01'],
  ['call', 'paidAlready', 'review', 'supervisor:TB01'],
  ['visit', 'paidAlready', 'review', 'supervisor:TB01'],
])('a %s that ends as %s', (kind, outcome, follows, assignee) => {
  test(`gives out a ${follows} at once, due as the policy says, and only once`, async () => {
    const id = await give(kind, { billNo: 'b-wang' });
    expect(await finish(id, outcome)).toEqual({ kind: 'applied' });
    expect(await finish(id, outcome)).toEqual({ kind: 'repeated' });
    const due = new Date(on(6, 20 * 60));
    const task = { kind: follows, why: outcome, assignee, dueAt: due, billNo: 'b-wang' };
    expect(await open()).toEqual([task]);
  });

  test(`gives out none beside an open ${follows}, nor without an open month`, async () => {
    const other = await give(follows, { stepKey: 'other' });
    await finish(await give(kind), outcome);
    expect(await open()).toHaveLength(1);
    await world.db.task.delete({ where: { id: other } });
    await world.db.cycle.deleteMany();
    await finish(await give(kind, { stepKey: 'later' }), outcome);
    expect(await open()).toEqual([]);
    expect(await world.db.hold.count()).toBe(0);
  });
});

test.each([
  ['call', 'reached'],
  ['call', 'notReached'],
  ['call', 'refuses'],
  ['letter', 'served'],
  ['letter', 'left'],
  ['review', 'continue'],
])(
  'a %s that ends as %s leaves the ladder as it was, and gives out nothing',
  async (kind, outcome) => {
    const before = await rung(now);
    await finish(await give(kind), outcome);
    expect(await rung(now)).toEqual(before);
    expect(await open()).toEqual([]);
  },
);

test('a letter is left behind only with a note of where and who saw it', async () => {
  const taskId = await give('letter');
  const bare = { taskId, outcome: 'left', note: ' ', promisedOn: null };
  const told = await finishTask(world.db, openRuleBook(world.db), support.orderAt(now), bare);
  expect(support.sentenceOf(told)).toBe(
    'Say in the note where the letter was left, and who saw it.',
  );
  expect(await open()).toHaveLength(1);
});

describe('whoever says that it is paid', () => {
  const said = async () => {
    await finish(await give('call'), 'paidAlready');
    const review = await world.db.task.findFirstOrThrow({ where: { kind: 'review' } });
    return review.id;
  };

  test('is left alone until the review is due, and no longer', async () => {
    expect(await rung(now)).toEqual(['contact', 'bill-notice', on(3, 9 * 60)]);
    await said();
    const due = on(6, 20 * 60);
    const [held] = await world.db.hold.findMany();
    expect(held).toMatchObject({ scope: 'customer', ref: 'wang', untilAt: new Date(due) });
    expect((await rung(now)).slice(0, 2)).toEqual(['contact', 'bill-notice']);
    expect((await next(now)).at).toBe(on(7, 9 * 60));
    expect((await next(due)).at).toBe(on(7, 9 * 60));
  });

  test('is asked again as soon as the review found nothing, where policy time stood', async () => {
    const before = await rung(now);
    const review = await said();
    expect(await finish(review, 'continue')).toEqual({ kind: 'applied' });
    expect(await rung(now)).toEqual(before);
    const [held] = await world.db.hold.findMany();
    expect(held).toMatchObject({ releasedAt: new Date(now), releasedBy: 'chen' });
  });

  test('keeps a hold that somebody placed, when the review is done', async () => {
    const review = await said();
    await world.db.hold.create({
      data: {
        ...{ id: 'flood', scope: 'customer', ref: 'wang', fromAt: now, reason: 'flood' },
        ...{ placedBy: 'chen', placedAt: now },
      },
    });
    await finish(review, 'continue');
    expect(await world.db.hold.count({ where: { releasedAt: null } })).toBe(1);
  });
});

test('of two who report at once one is heard, and one task follows', async () => {
  const id = await give('call');
  const both = await Promise.all([
    finish(id, 'wrongNumber', now, 'a'),
    finish(id, 'paidAlready', now, 'b'),
  ]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['applied', 'refused']);
  expect(await open()).toHaveLength(1);
});

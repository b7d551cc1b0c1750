import { openDispute, resolveDispute } from '../../db/disputes';
import { escalateCustomer } from '../../db/escalations';
import { countOver, placeHold, releaseHold, type Over } from '../../db/holds';
import { openRuleBook } from '../../db/rules';
import type { Level } from '../../domain/policy';
import { on } from '../support/facts';
import * as support from '../support/world';

const { orderAt, sentenceOf, openMonth } = support;

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await openMonth(world.db, 'wang');
  await openMonth(world.db, 'liu');
});

const now = on(3);
const nudges = () => support.nudgesOf(world.db);
const stillnesses = async (customerNo: string) =>
  (await support.factsOf(world.db, customerNo, now)).stillnesses;
const onRecord = (id = 'o1') => world.db.command.findUnique({ where: { id } });

const customer: Over = { scope: 'customer', ref: 'wang' };
const bill: Over = { scope: 'bill', ref: 'b-wang' };
const station: Over = { scope: 'station', ref: 'TB01' };
const everything: Over = { scope: 'everything', ref: '' };
const hold = (over: Over, { id = 'o1', from = now, until = null as typeof now | null } = {}) =>
  placeHold(world.db, orderAt(now, id), { ...over, from, until });
const release = (over: Over, id = 'o2', at = on(4)) => releaseHold(world.db, orderAt(at, id), over);

describe.each([
  ['a customer', customer, null, false],
  ['a bill', bill, 'b-wang', false],
  ['a station', station, null, false],
  ['everything', everything, null, true],
])('a hold over %s', (_, over, billNo, alsoLiu) => {
  const still = { billNo, from: now, until: null };

  test('stops policy time there and nowhere else', async () => {
    expect(await hold(over)).toEqual({ kind: 'applied' });
    expect(await stillnesses('wang')).toEqual([still]);
    expect(await stillnesses('liu')).toEqual(alsoLiu ? [still] : []);
  });

  test('ends when it is released, and may be placed again', async () => {
    await hold(over);
    expect(await release(over)).toEqual({ kind: 'applied' });
    expect(await stillnesses('wang')).toEqual([{ ...still, until: on(4) }]);
    expect(await hold(over, { id: 'o3' })).toEqual({ kind: 'applied' });
    expect(await stillnesses('wang')).toHaveLength(2);
  });

  test('ordered twice by the same id is one hold', async () => {
    await hold(over);
    const before = [await nudges(), await stillnesses('wang'), await world.db.command.count()];
    expect(await hold(over, { until: on(9) })).toEqual({ kind: 'repeated' });
    const after = [await nudges(), await stillnesses('wang'), await world.db.command.count()];
    expect(after).toEqual(before);
  });

  test('is not released where there is none, and the refusal is on record', async () => {
    expect(sentenceOf(await release(over))).toBe('There is no hold to release.');
    expect(await onRecord('o2')).toMatchObject({
      ...{ kind: 'release', actor: 'chen', reason: 'flood', door: 'cli' },
      refusedBecause: 'There is no hold to release.',
    });
    expect(await nudges()).toEqual([]);
  });

  test('that has run out needs no release', async () => {
    await hold(over, { until: on(4) });
    expect(await stillnesses('wang')).toEqual([{ ...still, until: on(4) }]);
    expect(sentenceOf(await release(over))).toBe('There is no hold to release.');
  });

  test('ends after it begins, or is refused', async () => {
    const sentence = 'A hold must end after it begins.';
    expect(sentenceOf(await hold(over, { until: now }))).toBe(sentence);
    expect(await onRecord()).toMatchObject({ kind: 'hold', refusedBecause: sentence });
    expect(await world.db.hold.count()).toBe(0);
    // The refused order's id is used up, and says what it came to.
    expect(sentenceOf(await hold(over))).toBe(sentence);
  });
});

test('a hold over a customer nudges its open cycle with the order; its release does too', async () => {
  await hold(customer, { until: on(9) });
  const { workflowId, signal, body } = await world.db.nudge.findFirstOrThrow();
  expect([workflowId, signal]).toEqual(['cycle/wang/2026-02', 'pause']);
  // Law 8: the reason is a person's free text, and stays in the database.
  expect(body).toEqual({ id: 'o1', actor: 'chen', until: on(9) });
  await release(customer);
  expect(await nudges()).toEqual(['cycle/wang/2026-02 pause', 'cycle/wang/2026-02 resume']);
  expect(await world.db.command.count({ where: { customerNo: 'wang' } })).toBe(2);
});

test('a hold over a station writes no nudge; its release one for each open cycle there', async () => {
  await support.addCustomer(world.db, 'zhao');
  await openMonth(world.db, 'zhao');
  await hold(station);
  expect(await nudges()).toEqual([]);
  await release(station);
  const ofStation = ['cycle/wang/2026-02 resume', 'cycle/zhao/2026-02 resume'];
  expect((await nudges()).sort()).toEqual(ofStation);
  await hold(everything, { id: 'o3' });
  await release(everything, 'o4');
  expect((await nudges()).sort()).toEqual(
    [...ofStation, ...ofStation, 'cycle/liu/2026-02 resume'].sort(),
  );
});

test('a release ends the holds over exactly that, and leaves the others', async () => {
  await hold(customer);
  await hold(bill, { id: 'o2' });
  await release(bill, 'o3');
  expect(await stillnesses('wang')).toEqual(
    expect.arrayContaining([
      { billNo: null, from: now, until: null },
      { billNo: 'b-wang', from: now, until: on(4) },
    ]),
  );
});

test('the hold of a customer without an open month is kept; there is nobody to nudge', async () => {
  await world.db.$executeRaw`update cycle set outcome = 'paid', closed_at = now()`;
  expect(await hold(customer)).toEqual({ kind: 'applied' });
  expect([await nudges(), (await stillnesses('wang')).length]).toEqual([[], 1]);
});

test.each([
  ['customer', 'nobody'],
  ['bill', 'b-nobody'],
  ['station', 'TB99'],
] as const)('a hold over a %s that is not on the book is refused', async (scope, ref) => {
  const sentence = `There is no ${scope} ${ref}.`;
  expect(sentenceOf(await hold({ scope, ref }))).toBe(sentence);
  expect(sentenceOf(await release({ scope, ref }))).toBe(sentence);
  expect(await world.db.hold.count()).toBe(0);
});

describe('a hold that begins in the past', () => {
  const done = (status: string, at = on(1)) =>
    world.db.step.create({
      data: {
        ...{ billNo: 'b-wang', stepKey: 'overdue-1', customerNo: 'wang', period: '2026-02' },
        ...{ kind: 'overdueReminder', status, plannedAt: at, at },
      },
    });

  test.each([customer, bill])('is taken back to the last step, and no further', async (over) => {
    await done('done');
    expect(sentenceOf(await hold(over, { from: on(1, 539) }))).toBe(
      `The last step was taken at ${on(1)}; a hold cannot begin before it.`,
    );
    expect(await hold(over, { id: 'o2', from: on(1) })).toEqual({ kind: 'applied' });
  });

  test('may cover a step that was not taken', async () => {
    await done('deferred');
    expect(await hold(customer, { from: on(-1) })).toEqual({ kind: 'applied' });
  });

  test('over a bill looks at the steps of that bill only', async () => {
    await done('done');
    await support.addBill(world.db, 'wang', { billNo: 'b-other' });
    const other: Over = { scope: 'bill', ref: 'b-other' };
    expect(await hold(other, { from: on(0) })).toEqual({ kind: 'applied' });
  });
});

test('a dry run counts the customers with an open month', async () => {
  const counts = [customer, bill, station, everything, { ...station, ref: 'TB99' }];
  expect(await Promise.all(counts.map((over) => countOver(world.db, over)))).toEqual([
    ...[1, 1, 1, 2, 0],
  ]);
});

describe('an escalation', () => {
  const escalate = (
    to: { toLevel?: Level | null; toStep?: string | null },
    { id = 'o1', customerNo = 'wang' } = {},
  ) =>
    escalateCustomer(world.db, openRuleBook(world.db), orderAt(now, id), {
      ...{ customerNo, toLevel: null, toStep: null, ...to },
    });

  test('to a graver level holds from now on, with a grade that says why', async () => {
    expect(await escalate({ toLevel: 2 })).toEqual({ kind: 'applied' });
    const { level, orders } = await support.factsOf(world.db, 'wang', now);
    expect({ level, orders }).toEqual({
      ...{ level: 2, orders: [{ toLevel: 2, toStep: null, at: now }] },
    });
    expect(await world.db.grade.findMany()).toMatchObject([
      { source: 'escalation', reasons: [{ factor: 'escalation', why: 'flood' }] },
    ]);
    expect(await nudges()).toEqual(['cycle/wang/2026-02 escalate']);
    expect(await escalate({ toLevel: 1 })).toEqual({ kind: 'repeated' });
    expect(await escalate({ toLevel: 1 }, { id: 'o2' })).toEqual({ kind: 'applied' });
  });

  test('to a step is an order for it, and changes no level', async () => {
    expect(await escalate({ toStep: 'demand' })).toEqual({ kind: 'applied' });
    const { level, orders } = await support.factsOf(world.db, 'wang', now);
    expect({ level, orders }).toEqual({
      ...{ level: 3, orders: [{ toLevel: null, toStep: 'demand', at: now }] },
    });
  });

  test.each([
    [{ toLevel: 3 }, 'The customer is at level Ⅲ already; Ⅲ is not graver.'],
    [{ toStep: 'call' }, /^The ladder of level Ⅲ has no step call: it has bill-notice, /],
    [{ toStep: 'level-rise' }, /has no step level-rise/],
    [{}, 'Name a level or a step to escalate to, not both.'],
    [{ toLevel: 1, toStep: 'demand' }, 'Name a level or a step to escalate to, not both.'],
  ] as const)('to %j is refused and on record', async (to, sentence) => {
    expect(sentenceOf(await escalate(to))).toMatch(sentence);
    expect((await onRecord())?.refusedBecause).toMatch(sentence);
    const { level, orders } = await support.factsOf(world.db, 'wang', now);
    expect([level, orders, await nudges()]).toEqual([3, [], []]);
  });

  test('of a customer without an open month is refused', async () => {
    await support.addCustomer(world.db, 'zhao');
    expect(sentenceOf(await escalate({ toLevel: 1 }, { customerNo: 'zhao' }))).toBe(
      'Customer zhao has no open cycle.',
    );
    expect(sentenceOf(await escalate({ toLevel: 1 }, { id: 'o2', customerNo: 'nobody' }))).toBe(
      'There is no customer nobody.',
    );
  });
});

describe('a dispute', () => {
  const open = (id = 'o1', billNo = 'b-wang') => openDispute(world.db, orderAt(now, id), billNo);
  const resolve = (id: string, as: 'upheld' | 'rejected' = 'upheld') =>
    resolveDispute(world.db, orderAt(on(5), id), 'b-wang', as);

  test('stops its bill until it is resolved, and may be opened again', async () => {
    expect(await open()).toEqual({ kind: 'applied' });
    expect(await stillnesses('wang')).toEqual([{ billNo: 'b-wang', from: now, until: null }]);
    expect(await resolve('o2', 'rejected')).toEqual({ kind: 'applied' });
    expect(await stillnesses('wang')).toEqual([{ billNo: 'b-wang', from: now, until: on(5) }]);
    expect(await nudges()).toEqual(Array(2).fill('cycle/wang/2026-02 changed'));
    expect(await open('o3')).toEqual({ kind: 'applied' });
  });

  test('is one at a time, and nothing to resolve is refused', async () => {
    expect(sentenceOf(await resolve('o0'))).toBe('Bill b-wang is not disputed.');
    await open();
    expect(await open()).toEqual({ kind: 'repeated' });
    expect(sentenceOf(await open('o2'))).toBe('Bill b-wang is disputed already.');
    await resolve('o3');
    expect(sentenceOf(await resolve('o4'))).toBe('Bill b-wang is not disputed.');
    expect(await world.db.command.count({ where: { NOT: { refusedBecause: null } } })).toBe(3);
  });

  test('of a bill that is not on the book is refused', async () => {
    expect(sentenceOf(await open('o1', 'b-nobody'))).toBe('There is no bill b-nobody.');
  });
});

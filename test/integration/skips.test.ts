import { openRuleBook } from '../../db/rules';
import { skipStep } from '../../db/skips';
import { nextStep } from '../../domain/ladder';
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
const skip = (
  stepKey: string,
  { id = 'o1', billNo = null as string | null, customerNo = 'wang' } = {},
) => skipStep(world.db, openRuleBook(world.db), orderAt(now, id), { customerNo, billNo, stepKey });
const did = (stepKey: string, status: string, billNo = 'b-wang', at = on(1)) =>
  world.db.step.create({
    data: {
      ...{ billNo, stepKey, customerNo: 'wang', period: '2026-02' },
      ...{ kind: 'overdueReminder', status, plannedAt: at, at },
    },
  });
const steps = () => world.db.step.findMany({ orderBy: [{ billNo: 'asc' }, { stepKey: 'asc' }] });

test('a skipped step is on record with who and why, and the ladder goes on to the next one', async () => {
  const rules = await openRuleBook(world.db).rules('tabei-v1');
  await did('bill-notice', 'done', 'b-wang', on(-18));
  const next = async () => nextStep(await support.factsOf(world.db, 'wang', now), rules, now);
  expect(await next()).toMatchObject({ do: 'contact', stepKey: 'overdue-1' });
  expect(await skip('overdue-1')).toEqual({ kind: 'applied' });
  expect(await next()).toMatchObject({ do: 'contact', stepKey: 'overdue-2', at: on(7) });
  expect(await world.db.step.findMany({ where: { status: 'skipped' } })).toMatchObject([
    {
      billNo: 'b-wang',
      stepKey: 'overdue-1',
      actor: 'chen',
      because: ['flood'],
      at: new Date(now),
    },
  ]);
  expect(await support.nudgesOf(world.db)).toEqual(['cycle/wang/2026-02 changed']);
});

test('a step that a limit put off may be skipped, and keeps what put it off', async () => {
  await did('overdue-1', 'deferred');
  expect(await skip('overdue-1')).toEqual({ kind: 'applied' });
  expect(await steps()).toMatchObject([{ status: 'skipped', actor: 'chen', because: ['flood'] }]);
});

test('the same order twice skips once', async () => {
  await skip('overdue-1');
  expect(await skip('overdue-2')).toEqual({ kind: 'repeated' });
  expect(await steps()).toHaveLength(1);
});

test('without a bill it is skipped for every bill that has it ahead, with one for that bill alone', async () => {
  for (const billNo of ['b-2', 'b-3']) await support.addBill(world.db, 'wang', { billNo });
  await did('overdue-1', 'done', 'b-2');
  await skip('overdue-1');
  await skip('overdue-2', { id: 'o2', billNo: 'b-3' });
  expect((await steps()).map(({ billNo, stepKey, status }) => [billNo, stepKey, status])).toEqual([
    ['b-2', 'overdue-1', 'done'],
    ['b-3', 'overdue-1', 'skipped'],
    ['b-3', 'overdue-2', 'skipped'],
    ['b-wang', 'overdue-1', 'skipped'],
  ]);
});

test.each([
  ['bill-notice', 'The step bill-notice is mandatory; it cannot be skipped.'],
  ['demand', 'The step demand is mandatory; it cannot be skipped.'],
  ['call', /^The ladder of level Ⅲ has no step call: it has bill-notice, /],
])('%s cannot be skipped, and the refusal is on record', async (stepKey, sentence) => {
  expect(sentenceOf(await skip(stepKey))).toMatch(sentence);
  const onRecord = await world.db.command.findUnique({ where: { id: 'o1' } });
  expect(onRecord?.refusedBecause).toMatch(sentence);
  expect([await steps(), await support.nudgesOf(world.db)]).toEqual([[], []]);
});

test.each(['done', 'merged', 'expired', 'skipped'])(
  'a step that is %s is behind already',
  async (status) => {
    await did('overdue-1', status);
    expect(sentenceOf(await skip('overdue-1'))).toBe(
      `The step overdue-1 of bill b-wang is behind already: ${status} at ${on(1)}.`,
    );
  },
);

test('there is nothing to skip for a bill that is another’s or paid, or without an open month', async () => {
  expect(sentenceOf(await skip('overdue-1', { billNo: 'b-liu' }))).toBe('Bill b-liu is not open.');
  expect(sentenceOf(await skip('overdue-1', { id: 'o2', customerNo: 'liu' }))).toBe(
    'Customer liu has no open cycle.',
  );
  expect(sentenceOf(await skip('overdue-1', { id: 'o3', customerNo: 'nobody' }))).toBe(
    'There is no customer nobody.',
  );
});

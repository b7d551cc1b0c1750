import { decideApproval, requestApproval, type Decision, type Wanted } from '../../db/approvals';
import { loadAccounts } from '../../db/facts';
import { gradeHistory } from '../../db/grades';
import { gradeAccounts } from '../../db/grading';
import { endOverride, listOverrides } from '../../db/overrides';
import { openRuleBook } from '../../db/rules';
import type { Level } from '../../domain/policy';
import { dateOf, periodOf, type Instant } from '../../domain/time';
import { on } from '../support/facts';
import * as support from '../support/world';

const { sentenceOf } = support;

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await support.openMonth(world.db, 'wang');
});

const book = () => openRuleBook(world.db);
const by = (actor: string, id: string, at = on(3)) => ({ ...support.orderAt(at, id), actor });
const override = (given: Partial<Wanted> = {}): Wanted =>
  ({ kind: 'override', customerNo: 'wang', level: 1, until: on(40), ...given }) as Wanted;
/** Chen asks. */
const ask = (wanted = override(), id = 'a1', at = on(3)) =>
  requestApproval(world.db, book(), by('chen', id, at), wanted);
const decide = (decision: Decision, actor = 'li', { id = 'd1', of = 'a1', at = on(3) } = {}) =>
  decideApproval(world.db, book(), by(actor, id, at), { id: of, decision });
const overridesOfWang = () => {
  const all = { stations: null, state: 'all', station: null, customerNo: 'wang' } as const;
  return listOverrides(world.db, { ...all, after: null, limit: 9 }, on(3));
};
/** What the monthly grading would find. */
async function gradeOn(at: Instant): Promise<{ level: Level; source: string; factors: string[] }> {
  const accounts = await loadAccounts(world.db, ['wang'], periodOf(dateOf(at)), at);
  const policy = await book().grading(dateOf(at));
  const [found] = await gradeAccounts(world.db, accounts, policy, at);
  if (found === undefined) throw new Error('wang is not on the book');
  const factors = found.reasons.map(({ factor }) => factor);
  return { level: found.level, source: found.source, factors };
}
const levels = async () =>
  (await gradeHistory(world.db, { customerNo: 'wang', after: null, limit: 9 })).map(
    ({ level, source }) => `${source} ${level}`,
  );

describe('what needs a second person', () => {
  test('is not done when it is asked for', async () => {
    expect(await ask()).toEqual({ kind: 'applied' });
    expect([await levels(), await overridesOfWang()]).toEqual([[], []]);
    expect(await support.nudgesOf(world.db)).toEqual([]);
  });

  test('is done when another person approves it, and it is on record who asked and who approved', async () => {
    await ask();
    expect(await decide('approve')).toEqual({ kind: 'applied' });
    expect(await levels()).toEqual(['override 1']);
    expect(await overridesOfWang()).toMatchObject([
      { id: 'a1', level: 1, from: on(3), until: on(40), requestedBy: 'chen', approvedBy: 'li' },
    ]);
    expect(await support.nudgesOf(world.db)).toEqual(['cycle/wang/2026-02 changed']);
    const entries = await world.db.command.findMany({ orderBy: { recordedAt: 'asc' } });
    expect(entries.map(({ kind, actor }) => `${actor}: ${kind}`)).toEqual([
      'chen: request override',
      'li: approve override',
    ]);
  });

  test.each<Decision>(['approve', 'reject'])('cannot be decided by who asked: %s', async (what) => {
    await ask();
    expect(sentenceOf(await decide(what, 'chen'))).toBe(
      `You asked for approval a1 yourself: another person has to ${what} it.`,
    );
    expect(await levels()).toEqual([]);
    expect((await world.db.approval.findFirst())?.decision).toBeNull();
  });

  test('can be withdrawn by who asked, and by nobody else', async () => {
    await ask();
    expect(sentenceOf(await decide('withdraw'))).toContain('chen, who alone can withdraw it');
    expect(await decide('withdraw', 'chen', { id: 'd2' })).toEqual({ kind: 'applied' });
    expect(sentenceOf(await decide('approve', 'li', { id: 'd3' }))).toBe(
      'Approval a1 was withdrawn by chen already.',
    );
  });

  test('comes to nothing when it is rejected, and may be asked for again', async () => {
    await ask();
    await decide('reject');
    expect(await levels()).toEqual([]);
    expect(sentenceOf(await decide('approve', 'zhou', { id: 'd2' }))).toBe(
      'Approval a1 was rejected by li already.',
    );
    expect(await ask(override(), 'a2')).toEqual({ kind: 'applied' });
  });

  test('asked for or approved twice by the same id is once', async () => {
    await ask();
    expect(await ask()).toEqual({ kind: 'repeated' });
    await decide('approve');
    expect(await decide('approve')).toEqual({ kind: 'repeated' });
    expect([await world.db.approval.count(), await levels()]).toEqual([1, ['override 1']]);
  });

  test('is done once when two approve it at the same moment', async () => {
    await ask();
    const both = await Promise.all([
      decide('approve', 'li', { id: 'd1' }),
      decide('approve', 'zhou', { id: 'd2' }),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['applied', 'refused']);
    expect(await levels()).toEqual(['override 1']);
  });

  test('that nobody asked for is refused', async () => {
    expect(sentenceOf(await decide('approve'))).toBe('There is no approval a1.');
  });

  test('stays open when it can no longer be done, and can be rejected', async () => {
    await ask();
    expect(sentenceOf(await decide('approve', 'li', { at: on(41) }))).toBe(
      `This can no longer be done; it can be rejected. The override would end at ${on(40)}, which is past. Name a later end.`,
    );
    expect(await decide('reject', 'li', { id: 'd2', at: on(41) })).toEqual({ kind: 'applied' });
  });

  test.each<[string, Partial<Wanted>, string]>([
    ['a customer who is not on the book', { customerNo: 'nobody' }, 'There is no customer nobody.'],
    [
      'the level that the customer has',
      { level: 3 },
      'The customer is at level Ⅲ already; an override to it changes nothing.',
    ],
    [
      'an end that is past',
      { until: on(3) },
      `The override would end at ${on(3)}, which is past. Name a later end.`,
    ],
  ])('is refused for %s', async (_rule, given, sentence) => {
    expect(sentenceOf(await ask(override(given)))).toBe(sentence);
    expect(await world.db.approval.count()).toBe(0);
  });

  test('is refused while the same waits for a decision', async () => {
    await ask();
    expect(sentenceOf(await ask(override({ level: 2 }), 'a2'))).toBe(
      'Approval a1 asks for this already. Decide or withdraw it first.',
    );
  });
});

describe('a level that was decided on', () => {
  beforeEach(async () => {
    await ask();
    await decide('approve');
  });

  test('holds in every grading until its end, with the points still to be seen', async () => {
    for (const day of [3, 20, 39])
      expect(await gradeOn(on(day))).toMatchObject({ level: 1, source: 'override' });
    expect((await gradeOn(on(20))).factors).toEqual(
      expect.arrayContaining(['lateMonths', 'usage', 'override']),
    );
    // By the points of one late bill.
    expect(await gradeOn(on(40))).toMatchObject({ level: 3, source: 'graded' });
  });

  test('ends early when a person ends it; there is nothing to end then', async () => {
    const end = (id: string) => endOverride(world.db, by('li', id, on(10)), 'wang');
    expect(await end('e1')).toEqual({ kind: 'applied' });
    expect(await gradeOn(on(10))).toMatchObject({ level: 3, source: 'graded' });
    expect(sentenceOf(await end('e2'))).toBe('Customer wang has no override in force.');
    expect(await overridesOfWang()).toMatchObject([{ endedAt: on(10), endedBy: 'li' }]);
  });

  test('may be prolonged, which takes its place', async () => {
    const longer = override({ until: on(80) });
    expect(sentenceOf(await ask(override(), 'a2'))).toContain('is in force already');
    await ask(longer, 'a3', on(9));
    await decide('approve', 'li', { id: 'd3', of: 'a3', at: on(9) });
    expect(await gradeOn(on(60))).toMatchObject({ level: 1, source: 'override' });
    expect(await overridesOfWang()).toHaveLength(2);
  });
});

test('after an override the grading goes on from the level of before, with its hysteresis', async () => {
  // Wang was found at Ⅰ, and nothing since says that it fell: without clean months it stays.
  const graded = {
    customerNo: 'wang',
    level: 1,
    score: 70,
    reasons: [],
    policyId: 'tabei-grade-v1',
  };
  await world.db.grade.create({ data: { ...graded, asOf: on(-18), source: 'graded' } });
  await ask(override({ level: 3 }));
  await decide('approve');
  expect(await gradeOn(on(10))).toMatchObject({ level: 3, source: 'override' });
  expect(await gradeOn(on(40))).toMatchObject({ level: 1, source: 'graded' });
});

test('a rise during a milder override counts after it', async () => {
  await ask(override({ level: 2 }));
  await decide('approve');
  const risen = { customerNo: 'wang', level: 1, score: 0, reasons: [], policyId: 'tabei-grade-v1' };
  await world.db.grade.create({ data: { ...risen, asOf: on(5), source: 'rise' } });
  expect((await support.factsOf(world.db, 'wang', on(6))).level).toBe(1);
  expect(await gradeOn(on(40))).toMatchObject({ level: 1, source: 'graded' });
});

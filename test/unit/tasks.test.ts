import { followUpOf, needsOf, outcomesOf, TASK_KINDS } from '../../domain/tasks';
import { LANGUAGES, sayEnding, sayWhy } from '../../domain/words';

const endings = TASK_KINDS.flatMap((kind) =>
  outcomesOf(kind).map((outcome) => [kind, outcome] as const),
);

test.each(endings)(
  'a %s that ends as %s has a name and says what it does, in both languages',
  (kind, outcome) => {
    const said = LANGUAGES.map((language) => sayEnding(language, kind, outcome));
    for (const { effect } of said) expect(effect).not.toBe('');
    expect(said[0]?.label).not.toBe(outcome);
    expect(said[0]).not.toEqual(said[1]);
  },
);

test('an outcome that gives out a task says so', () => {
  for (const [kind, outcome] of endings) {
    const { effect } = sayEnding('zh-CN', kind, outcome);
    const follows = followUpOf(kind, outcome);
    expect([outcome, effect.includes('另派上门任务')]).toEqual([
      outcome,
      follows?.kind === 'visit',
    ]);
    expect([outcome, effect.includes('转主管')]).toEqual([outcome, follows?.kind === 'review']);
    expect([outcome, /前暂停催收/.test(effect)]).toEqual([
      outcome,
      follows?.holds === true || needsOf(outcome) === 'promisedOn',
    ]);
  }
});

test('a task that follows ends: no outcome of a review gives out another', () => {
  for (const outcome of outcomesOf('review')) expect(followUpOf('review', outcome)).toBeNull();
});

test('why a task was given out is said in words, and as it stands where a later version gave it', () => {
  expect(sayWhy('zh-CN', 'demand')).toBe('催费通知单');
  expect(sayWhy('zh-CN', 'unreachable')).toBe('短信、邮件均无法送达');
  expect(sayWhy('en', 'wrongNumber')).toBe('wrong number');
  expect(sayWhy('en', 'drone')).toBe('drone');
});

import fc from 'fast-check';
import { afterPlan } from '../../domain/after';
import { nextStep } from '../../domain/ladder';
import { migrationRefused } from '../../domain/policy-migration';
import type { LadderPolicy, LadderStep } from '../../domain/policy';
import { on, policyV1, rulesV1, someBill, someFacts } from '../support/facts';

const changed = (change: (step: LadderStep) => LadderStep | null): LadderPolicy => {
  const v1 = policyV1();
  const of = (level: 1 | 2 | 3) => v1.ladders[level].flatMap((step) => change(step) ?? []);
  return { ...v1, id: 'v2', ladders: { 1: of(1), 2: of(2), 3: of(3) } };
};
const called = (key: string, other: string) =>
  changed((step) => (step.key === key ? { ...step, key: other } : step));
const later = changed((step) => (step.key === 'overdue-2' ? { ...step, day: 9 } : step));
const without = changed((step) => (step.key === 'overdue-2' ? null : step));
const taken = (stepKey: string, status: 'done' | 'deferred' | 'merged' = 'done') =>
  someFacts({
    steps: [{ billNo: 'b1', stepKey, kind: kindOf(stepKey), status, at: on(7) }],
  });
const kindOf = (key: string) =>
  policyV1().ladders[3].find((step) => step.key === key)?.kind ?? 'overdueReminder';

it.each<[string, Parameters<typeof taken>, LadderPolicy, string | null]>([
  ['moves to other days', ['overdue-2'], later, null],
  ['leaves a reminder out', ['overdue-2'], without, null],
  [
    'calls the demand otherwise',
    ['demand'],
    called('demand', 'dunning'),
    'Bill b1: demand was taken and may be called dunning in v2.',
  ],
  [
    'calls a step otherwise that is still to come',
    ['bill-notice'],
    called('demand', 'dunning'),
    null,
  ],
  [
    'calls a step otherwise that was merged',
    ['overdue-2', 'merged'],
    called('overdue-2', 'second'),
    'Bill b1: overdue-2 was taken and may be called second in v2.',
  ],
  [
    'calls a step otherwise that was only put off',
    ['overdue-2', 'deferred'],
    called('overdue-2', 'second'),
    null,
  ],
  [
    'gives the key to a step of another kind',
    ['overdue-2'],
    changed((step) => (step.key === 'overdue-2' ? { ...step, kind: 'callTask' } : step)),
    'Bill b1: overdue-2 was a overdueReminder and is a callTask in v2.',
  ],
])('a month goes on or not under a version that %s', (_rule, given, after, sentence) => {
  expect(migrationRefused(taken(...given), policyV1(), after)).toBe(sentence);
});

it('a bill in other hands is in nobody’s way', () => {
  const facts = { ...taken('demand'), bills: [someBill({ closedAs: 'handedOver' })] };
  expect(migrationRefused(facts, policyV1(), called('demand', 'dunning'))).toBeNull();
});

/** Days of the reminders, calls and reviews; keys and order stay, as in a version that is only tuned. */
const tuned = (shift: number): LadderPolicy =>
  changed((step) =>
    step.anchor === 'due' && step.day > 0 ? { ...step, day: step.day + shift } : step,
  );

it('whenever a month is moved to a tuned version, each notice comes once, no step twice, and no two on a day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -18, max: 40 }),
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom(1, 2, 3),
      (movedOn, shift, level) => {
        const { calendar } = rulesV1();
        const [before, after] = [policyV1(), tuned(shift)];
        let facts = someFacts({ level: level });
        let at = on(-18, 0);
        const contacts: { key: string; on: string }[] = [];
        for (let look = 0; look < 200 && at < on(90); look += 1) {
          const policy = at < on(movedOn) ? before : after;
          const plan = nextStep(facts, { policy, calendar }, at);
          if (plan.at === null) break;
          // The move is a nudge: the run looks again then.
          if (plan.at > at) {
            const move = on(movedOn);
            at = at < move && move < plan.at ? move : plan.at;
            continue;
          }
          if (plan.do === 'contact') contacts.push({ key: plan.stepKey, on: at.slice(0, 10) });
          facts = afterPlan(facts, plan, at);
        }
        const keys = contacts.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.filter((key) => key === 'bill-notice' || key === 'demand')).toEqual([
          ...['bill-notice', 'demand'],
        ]);
        expect(new Set(contacts.map((one) => one.on)).size).toBe(contacts.length);
      },
    ),
  );
});

import { afterPlan } from '../../domain/after';
import { forecast } from '../../domain/forecast';
import { nextStep } from '../../domain/ladder';
import type { Contact, Plan } from '../../domain/plan';
import { instantAt, plusDays, toDate } from '../../domain/time';
import { NATIONAL_DAY, on, rulesV1, someBill, someFacts } from '../support/facts';
import { diary, fold } from '../support/fold';

const days = (plans: readonly Plan[]) =>
  diary({ taken: plans.map((plan) => ({ at: plan.at ?? on(999), plan })) });

it('tells the next five steps with their days', () => {
  expect(days(forecast(someFacts(), rulesV1(), on(-20)))).toEqual([
    'D-18 bill-notice',
    'D-3 pre-due-1',
    'D+1 overdue-1',
    'D+7 overdue-2',
    'D+15 demand',
  ]);
});

it('tells what then happens', () => {
  const run = fold(someFacts({ level: 2 }), { from: on(-20), to: on(90) });
  const plans = forecast(someFacts({ level: 2 }), rulesV1(), on(-20), 50);
  expect(days(plans.slice(0, -1))).toEqual(diary(run));
  expect(plans.at(-1)).toEqual({ do: 'wait', at: null, why: 'ladderEnded' });
});

it('ends with the close', () => {
  expect(forecast(someFacts({ bills: [] }), rulesV1(), on(0))).toEqual([
    { do: 'close', at: on(0), outcome: 'paid' },
  ]);
});

it('ends with the hold that has no end', () => {
  const held = someFacts({ stillnesses: [{ billNo: null, from: on(-30), until: null }] });
  expect(forecast(held, rulesV1(), on(0))).toEqual([{ do: 'wait', at: null, why: 'held' }]);
});

it('says what puts a step off', () => {
  const due = toDate('2026-10-02');
  const bill = { ...someBill(), dueOn: due, issuedOn: plusDays(due, -18) };
  const plans = forecast(
    someFacts({ bills: [bill] }),
    rulesV1(NATIONAL_DAY),
    instantAt(plusDays(due, -1)),
  );
  expect(plans.slice(0, 2)).toMatchObject([
    { stepKey: 'bill-notice', at: instantAt(toDate('2026-10-08'), 540), because: ['holiday'] },
    { stepKey: 'overdue-1', at: instantAt(toDate('2026-10-13'), 540), because: [] },
  ]);
});

it.each([0, 1, 5, 6, 30])('tells no more than %i', (count) => {
  expect(forecast(someFacts(), rulesV1(), on(-20), count).length).toBeLessThanOrEqual(count);
});

it('changes nothing', () => {
  const facts = someFacts();
  const before = structuredClone(facts);
  forecast(facts, rulesV1(), on(-20), 50);
  expect(facts).toEqual(before);
});

describe('what a plan leaves behind', () => {
  const contact = nextStep(someFacts(), rulesV1(), on(-18)) as Contact;

  it('is a message that counts, unless nobody can be reached', () => {
    expect(afterPlan(someFacts(), contact, on(-18)).messagesAt).toEqual([on(-18)]);
    expect(afterPlan(someFacts({ reachable: [] }), contact, on(-18)).messagesAt).toEqual([]);
  });

  it('is the rung once, in place of the row that said it was put off', () => {
    const steps = [
      { billNo: 'b1', stepKey: 'bill-notice', kind: 'billNotice', status: 'deferred', at: on(-19) },
    ] as const;
    expect(afterPlan(someFacts({ steps }), contact, on(-18)).steps).toEqual([
      { billNo: 'b1', stepKey: 'bill-notice', kind: 'billNotice', status: 'done', at: on(-18) },
    ]);
  });

  it.each([
    [3, 3, 2],
    [2, 3, 2],
    [2, 2, 1],
    [1, 3, 1],
    [1, 1, 1],
  ] as const)(
    'is, for a customer at %i whose bill began at %i, level %i',
    (level, began, risen) => {
      const facts = someFacts({ level, bills: [someBill({ level: began })] });
      const rise: Plan = {
        do: 'raiseLevel',
        at: on(15),
        billNo: 'b1',
        stepKey: 'level-rise',
        plannedAt: on(15),
      };
      expect(afterPlan(facts, rise, on(15)).level).toBe(risen);
    },
  );

  it('is nothing for a wait', () => {
    const facts = someFacts();
    expect(afterPlan(facts, { do: 'wait', at: null, why: 'held' }, on(0))).toBe(facts);
  });
});

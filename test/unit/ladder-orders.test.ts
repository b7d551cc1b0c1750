import type { Facts, StepFact } from '../../domain/facts';
import { nextStep } from '../../domain/ladder';
import type { Level } from '../../domain/policy';
import { plusDays } from '../../domain/time';
import { D, held, on, ordered, pays, rulesV1, someBill, someFacts } from '../support/facts';
import { contacts, diary, fold } from '../support/fold';

const month = { from: on(-18, 0), to: on(60) };
const noticed: StepFact = {
  billNo: 'b1',
  stepKey: 'bill-notice',
  kind: 'billNotice',
  status: 'done',
  at: on(-18),
};

describe('an order to take a step now', () => {
  it('is done at once, and answers for the lesser steps it passes', () => {
    const run = fold(someFacts(), {
      ...month,
      events: [ordered(on(2, 600), { toStep: 'demand' })],
    });
    expect(diary(run).slice(2)).toEqual([
      'D+1 overdue-1',
      'D+2 10:00 demand',
      'D+15 level-rise',
      'D+30 review',
    ]);
    expect(contacts(run)[3]?.merged.map(({ stepKey }) => stepKey)).toEqual(['overdue-2']);
  });

  it('leaves the mandatory notices before it in place, a day apart', () => {
    const run = fold(someFacts(), {
      ...month,
      events: [ordered(on(-18, 0), { toStep: 'review' })],
    });
    expect(diary(run)).toEqual([
      'D-18 bill-notice',
      'D-17 demand',
      'D-16 review',
      'D+15 level-rise',
    ]);
  });

  it('waits for the shortest gap after what was said the same day', () => {
    const run = fold(someFacts(), {
      ...month,
      events: [ordered(on(1, 600), { toStep: 'demand' })],
    });
    expect(diary(run).slice(2, 4)).toEqual(['D+1 overdue-1', 'D+2 demand']);
  });

  it('waits for the end of a hold', () => {
    const events = [held(on(2), { until: on(9) }), ordered(on(3), { toStep: 'demand' })];
    expect(diary(fold(someFacts(), { ...month, events })).slice(3, 4)).toEqual(['D+9 demand']);
  });

  it('concerns the bills there were, not the next one', () => {
    const bills = [someBill(), someBill({ billNo: 'b2', issued: 12, due: 40 })];
    const events = [ordered(on(2, 600), { toStep: 'demand' }), ordered(on(3), { toLevel: 1 })];
    const run = fold(someFacts({ bills }), { from: on(-18, 0), to: on(90), events });
    const b2 = contacts(run).filter(({ billNos }) => billNos.includes('b2'));
    expect(b2.map(({ stepKey, takenAt }) => [stepKey, takenAt])).toEqual([
      ['bill-notice', on(12)],
      ['pre-due-1', on(37)],
      ['overdue-1', on(41)],
      ['overdue-2', on(47)],
      ['demand', on(55)],
      ['review', on(70)],
    ]);
  });

  it('for a step that the ladder does not have changes nothing', () => {
    const events = [ordered(on(2), { toStep: 'no-such-step' })];
    expect(diary(fold(someFacts(), { ...month, events }))).toEqual(diary(fold(someFacts(), month)));
  });
});

describe('whoever cannot be reached', () => {
  it('climbs the same ladder by calls, and no message counts', () => {
    const run = fold(someFacts({ reachable: [] }), month);
    expect(diary(run)).toEqual(diary(fold(someFacts(), month)));
    expect(run.facts.messagesAt).toEqual([]);
  });
});

describe('the end', () => {
  it.each(['handedOver', 'writtenOff'] as const)('of a bill that was %s is that', (closedAs) => {
    const facts = someFacts({ bills: [someBill({ closedAs })] });
    expect(nextStep(facts, rulesV1(), on(2))).toEqual({
      do: 'close',
      at: on(2),
      outcome: closedAs,
    });
  });

  it('waits for the other bill when one is handed over', () => {
    const bills = [someBill({ closedAs: 'handedOver' }), someBill({ billNo: 'b2' })];
    const run = fold(someFacts({ bills }), { ...month, events: [pays(on(3), 20_000)] });
    expect(contacts(run).flatMap(({ billNos }) => billNos)).not.toContain('b1');
    expect(diary(run).at(-1)).toBe('D+3 close paid');
  });

  it('is handed over when what is left is in other hands', () => {
    const bills = [
      someBill({ billNo: 'a', due: 1, closedAs: 'handedOver' }),
      someBill({ billNo: 'b' }),
      someBill({ billNo: 'c', due: 2, closedAs: 'writtenOff' }),
    ];
    const run = fold(someFacts({ bills }), { ...month, events: [pays(on(3), 10_000)] });
    expect(run.last).toMatchObject({ do: 'close', outcome: 'handedOver' });
  });

  it('is what another set, whatever is still owed', () => {
    expect(nextStep(someFacts({ outcome: 'carriedForward' }), rulesV1(), on(2))).toEqual({
      do: 'close',
      at: on(2),
      outcome: 'carriedForward',
    });
  });

  it('of a month without bills is paid', () => {
    expect(nextStep(someFacts({ bills: [] }), rulesV1(), on(0))).toMatchObject({ outcome: 'paid' });
  });
});

describe('a message of which nobody knows whether it went', () => {
  const undelivered = [{ messageId: 'm', status: 'sending' as const, retryAt: on(1, 541) }];

  it('is looked into before anything else, even the end', () => {
    for (const given of [{}, { outcome: 'paid' as const }, { bills: [] }]) {
      const plan = nextStep(someFacts({ undelivered, ...given }), rulesV1(), on(1));
      expect(plan).toEqual({ do: 'deliver', at: on(1, 541), messageId: 'm' });
    }
  });

  it.each([
    ['in the window goes at its time', on(1, 541), on(1, 541)],
    ['in the evening waits for the morning', on(1, 1230), on(2)],
  ])('and one that did not go, tried again %s', (_rule, retryAt, at) => {
    const waiting = [{ messageId: 'm', status: 'waiting' as const, retryAt }];
    const facts = someFacts({ steps: [noticed], undelivered: waiting, messagesAt: [on(1)] });
    expect(nextStep(facts, rulesV1(), on(1, 540))).toEqual({ do: 'deliver', at, messageId: 'm' });
  });
});

describe('a task nobody does', () => {
  it.each([
    ['is left on the eve', on(3, 1200), false],
    ['is passed on at its due instant', on(4, 1200), true],
    ['is passed on after an outage', on(5), true],
  ])('%s', (_rule, asOf, due) => {
    const tasks = [{ id: 't', givenAt: on(2), dueAt: on(4, 1200), escalated: false }];
    const steps = ['overdue-1', 'overdue-2', 'demand'].map((stepKey) => ({ ...noticed, stepKey }));
    const plan = nextStep(someFacts({ steps: [noticed, ...steps], tasks }), rulesV1(), asOf);
    expect(plan).toMatchObject({ do: 'escalateTask', taskId: 't', at: on(4, 1200) });
    expect(plan.at !== null && plan.at <= asOf).toBe(due);
  });
});

describe('the prepaid device', () => {
  const late = (months: number) =>
    Array.from({ length: months }, (_, index) =>
      someBill({
        billNo: `late${index}`,
        period: `2025-0${index + 5}`,
        issued: -300 + index * 30,
        due: -280 + index * 30,
        fen: 100,
      }),
    );
  const settled = (months: number) =>
    late(months).map(({ dueOn, amountFen }) => ({
      receivedAt: on(-200),
      amountFen,
      dueOn,
    }));
  const facts = (level: Level, months: number, given: Partial<Facts> = {}): Facts =>
    someFacts({
      level,
      bills: [...late(months), someBill({ level })],
      payments: settled(months),
      steps: [noticed],
      ...given,
    });
  const proposed = (given: Facts) => nextStep(given, rulesV1(), on(-15)).do === 'proposeDevice';

  it.each<[Level, number, boolean]>([
    [1, 0, true],
    [2, 1, false],
    [2, 2, true],
    [2, 3, true],
    [3, 2, false],
    [3, 3, true],
  ])('is proposed at level %s after %s late months: %s', (level, months, expected) => {
    expect(proposed(facts(level, months))).toBe(expected);
  });

  const withDevice = (given: Partial<Facts['device']>) =>
    facts(1, 0, { device: { caseOpen: false, restUntil: null, prepaid: false, ...given } });

  it.each([
    ['while it is being talked about', { caseOpen: true }, false],
    ['to whoever has it', { prepaid: true }, false],
    ['on the last day of the rest after a refusal', { restUntil: plusDays(D, -14) }, false],
    ['when the rest is over', { restUntil: plusDays(D, -15) }, true],
    ['the day after', { restUntil: plusDays(D, -16) }, true],
  ])('%s is proposed or not: %j', (_rule, device, expected) => {
    expect(proposed(withDevice(device))).toBe(expected);
  });

  it.each([
    ['before the bill notice', { steps: [] }],
    ['while the bill notice is put off', { steps: [{ ...noticed, status: 'deferred' as const }] }],
    ['during a hold', { stillnesses: [{ billNo: null, from: on(-16), until: on(0) }] }],
    ['to a school', { category: 'school' as const }],
  ])('is not proposed %s', (_rule, given) => {
    expect(proposed(facts(1, 0, given))).toBe(false);
  });
});

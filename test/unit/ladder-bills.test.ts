import type { Facts, StepFact } from '../../domain/facts';
import { nextStep } from '../../domain/ladder';
import type { Level } from '../../domain/policy';
import { held, on, ordered, released, rulesV1, someBill, someFacts } from '../support/facts';
import { contacts, diary, fold } from '../support/fold';

const notified = (billNo: string, day = -18): StepFact => ({
  billNo,
  stepKey: 'bill-notice',
  kind: 'billNotice',
  status: 'done',
  at: on(day),
});
const facts = (given: Partial<Facts> = {}, level: Level = 3) => someFacts({ level, ...given });

describe('several bills', () => {
  it('due the same day are one message', () => {
    const bills = [someBill({ billNo: 'a' }), someBill({ billNo: 'b' })];
    const run = fold(facts({ bills }), { from: on(-18, 0), to: on(60) });
    expect(contacts(run).map(({ stepKey, billNos }) => [stepKey, billNos.join('+')])).toEqual([
      ['bill-notice', 'a+b'],
      ['pre-due-1', 'a+b'],
      ['overdue-1', 'a+b'],
      ['overdue-2', 'a+b'],
      ['demand', 'a+b'],
      ['review', 'a+b'],
    ]);
  });

  it('with different steps on one day get the gravest, and the others are merged into it', () => {
    const bills = [
      someBill({ billNo: 'young', due: 14, issued: -10 }),
      someBill({ billNo: 'middle', due: 8 }),
      someBill({ billNo: 'old' }),
    ];
    const steps = bills.map(({ billNo }) => notified(billNo));
    const plan = nextStep(facts({ bills, steps }), rulesV1(), on(15));
    expect(plan).toMatchObject({
      do: 'contact',
      stepKey: 'demand',
      billNos: ['old'],
      merged: [
        { billNo: 'old', stepKey: 'overdue-1' },
        { billNo: 'old', stepKey: 'overdue-2' },
        { billNo: 'middle', stepKey: 'overdue-1' },
        { billNo: 'middle', stepKey: 'overdue-2' },
        { billNo: 'young', stepKey: 'overdue-1' },
      ],
      expired: [
        { billNo: 'old', stepKey: 'pre-due-1' },
        { billNo: 'middle', stepKey: 'pre-due-1' },
        { billNo: 'young', stepKey: 'pre-due-1' },
      ],
    });
  });

  it('keep the visit that one of them brings, though another is longer overdue', () => {
    const bills = [
      someBill({ billNo: 'grave', level: 1, due: 10 }),
      someBill({ billNo: 'mild', level: 3 }),
    ];
    const steps = bills.map(({ billNo }) => notified(billNo));
    const plan = nextStep(facts({ bills, steps }), rulesV1(), on(15));
    expect(plan).toMatchObject({ stepKey: 'demand', billNos: ['mild', 'grave'] });
    expect(plan).toMatchObject({ tasks: ['letter', 'visit'] });
  });

  it('keep the call that goes with a merged bill notice', () => {
    const bills = [
      someBill({ billNo: 'old', level: 1 }),
      someBill({ billNo: 'new', level: 1, issued: 5, due: 25 }),
    ];
    const steps = [notified('old')];
    const device = { caseOpen: true, restUntil: null, prepaid: false };
    const plan = nextStep(facts({ bills, steps, device }, 1), rulesV1(), on(5));
    expect(plan).toMatchObject({
      stepKey: 'demand',
      billNos: ['old'],
      tasks: ['letter', 'visit', 'call'],
    });
    expect(plan).toMatchObject({
      merged: expect.arrayContaining([
        { billNo: 'new', stepKey: 'bill-notice', kind: 'billNotice' },
      ]) as unknown,
    });
  });

  it('keep the call of one when the other is reviewed', () => {
    const bills = [
      someBill({ billNo: 'a', level: 2 }),
      someBill({ billNo: 'b', level: 2, due: 13 }),
    ];
    const run = fold(facts({ bills }, 2), { from: on(-18, 0), to: on(20) });
    expect(contacts(run).at(-1)).toMatchObject({
      stepKey: 'review',
      billNos: ['a'],
      tasks: ['review', 'call'],
      merged: [{ billNo: 'b', stepKey: 'call' }],
    });
  });

  it('do not wait for each other: a call is made while the message of another is put off', () => {
    const bills = [
      someBill({ billNo: 'written', level: 2, due: 5 }),
      someBill({ billNo: 'called', level: 2 }),
    ];
    const done = ['pre-due-1', 'pre-due-2', 'overdue-1', 'overdue-2'].map((stepKey) => ({
      ...notified('called', 4),
      stepKey,
    }));
    const given = facts(
      {
        bills,
        steps: [notified('written'), notified('called'), ...done],
        messagesAt: [on(4, 1000), on(5, 600), on(6, 545)],
      },
      2,
    );
    const plan = nextStep(given, rulesV1(), on(6, 550));
    expect(plan).toMatchObject({ stepKey: 'call', billNos: ['called'], at: on(7), because: [] });
    const next = nextStep(given, rulesV1(), on(7));
    expect(next).toMatchObject({ stepKey: 'call', billNos: ['called'], at: on(7) });
  });

  it('send the message of one right after the call of another: neither stands for the other', () => {
    const bills = [
      someBill({ billNo: 'called', level: 2 }),
      someBill({ billNo: 'written', level: 2, due: 6, issued: -12 }),
    ];
    const run = fold(facts({ bills }, 2), { from: on(-18, 0), to: on(7) });
    const last = contacts(run).slice(-2);
    expect(last.map(({ stepKey, billNos, takenAt }) => [stepKey, ...billNos, takenAt])).toEqual([
      ['call', 'called', on(7)],
      ['overdue-1', 'written', on(7)],
    ]);
  });

  it('were both written to by one message: the merged one rests until the next day too', () => {
    const bills = [someBill({ level: 2 })];
    const merged = { ...notified('b1', 7), stepKey: 'overdue-2', status: 'merged' as const };
    const plan = nextStep(facts({ bills, steps: [notified('b1'), merged] }, 2), rulesV1(), on(7));
    expect(plan).toMatchObject({ stepKey: 'call', at: on(8) });
  });

  it('leave a bill that waits to send its demand out of the call of another', () => {
    const bills = [
      someBill({ billNo: 'waits', level: 2, due: -5 }),
      someBill({ billNo: 'called', level: 2 }),
    ];
    const steps = bills.map(({ billNo }) => notified(billNo));
    const plan = nextStep(facts({ bills, steps, messagesAt: [on(7, 535)] }, 2), rulesV1(), on(7));
    expect(plan).toMatchObject({ stepKey: 'call', billNos: ['called'], at: on(7) });
    expect(plan).not.toMatchObject({ merged: [{ billNo: 'waits' }] });
  });

  it('keep a reminder for a bill whose long hold is ended early, though another was written to', () => {
    const bills = [someBill({ billNo: 'held' }), someBill({ billNo: 'other', due: -9 })];
    const events = [held(on(-9), { billNo: 'held', until: on(30) }), released(on(-7))];
    const run = fold(facts({ bills }), { from: on(-18, 0), to: on(0), events });
    expect(diary(run).slice(-3)).toEqual(['D-8 overdue-1', 'D-2 overdue-2', 'D-1 pre-due-1']);
  });
});

describe('a bill that comes late', () => {
  it.each([
    ['four days before D keeps its ladder', -4, 'D+1 overdue-1', 'D+15 demand'],
    ['three days before D moves it by a day', -3, 'D+2 overdue-1', 'D+16 demand'],
    ['on D moves it', 0, 'D+5 overdue-1', 'D+19 demand'],
  ])('issued %s', (_rule, issued, overdue, demand) => {
    const run = fold(facts({ bills: [someBill({ issued })] }), { from: on(issued, 0), to: on(60) });
    expect(diary(run)).toEqual(expect.arrayContaining([overdue, demand]));
  });

  it('has the reminders before D merged into its notice', () => {
    const run = fold(facts({ bills: [someBill({ issued: -2 })] }), { from: on(-2, 0), to: on(2) });
    expect(contacts(run)[0]).toMatchObject({
      stepKey: 'bill-notice',
      merged: [{ billNo: 'b1', stepKey: 'pre-due-1' }],
    });
    expect(diary(run)).toEqual(['D-2 bill-notice']);
  });

  it('from before Tarim is notified first, and its overdue steps keep their distances', () => {
    const bills = [someBill({ issued: -60, due: -40 })];
    const run = fold(facts({ bills }), { from: on(0, 600), to: on(60) });
    expect(diary(run)).toEqual([
      'D+0 10:00 bill-notice',
      'D+5 overdue-1',
      'D+11 overdue-2',
      'D+19 demand',
      'D+19 level-rise',
      'D+34 review',
    ]);
    expect(contacts(run)[0]).toMatchObject({
      expired: [{ billNo: 'b1', stepKey: 'pre-due-1' }],
      merged: [],
    });
  });
});

describe('after an outage', () => {
  it('of forty days the gravest step due is done, the others are merged, and no notice is skipped', () => {
    const before = fold(facts(), { from: on(-18, 0), to: on(-1) }).facts;
    const run = fold(before, { from: on(39, 600), to: on(60) });
    expect(diary(run)).toEqual(['D+39 10:00 demand', 'D+39 10:00 level-rise', 'D+40 review']);
    expect(contacts(run)[0]?.merged.map(({ stepKey }) => stepKey)).toEqual([
      'overdue-1',
      'overdue-2',
    ]);
  });

  it('at night the gravest waits for the morning, and takes a call that is due along', () => {
    const before = fold(facts({}, 2), { from: on(-18, 0), to: on(-1) }).facts;
    const run = fold(before, { from: on(39, 1300), to: on(60) });
    expect(diary(run).slice(0, 2)).toEqual(['D+40 demand', 'D+40 level-rise']);
    expect(contacts(run)[0]?.merged.map(({ stepKey }) => stepKey)).toContain('call');
  });

  it('that began before the notice starts with the notice', () => {
    const run = fold(facts(), { from: on(22, 600), to: on(90) });
    expect(diary(run).slice(0, 2)).toEqual(['D+22 10:00 bill-notice', 'D+27 overdue-1']);
  });
});

describe('a level', () => {
  it('that rises at D+15 leaves the bills on the ladder where they are', () => {
    const run = fold(facts({}, 2), { from: on(-18, 0), to: on(60) });
    expect(run.facts.level).toBe(1);
    expect(diary(run)).toContain('D+20 review');
  });

  it('rises once, though two bills of one month are late', () => {
    const bills = [someBill({ billNo: 'a' }), someBill({ billNo: 'b', due: 1 })];
    const run = fold(facts({ bills }), { from: on(-18, 0), to: on(60) });
    expect(diary(run).filter((line) => line.includes('level-rise'))).toHaveLength(2);
    expect(run.facts.level).toBe(2);
  });

  it.each(['government', 'school'] as const)('does not rise for a %s', (category) => {
    const run = fold(facts({ category }), { from: on(-18, 0), to: on(60) });
    expect(diary(run)).toEqual([
      'D-18 bill-notice',
      'D-3 pre-due-1',
      'D+1 overdue-1',
      'D+7 overdue-2',
      'D+15 demand',
      'D+30 review',
    ]);
    expect(run.facts.level).toBe(3);
  });

  it('that a supervisor orders applies to open bills at once', () => {
    const events = [ordered(on(2, 600), { toLevel: 1 })];
    const run = fold(facts(), { from: on(-18, 0), to: on(60), events });
    expect(diary(run).slice(2)).toEqual([
      'D+1 overdue-1',
      'D+2 10:00 call',
      'D+5 demand',
      'D+10 review',
    ]);
  });
});

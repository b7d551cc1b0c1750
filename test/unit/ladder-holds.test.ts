import type { Facts, StepFact } from '../../domain/facts';
import { nextStep } from '../../domain/ladder';
import { instantAt, toDate } from '../../domain/time';
import { held, on, pays, promises, released, rulesV1, someBill, someFacts } from '../support/facts';
import { contacts, diary, fold } from '../support/fold';

const month = { from: on(-18, 0), to: on(90) };

describe('a hold', () => {
  it('of ten days makes D+7 D+17, and the rest follows at its distance', () => {
    const events = [held(on(3), { until: on(13) })];
    expect(diary(fold(someFacts(), { ...month, events }))).toEqual([
      'D-18 bill-notice',
      'D-3 pre-due-1',
      'D+1 overdue-1',
      'D+17 overdue-2',
      'D+25 demand',
      'D+25 level-rise',
      'D+40 review',
    ]);
  });

  it('placed the day before in advance does the same as one placed at its start', () => {
    const early = [held(on(-5), { from: on(3), until: on(13) })];
    const atStart = [held(on(3), { until: on(13) })];
    expect(diary(fold(someFacts(), { ...month, events: early }))).toEqual(
      diary(fold(someFacts(), { ...month, events: atStart })),
    );
  });

  it.each([
    ['the day before a step holds it', on(6), on(8), 'D+9'],
    ['at the instant of a step holds it', on(7), on(9), 'D+9'],
    ['right after a step leaves it', on(7, 541), on(9, 541), 'D+7'],
    ['that ends at the instant of a step moves it', on(5), on(7), 'D+9'],
  ])('that begins or ends %s', (_rule, from, until, day) => {
    const run = fold(someFacts(), { ...month, events: [held(from, { until })] });
    expect(diary(run)).toContain(`${day} overdue-2`);
  });

  it('and another that overlaps it count once', () => {
    const events = [
      held(on(3), { until: on(10) }),
      held(on(5), { until: on(13), billNo: 'b1' }),
      held(on(6), { until: on(8) }),
    ];
    expect(diary(fold(someFacts(), { ...month, events }))).toContain('D+17 overdue-2');
  });

  it('and another after it count both', () => {
    const events = [held(on(2), { until: on(4) }), held(on(5), { until: on(8) })];
    expect(diary(fold(someFacts(), { ...month, events }))).toContain('D+12 overdue-2');
  });

  it('without an end stops everything until it is released', () => {
    const stopped = fold(someFacts(), { ...month, events: [held(on(3))] });
    expect(diary(stopped).at(-1)).toBe('D+1 overdue-1');
    expect(stopped.last).toEqual({ do: 'wait', at: null, why: 'held' });
    const again = fold(someFacts(), { ...month, events: [held(on(3)), released(on(13))] });
    expect(diary(again)).toContain('D+17 overdue-2');
  });

  it('ended early moves the steps only by the days that it lasted', () => {
    const events = [held(on(3), { until: on(33) }), released(on(5))];
    expect(diary(fold(someFacts(), { ...month, events }))).toContain('D+9 overdue-2');
  });

  it('backdated to the last step stops the steps since', () => {
    const events = [held(on(5), { from: on(1), until: on(11) })];
    expect(diary(fold(someFacts(), { ...month, events }))).toContain('D+17 overdue-2');
  });

  it('does not stop a payment from ending the month', () => {
    const run = fold(someFacts(), { ...month, events: [held(on(3)), pays(on(4), 10_000)] });
    expect(diary(run).at(-1)).toBe('D+4 close paid');
  });

  it('before the bill was issued moves nothing', () => {
    const events = [held(on(-18, 0), { from: on(-40), until: on(-18, 0) })];
    expect(diary(fold(someFacts(), { ...month, events }))).toContain('D+1 overdue-1');
  });

  it('over the due date expires the reminders before it', () => {
    const events = [held(on(-4), { until: on(2) })];
    const run = fold(someFacts(), { ...month, events });
    expect(diary(run).slice(0, 2)).toEqual(['D-18 bill-notice', 'D+7 overdue-1']);
    expect(contacts(run)[1]).toMatchObject({ expired: [{ billNo: 'b1', stepKey: 'pre-due-1' }] });
  });

  it('does not let through a step that was put off until it began', () => {
    const evening = someFacts({
      steps: [
        { billNo: 'b1', stepKey: 'bill-notice', kind: 'billNotice', status: 'done', at: on(-18) },
      ],
      stillnesses: [{ billNo: null, from: on(1, 21 * 60), until: on(5) }],
    });
    expect(nextStep(evening, rulesV1(), on(1, 20 * 60 + 30))).toMatchObject({
      stepKey: 'overdue-1',
      at: on(5),
    });
    expect(nextStep(evening, rulesV1(), on(3))).toMatchObject({ stepKey: 'overdue-1', at: on(5) });
    const open = { ...evening, stillnesses: [{ billNo: null, from: on(1, 21 * 60), until: null }] };
    expect(nextStep(open, rulesV1(), on(3))).toEqual({ do: 'wait', at: null, why: 'held' });
  });

  it('that begins while a holiday puts a message off keeps it until the hold ends', () => {
    const october = { due: 194 }; // 30 September 2026
    const bills = [someBill({ ...october, issued: 176 })];
    const rules = rulesV1(['2026-10-01', '2026-10-02', '2026-10-03']);
    const stillnesses = [{ billNo: null, from: on(197), until: on(203) }];
    const run = fold(someFacts({ bills, stillnesses }), { from: on(176, 0), to: on(205), rules });
    expect(diary(run, toDate('2026-09-30')).slice(2)).toEqual(['D+9 overdue-1']);
  });

  it('gives whoever has a task that much longer, unless it was over before', () => {
    const task = { id: 't', givenAt: on(2), dueAt: on(4, 1200), escalated: false };
    const stalled = (from: number, until: number) => {
      const hold = held(on(from), { until: on(until) });
      const run = fold(someFacts({ tasks: [task] }), {
        from: on(-18, 0),
        to: on(20),
        events: [hold],
      });
      return run.taken.find(({ plan }) => plan.do === 'escalateTask')?.at;
    };
    expect(stalled(-8, 1)).toBe(on(4, 1200));
    expect(stalled(3, 8)).toBe(on(9, 1200));
    expect(stalled(5, 8)).toBe(on(4, 1200));
  });

  it('early in the month does not keep a message from being tried again at its time', () => {
    const waiting = someFacts({
      steps: [
        { billNo: 'b1', stepKey: 'overdue-1', kind: 'overdueReminder', status: 'done', at: on(1) },
      ],
      undelivered: [{ messageId: 'm', status: 'waiting', retryAt: on(1, 545) }],
      stillnesses: [{ billNo: null, from: on(-10), until: on(-5) }],
    });
    expect(nextStep(waiting, rulesV1(), on(1, 541))).toMatchObject({
      do: 'deliver',
      at: on(1, 545),
    });
  });

  describe('keeps a message that is to be tried again', () => {
    const billNos = ['b1', 'b2'];
    const waitingIn = (...stillnesses: Facts['stillnesses']) =>
      someFacts({
        bills: billNos.map((billNo) => someBill({ billNo })),
        steps: billNos.map((billNo): StepFact => ({
          ...{ billNo, stepKey: 'bill-notice', kind: 'billNotice', status: 'done', at: on(-18) },
        })),
        undelivered: [{ messageId: 'm', status: 'waiting', retryAt: on(-18, 545) }],
        stillnesses,
      });
    const planIn = (...stillnesses: Facts['stillnesses']) =>
      nextStep(waitingIn(...stillnesses), rulesV1(), on(-18, 541));
    const over = (billNo: string | null, untilDay: number | null) => ({
      ...{ billNo, from: on(-18), until: untilDay === null ? null : on(untilDay) },
    });

    it('until it ends', () => {
      expect(planIn(over(null, -16))).toMatchObject({ do: 'deliver', at: on(-16) });
      expect(planIn(over(null, null))).toMatchObject({ do: 'wait', at: null, why: 'held' });
    });

    it('when it is over every bill, and not when it is over one of two', () => {
      expect(planIn(over('b1', -14), over('b2', -16))).toMatchObject({ at: on(-16) });
      expect(planIn(over('b1', null), over('b2', null))).toMatchObject({ do: 'wait', at: null });
      expect(planIn(over('b1', null))).toMatchObject({ do: 'deliver', at: on(-18, 545) });
    });
  });
});

describe('a dispute', () => {
  const bills = [someBill({ billNo: 'a', due: -1 }), someBill({ billNo: 'b' })];

  it('of one of two bills leaves the other on its ladder', () => {
    const run = fold(someFacts({ bills }), {
      ...month,
      events: [held(on(-10), { billNo: 'a' })],
    });
    const later = contacts(run).filter(({ takenAt }) => takenAt > on(-10));
    expect(later.map(({ stepKey }) => stepKey)).toContain('demand');
    expect(later.flatMap((step) => step.billNos)).not.toContain('a');
    expect(later.flatMap((step) => step.merged.map(({ billNo }) => billNo))).not.toContain('a');
    expect(run.last).toEqual({ do: 'wait', at: null, why: 'held' });
  });

  it('of ten days moves that bill by ten days', () => {
    const run = fold(someFacts({ bills }), {
      ...month,
      events: [held(on(2), { billNo: 'a', until: on(12) })],
    });
    const demands = contacts(run).filter(({ stepKey }) => stepKey === 'demand');
    expect(demands.map(({ billNos, takenAt }) => [billNos.join(), takenAt])).toEqual([
      ['b', on(15)],
      ['a', on(24)],
    ]);
  });
});

describe('a promise', () => {
  it('that is kept ends the month with nothing more said', () => {
    const events = [promises(on(3), 6), pays(on(6, 1000), 10_000)];
    expect(diary(fold(someFacts(), { ...month, events })).slice(2)).toEqual([
      'D+1 overdue-1',
      'D+6 16:40 close paid',
    ]);
  });

  it('that is broken is found so after its day, and the ladder goes on where it stood', () => {
    const events = [promises(on(3), 6)];
    // From D+3 09:00 to the end of D+6 is 3 days and 15 hours; the reminder then waits for the window.
    expect(diary(fold(someFacts(), { ...month, events })).slice(2)).toEqual([
      'D+1 overdue-1',
      'D+7 00:00 promise broken',
      'D+11 overdue-2',
      'D+19 demand',
      'D+19 level-rise',
      'D+34 00:00 review',
    ]);
  });

  it.each([
    ['the day before, broken: it was owed too', 2, 'broken'],
    ['the same day, broken', 3, 'broken'],
    ['the day after, kept: nobody had promised that one', 4, 'kept'],
  ])('for one bill is, when another was issued %s', (_rule, issued, result) => {
    const bills = [someBill({ billNo: 'a', due: -1 }), someBill({ billNo: 'b', issued, due: 20 })];
    const run = fold(someFacts({ bills }), {
      ...month,
      events: [promises(on(3), 6), pays(on(6), 10_000)],
    });
    expect(diary(run)).toContain(`D+7 00:00 promise ${result}`);
  });

  it('is broken when the money came the day after', () => {
    const given = someFacts({
      bills: [someBill({ billNo: 'a' }), someBill({ billNo: 'b', issued: 5, due: 20 })],
      promises: [{ id: 'p', madeAt: on(3), promisedOn: toDate('2026-03-26'), kept: null }],
      payments: [{ receivedAt: on(7, 600), amountFen: someBill().amountFen }],
    });
    expect(nextStep(given, rulesV1(), on(8))).toEqual({
      do: 'settlePromise',
      at: instantAt(toDate('2026-03-27')),
      promiseId: 'p',
      kept: false,
    });
  });
});

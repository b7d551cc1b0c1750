import type { Facts, StepFact } from '../../domain/facts';
import { nextStep } from '../../domain/ladder';
import { instantAt, plusDays, toDate, type Instant } from '../../domain/time';
import { NATIONAL_DAY, on, rulesV1, someBill, someFacts } from '../support/facts';
import { contacts, diary, fold } from '../support/fold';

const october = rulesV1(NATIONAL_DAY);
/** A bill due on this day of September or October 2026, issued 18 days before. */
const dueOn = (date: string, given: Partial<Facts> = {}): Facts => {
  const due = toDate(date);
  const bill = {
    ...someBill({ level: given.level ?? 3 }),
    dueOn: due,
    issuedOn: plusDays(due, -18),
  };
  return someFacts({ bills: [bill], openedAt: instantAt(bill.issuedOn), ...given });
};
const run = (date: string, given: Partial<Facts> = {}) =>
  fold(dueOn(date, given), {
    from: instantAt(plusDays(toDate(date), -18)),
    to: instantAt(plusDays(toDate(date), 60)),
    rules: october,
  });
const at = (date: string, minute = 540): Instant => instantAt(toDate(date), minute);

const done = (stepKey: string, day: number, kind: StepFact['kind'] = 'overdueReminder') =>
  ({ billNo: 'b1', stepKey, kind, status: 'done', at: on(day) }) as const;
const noticed = done('bill-notice', -18, 'billNotice');

describe('a holiday', () => {
  it.each([
    ['its eve goes out', '2026-09-29', '2026-09-30', []],
    ['its third day waits for the day after the last', '2026-10-02', '2026-10-08', ['holiday']],
    ['its last day waits a day', '2026-10-06', '2026-10-08', ['holiday']],
    ['the day after goes out', '2026-10-07', '2026-10-08', []],
  ])('a reminder planned for %s', (_rule, due, expected, because) => {
    const planned = plusDays(toDate(due), 1);
    const facts = { ...dueOn(due), steps: [{ ...noticed, at: at('2026-09-12') }] };
    expect(nextStep(facts, october, instantAt(planned))).toMatchObject({
      stepKey: 'overdue-1',
      at: at(expected),
      plannedAt: instantAt(planned, 540),
      because,
    });
  });

  it('that puts a reminder off until the next one merges the two', () => {
    const facts = { ...dueOn('2026-09-30'), steps: [{ ...noticed, at: at('2026-09-12') }] };
    expect(nextStep(facts, october, at('2026-10-01'))).toMatchObject({
      stepKey: 'overdue-2',
      at: at('2026-10-08'),
      merged: [{ stepKey: 'overdue-1' }],
      because: ['holiday'],
    });
  });

  it('does not put off a formal demand, which the law asks for', () => {
    expect(diary(run('2026-09-19'), toDate('2026-09-19'))).toContain('D+15 demand');
    expect(diary(run('2026-09-19'), toDate('2026-09-19'))).toContain('D+15 level-rise');
  });

  it('does not put off a call, though the reminder before it waits', () => {
    const device = { caseOpen: true, restUntil: null, prepaid: false };
    const month = run('2026-09-30', { level: 1, device });
    expect(diary(month, toDate('2026-09-30')).slice(-3)).toEqual([
      'D+2 call',
      'D+5 demand',
      'D+10 review',
    ]);
    expect(contacts(month).find(({ stepKey }) => stepKey === 'call')?.merged).toEqual([
      { billNo: 'b1', stepKey: 'overdue-1', kind: 'overdueReminder' },
    ]);
  });

  it('over the due date leaves a reminder before it unsent rather than late', () => {
    const month = run('2026-10-06');
    expect(diary(month, toDate('2026-10-06'))).toEqual([
      'D-18 bill-notice',
      'D+2 overdue-1',
      'D+7 overdue-2',
      'D+15 demand',
      'D+15 level-rise',
      'D+30 review',
    ]);
    expect(contacts(month)[1]?.expired).toHaveLength(1);
  });
});

describe('a reminder before the due date', () => {
  it.each([
    ['goes out on its eve', on(-1, 600), 'pre-due-1'],
    ['goes out on the day itself', on(0, 600), 'pre-due-1'],
    ['has expired the day after', on(1, 600), 'overdue-1'],
  ])('%s', (_rule, asOf, stepKey) => {
    expect(nextStep(someFacts({ steps: [noticed] }), rulesV1(), asOf)).toMatchObject({
      stepKey,
      at: asOf,
    });
  });

  it('that could only go out after the due date is not even planned', () => {
    const bills = [someBill({ level: 1, issued: -2 })];
    const device = { caseOpen: true, restUntil: null, prepaid: false };
    const facts = someFacts({ level: 1, bills, device, steps: [{ ...noticed, at: on(-2) }] });
    const plan = nextStep(facts, rulesV1(['2026-03-19', '2026-03-20']), on(-1, 0));
    expect(plan).toMatchObject({ stepKey: 'overdue-1', at: on(3) });
  });

  it('that expired does not make an ended ladder look held', () => {
    const steps = ['overdue-1', 'overdue-2', 'demand', 'level-rise', 'review'].map((key) =>
      done(key, 20),
    );
    const plan = nextStep(someFacts({ steps: [noticed, ...steps] }), rulesV1(), on(40));
    expect(plan).toEqual({ do: 'wait', at: null, why: 'ladderEnded' });
  });
});

describe('the daily window', () => {
  it.each([
    ['08:59 waits for 09:00', 539, on(2), ['window']],
    ['09:00 goes out', 540, on(2), []],
    ['19:59 goes out', 1199, on(2, 1199), []],
    ['20:00 waits for the next morning', 1200, on(3), ['window']],
  ])('a message that has been due since yesterday, at %s', (_rule, minute, expected, because) => {
    const plan = nextStep(someFacts({ steps: [noticed] }), rulesV1(), on(2, minute));
    expect(plan).toMatchObject({ stepKey: 'overdue-1', at: expected, because });
  });

  it('does not keep a review from being asked for at night', () => {
    const steps = [noticed, done('demand', 15, 'demand'), done('level-rise', 15, 'levelRise')];
    const plan = nextStep(someFacts({ steps }), rulesV1(), on(30, 1300));
    expect(plan).toMatchObject({ stepKey: 'review', at: on(30, 1300), because: [] });
  });
});

describe('the caps', () => {
  const due = (messagesAt: readonly Instant[]) =>
    nextStep(someFacts({ steps: [noticed], messagesAt }), rulesV1(), on(1));

  it('put a second message of a day off to the next', () => {
    expect(due([on(1, 535)])).toMatchObject({ at: on(2), because: ['dayCap'] });
    expect(due([on(0, 1199)])).toMatchObject({ at: on(1), because: [] });
  });

  it('put a fourth message of a week off until the first is a week old', () => {
    const three = [on(-5, 700), on(-3), on(-1)];
    expect(due(three)).toMatchObject({ at: on(2, 700), because: ['weekCap'] });
    expect(due(three.slice(1))).toMatchObject({ at: on(1), because: [] });
    expect(due([on(-6), on(-3), on(-1)])).toMatchObject({ at: on(1), because: [] });
  });

  it('count for demands too', () => {
    const steps = [noticed, done('overdue-1', 1), done('overdue-2', 7)];
    const plan = nextStep(someFacts({ steps, messagesAt: [on(15, 535)] }), rulesV1(), on(15));
    expect(plan).toMatchObject({ stepKey: 'demand', at: on(16), because: ['dayCap'] });
  });

  it('do not count for calls', () => {
    const steps = [noticed, done('overdue-1', 1), done('overdue-2', 4)];
    const plan = nextStep(
      someFacts({ level: 2, steps, messagesAt: [on(7, 535)] }),
      rulesV1(),
      on(7),
    );
    expect(plan).toMatchObject({ stepKey: 'call', at: on(7) });
  });
});

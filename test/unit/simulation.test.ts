import { toDate } from '../../domain/time';
import type { BookCustomer } from '../../simulation/book';
import type { CustomerRun } from '../../simulation/run';
import { simulateBook, type Setting } from '../../simulation/simulate';
import {
  billOf,
  lines,
  months,
  paidOn,
  shanghai,
  someCustomer,
  underV1,
} from '../support/sim-book';

const run = (
  given: Partial<BookCustomer>,
  {
    from = '2026-05-01',
    to = '2026-05-31',
    ...more
  }: Partial<Record<'from' | 'to', string>> & Pick<Setting, 'openAt'> = {},
): CustomerRun => {
  const setting = { ...more, from: toDate(from), to: toDate(to) };
  const [only] = [...simulateBook([someCustomer(given)], underV1(), setting)];
  if (only === undefined) throw new Error('the book has one customer');
  return only;
};

describe('a simulated month', () => {
  it('goes up the ladder of the level found, and ends with the payment', () => {
    const ran = run({ bills: [billOf('2026-05', 100)], payments: [paidOn('2026-05-25', 100)] });
    expect(lines(ran)).toEqual([
      '05-01 09 bill-notice sms+email',
      '05-15 09 pre-due-1 sms',
      '05-18 09 pre-due-2 sms',
      '05-21 09 overdue-1 sms+email',
      '05-24 09 overdue-2 sms+email',
    ]);
    expect(months(ran)).toEqual(['2026-05 2 paid']);
    expect(ran.cycles[0]?.closedAt).toBe(shanghai('2026-05-25', 15));
  });

  it('writes to nobody who paid before the hour', () => {
    const early = run({
      bills: [billOf('2026-05', 100)],
      payments: [paidOn('2026-05-18', 100, 8)],
    });
    const late = run({
      bills: [billOf('2026-05', 100)],
      payments: [paidOn('2026-05-18', 100, 10)],
    });
    expect(lines(early)).toHaveLength(2);
    expect(lines(late)).toHaveLength(3);
  });

  it('is not opened for who owes nothing when it is opened', () => {
    const bills = [billOf('2026-05', 100)];
    expect(months(run({ bills, payments: [paidOn('2026-04-20', 100)] }))).toEqual([]);
    expect(months(run({ bills: [billOf('2026-05', -5)] }))).toEqual([]);
    const inTime = run({ bills, payments: [paidOn('2026-05-01', 100, 8)] });
    const after = run({ bills, payments: [paidOn('2026-05-01', 100, 9)] });
    expect([months(inTime), months(after)]).toEqual([[], ['2026-05 2 paid']]);
  });

  it('opens on the day and at the hour asked for', () => {
    const openAt = { day: 3, minute: 10 * 60 };
    const ran = run({ bills: [billOf('2026-05', 100)] }, { openAt, to: '2026-05-04' });
    expect(ran.cycles[0]?.openedAt).toBe(shanghai('2026-05-03', 10));
    expect(lines(ran)).toEqual(['05-03 10 bill-notice sms+email']);
  });

  it('passes on what nobody does, and goes on', () => {
    const ran = run({ bills: [billOf('2026-05', 100)] }, { to: '2026-06-30' });
    expect(lines(ran).slice(5)).toEqual([
      '05-27 09 call call',
      '05-29 20 taskEscalated call/call/2026-05',
      '05-30 09 demand sms+email / letter',
      '06-01 20 taskEscalated demand/letter/2026-05',
      '06-04 09 level-rise',
      '06-04 09 deviceProposed',
      '06-09 09 review review',
      '06-11 20 deviceTaskEscalated',
      '06-12 20 taskEscalated review/review/2026-05',
    ]);
  });

  it('calls whoever cannot be written to', () => {
    const nowhere = run({ bills: [billOf('2026-05', 100)], reachable: [] }, { to: '2026-05-02' });
    expect(lines(nowhere)).toEqual(['05-01 09 bill-notice call']);
    const byMail = run(
      { bills: [billOf('2026-05', 100)], reachable: ['email'] },
      { to: '2026-05-16' },
    );
    expect(lines(byMail)).toEqual(['05-01 09 bill-notice email', '05-15 09 pre-due-1 email']);
  });
});

describe('several simulated months', () => {
  it('carry an unfinished one forward, and the old bill keeps its place', () => {
    const bills = [billOf('2026-05', 100), billOf('2026-06', 100)];
    const ran = run({ bills }, { to: '2026-06-05' });
    expect(months(ran)).toEqual(['2026-05 2 carriedForward', '2026-06 2 open']);
    expect(ran.cycles[0]?.closedAt).toBe(ran.cycles[1]?.openedAt);
    expect(lines(ran).slice(7)).toEqual([
      '05-30 09 demand sms+email / letter',
      '06-01 09 bill-notice sms+email',
      '06-01 20 taskEscalated demand/letter/2026-05',
      '06-04 09 level-rise',
      '06-04 09 deviceProposed',
    ]);
  });

  it('begin at the level that the customer has risen to', () => {
    const bills = ['2026-05', '2026-06', '2026-07'].map((month) => billOf(month, 100));
    expect(months(run({ bills }, { to: '2026-07-31' }))).toEqual([
      '2026-05 2 carriedForward',
      '2026-06 2 carriedForward',
      '2026-07 1 open',
    ]);
  });

  it('withdraw a proposal that nothing calls for any more when its task is due', () => {
    const under = underV1();
    const { policy } = under.rules;
    // At level Ⅱ at once, at level Ⅰ never: the rise on 4 June takes the reason away.
    const device = { ...policy.device, lateMonths: { 1: 9, 2: 0, 3: 9 }, taskDays: 40 };
    const rules = { ...under.rules, policy: { ...policy, device } };
    const setting = { from: toDate('2026-05-01'), to: toDate('2026-06-30') };
    const book = [someCustomer({ bills: [billOf('2026-05', 100)] })];
    const [ran] = [...simulateBook(book, { ...under, rules }, setting)];
    expect(ran && lines(ran).filter((line) => line.includes('device'))).toEqual([
      '05-01 09 deviceProposed',
      '06-10 20 deviceWithdrawn',
    ]);
  });

  it('leave a month open that a later credit has paid until it is looked at', () => {
    const bills = [billOf('2026-05', 100), billOf('2026-06', -100)];
    const ran = run({ bills }, { to: '2026-06-30' });
    expect(months(ran)).toEqual(['2026-05 2 paid']);
    expect(ran.cycles[0]?.closedAt).toBe(shanghai('2026-06-01', 20));
  });
});

it('the same book and rules give the same run', () => {
  const bills = [billOf('2026-05', 100), billOf('2026-06', 50)];
  const payments = [paidOn('2026-05-22', 30), paidOn('2026-06-15', 120)];
  const again = () => run({ bills, payments }, { to: '2026-07-31' });
  expect(again()).toEqual(again());
});

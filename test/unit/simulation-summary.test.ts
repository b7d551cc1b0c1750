import fc from 'fast-check';
import costsV1 from '../../db/policies/costs-v1.json';
import { toDate } from '../../domain/time';
import type { BookCustomer } from '../../simulation/book';
import { breachesOf } from '../../simulation/breaches';
import { differenceOf } from '../../simulation/difference';
import { reportHtml } from '../../simulation/report';
import type { SimStep } from '../../simulation/run';
import { simulateBook } from '../../simulation/simulate';
import { summarise } from '../../simulation/summary';
import { billOf, paidOn, shanghai, someCustomer, underV1 } from '../support/sim-book';

const costs = { id: costsV1.id, ...costsV1.body };
const HOLIDAYS = ['2026-05-01', '2026-05-02', '2026-05-03', '2026-06-21'];
const span = { from: toDate('2026-05-01'), to: toDate('2026-07-31') };
const bills = [billOf('2026-05', 100), billOf('2026-06', 100)];

describe('a summary', () => {
  const book = [
    someCustomer({ bills, payments: [paidOn('2026-05-10', 100)] }),
    someCustomer({
      customerNo: 'liu',
      station: 'TB02',
      reachable: [],
      bills: [billOf('2026-05', 50)],
    }),
  ];
  const summary = summarise(book, underV1(), { ...span, costs });

  it('adds up to the same by day and by customer', () => {
    for (const work of ['sms', 'call', 'review'] as const) {
      const byDay = summary.days.filter((row) => row.work === work);
      expect(byDay.reduce((sum, { count }) => sum + count, 0)).toBe(summary.totals[work]);
    }
    expect(summary.byCustomer.reduce((sum, { costFen }) => sum + costFen, 0)).toBe(summary.costFen);
    expect(summary.byCustomer.map(({ sms, email }) => sms > 0 && email > 0)).toEqual([true, false]);
  });

  it('tells how long the bills of the time took to be paid', () => {
    expect(summary.payment).toEqual({ bills: 3, paid: 1, medianDays: 9 });
  });

  it('differs from that of another policy customer by customer', () => {
    const under = underV1();
    const { policy } = under.rules;
    const ladders = {
      ...policy.ladders,
      2: policy.ladders[2].filter(({ key }) => key !== 'pre-due-2'),
    };
    const fewer = {
      ...under,
      rules: { ...under.rules, policy: { ...policy, id: 'fewer', ladders } },
    };
    const difference = differenceOf(summarise(book, fewer, { ...span, costs }), summary);
    expect(difference.customers.map(({ customerNo }) => customerNo)).toEqual(['wang', 'liu']);
    expect(difference.totals.sms).toBeLessThan(0);
    expect(difference.costFen).toBeLessThan(0);
    expect(differenceOf(summary, summary).customers).toEqual([]);
  });

  it('is a page without scripts, in either language', () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const html = reportHtml({
        lang,
        ...span,
        summary,
        difference: differenceOf(summary, summary),
      });
      expect(html).toContain('<svg');
      expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
      expect(html).toContain(lang === 'en' ? 'device proposals' : '预付费装置推介');
    }
  });
});

describe('the limits', () => {
  const months = ['2026-05', '2026-06', '2026-07'];
  const customers: fc.Arbitrary<BookCustomer> = fc
    .record({
      yuan: fc.array(fc.integer({ min: -100, max: 300 }), { minLength: 3, maxLength: 3 }),
      paid: fc.array(
        fc.record({
          day: fc.integer({ min: 1, max: 28 }),
          month: fc.constantFrom(...months),
          yuan: fc.integer({ min: 1, max: 300 }),
          hour: fc.integer({ min: 0, max: 23 }),
        }),
        { maxLength: 4 },
      ),
      category: fc.constantFrom<BookCustomer['category']>(
        'residential',
        'commercial',
        'government',
      ),
    })
    .map(({ yuan, paid, category }) =>
      someCustomer({
        category,
        bills: months.flatMap((month, nth) => (yuan[nth] ? [billOf(month, yuan[nth])] : [])),
        payments: paid
          .map(({ day, month, yuan: much, hour }) =>
            paidOn(`${month}-${String(day).padStart(2, '0')}`, much, hour),
          )
          .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)),
      }),
    );

  it('are kept whatever is billed and paid', () => {
    const under = underV1(HOLIDAYS);
    fc.assert(
      fc.property(customers, (customer) => {
        for (const run of simulateBook([customer], under, span))
          expect(breachesOf(run, customer, under)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const message = (at: SimStep['at'], given: Partial<SimStep> = {}): SimStep => ({
    ...{ customerNo: 'wang', period: bills[0]?.period ?? ('' as SimStep['period']), at },
    ...{
      stepKey: 'overdue-1',
      kind: 'overdueReminder',
      billNos: ['2026-05'],
      merged: [],
      expired: [],
    },
    ...{ channels: ['sms'], tasks: [], because: [] },
    ...given,
  });
  const found = (...steps: SimStep[]): string[] =>
    breachesOf(
      { customerNo: 'wang', steps, cycles: [], levels: [], payments: [] },
      someCustomer({ bills, payments: [paidOn('2026-05-28', 100)] }),
      underV1(HOLIDAYS),
    ).map(({ what }) => what);

  it('are seen when they are broken', () => {
    expect(found(message(shanghai('2026-05-04', 9)))).toEqual([]);
    expect(found(message(shanghai('2026-05-04', 8)))).toEqual(['hour']);
    expect(found(message(shanghai('2026-05-04', 20)))).toEqual(['hour']);
    expect(found(message(shanghai('2026-05-01', 9)))).toEqual(['holiday']);
    expect(found(message(shanghai('2026-05-29', 9)))).toEqual(['nothingOwed']);
    expect(found(message(shanghai('2026-05-04', 9)), message(shanghai('2026-05-04', 19)))).toEqual([
      'twiceADay',
    ]);
    const days = ['2026-05-04', '2026-05-05', '2026-05-06', '2026-05-10'];
    expect(found(...days.map((day) => message(shanghai(day, 9))))).toEqual(['tooManyAWeek']);
    expect(
      found(message(shanghai('2026-05-04', 9), { stepKey: 'demand', kind: 'demand' })),
    ).toEqual(['beforeNotice']);
  });
});

import fc from 'fast-check';
import type { SettledBill } from '../../domain/allocation';
import { toFen } from '../../domain/fen';
import { paymentRecord } from '../../domain/payment-record';
import { periodOf, plusDays, plusMonths, toDate, toPeriod } from '../../domain/time';

/** A bill due on the 20th of its period unless said otherwise; unpaid without `settledOn`. */
const bill = (
  period: string,
  given: { dueOn?: string; settledOn?: string; fen?: number } = {},
): SettledBill => {
  const { dueOn = `${period}-20`, settledOn, fen = 100 } = given;
  return {
    billNo: `${period}/${dueOn}`,
    period: toPeriod(period),
    issuedOn: toDate(`${period}-01`),
    dueOn: toDate(dueOn),
    amountFen: toFen(fen),
    outstandingFen: toFen(settledOn === undefined ? fen : 0),
    settledOn: settledOn === undefined ? null : toDate(settledOn),
    paid: [],
  };
};
const onTime = (period: string) => bill(period, { settledOn: `${period}-20` });
const late = (period: string, day = 22) => bill(period, { settledOn: `${period}-${day}` });
const march = toDate('2026-03-10');

describe('a month is late', () => {
  it.each([
    ['not when paid on the eve of the due day', '2026-02-19', 0, 0],
    ['not when paid on the due day', '2026-02-20', 0, 0],
    ['when paid on the day after', '2026-02-21', 1, 1],
    ['by as many days as it was overdue', '2026-03-02', 1, 10],
  ])('%s', (_rule, settledOn, lateMonths, daysLate) => {
    const record = paymentRecord([bill('2026-02', { settledOn })], march);
    expect(record).toMatchObject({
      lateMonths,
      daysLate,
      longestLateDays: daysLate,
      cleanMonths: 1 - lateMonths,
    });
  });

  it.each([
    [
      'not on the eve of the due day',
      '2026-02-19',
      { monthsSeen: 0, lateMonths: 0, unpaidMonthsThisYear: 0 },
    ],
    ['not on the due day', '2026-02-20', { monthsSeen: 0, lateMonths: 0, unpaidMonthsThisYear: 0 }],
    [
      'on the day after',
      '2026-02-21',
      { monthsSeen: 1, lateMonths: 1, unpaidMonthsThisYear: 1, daysLate: 1 },
    ],
  ])('when unpaid: %s', (_rule, asOf, expected) => {
    expect(paymentRecord([bill('2026-02')], toDate(asOf))).toMatchObject(expected);
  });

  it('once, when one of its two bills is, with the days of both', () => {
    const twice = [
      late('2026-02', 23),
      bill('2026-02', { dueOn: '2026-02-25', settledOn: '2026-02-28' }),
    ];
    expect(paymentRecord(twice, march)).toMatchObject({
      monthsSeen: 1,
      lateMonths: 1,
      daysLate: 6,
      longestLateDays: 3,
    });
  });

  it('though its other bill was paid on time', () => {
    const twice = [
      onTime('2026-02'),
      bill('2026-02', { dueOn: '2026-02-25', settledOn: '2026-02-28' }),
    ];
    expect(paymentRecord(twice, march)).toMatchObject({
      monthsSeen: 1,
      lateMonths: 1,
      cleanMonths: 0,
    });
  });
});

describe('the span', () => {
  it.each([
    ['a day less than twelve months old counts', '2025-03-11', 1],
    ['twelve months old to the day counts', '2025-03-10', 1],
    ['a day older does not', '2025-03-09', 0],
  ])('a due day that is %s', (_rule, dueOn, lateMonths) => {
    const record = paymentRecord([bill('2025-02', { dueOn, settledOn: '2025-06-01' })], march);
    expect(record).toMatchObject({ monthsSeen: lateMonths, lateMonths, cleanMonths: 0 });
  });

  it('compares rightly from a day that the earlier month has not', () => {
    const bills = [
      bill('2025-02', { dueOn: '2025-02-28' }),
      bill('2025-03', { dueOn: '2025-03-01' }),
    ];
    expect(paymentRecord(bills, toDate('2025-03-31'), 1).monthsSeen).toBe(1);
  });

  it('is never more than the months asked for, though due days move', () => {
    const bills = Array.from({ length: 13 }, (_, n) => onTime(plusMonths(toPeriod('2025-02'), n)));
    const moved = [
      ...bills.slice(1),
      bill('2025-02', { dueOn: '2025-03-11', settledOn: '2025-04-01' }),
    ];
    expect(paymentRecord(moved, march)).toMatchObject({
      monthsSeen: 12,
      lateMonths: 0,
      cleanMonths: 12,
    });
  });
});

describe('clean months', () => {
  const year = [
    late('2025-10'),
    onTime('2025-11'),
    onTime('2025-12'),
    onTime('2026-01'),
    onTime('2026-02'),
  ];

  it('are counted back to the latest late month', () => {
    expect(paymentRecord(year, march).cleanMonths).toBe(4);
  });

  it('pass over months without a bill', () => {
    expect(
      paymentRecord(
        year.filter((each) => each.period !== '2025-12'),
        march,
      ).cleanMonths,
    ).toBe(3);
  });

  it('do not count the month that is not due yet, nor break on it', () => {
    expect(paymentRecord([...year, bill('2026-03')], march).cleanMonths).toBe(4);
  });

  it('are none after a late month', () => {
    expect(paymentRecord([...year, late('2026-03')], toDate('2026-04-01')).cleanMonths).toBe(0);
  });
});

describe('what is unpaid', () => {
  const bills = [
    bill('2024-06', { fen: 5 }),
    bill('2025-12', { fen: 30, dueOn: '2026-01-15' }),
    bill('2025-12', { fen: 7 }),
    bill('2026-01', { fen: 1000 }),
    bill('2026-01', { fen: 2000, dueOn: '2026-01-25' }),
    bill('2026-02', { fen: 1000 }),
    late('2026-02'),
    bill('2026-03', { fen: 1000 }),
  ];

  it('in this calendar year is counted by month', () => {
    expect(paymentRecord(bills, march).unpaidMonthsThisYear).toBe(2);
  });

  it('of earlier calendar years is a prior-year debt, however old and whenever due', () => {
    expect(paymentRecord(bills, march).priorYearDebtFen).toBe(42);
  });

  it.each([
    ['this year’s on 31 December', '2026-12-31', { unpaidMonthsThisYear: 3, priorYearDebtFen: 42 }],
    [
      'a prior year’s on 1 January',
      '2027-01-01',
      { unpaidMonthsThisYear: 0, priorYearDebtFen: 5042 },
    ],
    [
      'a prior year’s on 2 January',
      '2027-01-02',
      { unpaidMonthsThisYear: 0, priorYearDebtFen: 5042 },
    ],
  ])('is %s', (_rule, asOf, expected) => {
    expect(paymentRecord(bills, toDate(asOf))).toMatchObject(expected);
  });
});

it('is empty without bills', () => {
  expect(paymentRecord([], march)).toEqual({
    monthsSeen: 0,
    lateMonths: 0,
    daysLate: 0,
    longestLateDays: 0,
    unpaidMonthsThisYear: 0,
    cleanMonths: 0,
    priorYearDebtFen: 0,
  });
});

it('never depends on the order of the bills, and its figures agree with each other', () => {
  const someBill = fc.tuple(fc.nat(900), fc.option(fc.nat(60))).map(([days, paidAfter]) => {
    const dueOn = plusDays(toDate('2023-12-01'), days);
    const settled = paidAfter === null ? {} : { settledOn: plusDays(dueOn, paidAfter - 30) };
    return bill(periodOf(dueOn), { dueOn, ...settled });
  });
  const shuffled = fc
    .array(someBill, { maxLength: 30 })
    .chain((bills) =>
      fc.tuple(fc.constant(bills), fc.shuffledSubarray(bills, { minLength: bills.length })),
    );
  fc.assert(
    fc.property(shuffled, ([bills, others]) => {
      const record = paymentRecord(bills, march);
      expect(paymentRecord(others, march)).toEqual(record);
      expect(record.lateMonths).toBeLessThanOrEqual(record.monthsSeen);
      expect(record.monthsSeen).toBeLessThanOrEqual(12);
      expect(record.longestLateDays).toBeLessThanOrEqual(record.daysLate);
      expect(record.daysLate > 0).toBe(record.lateMonths > 0);
    }),
  );
});

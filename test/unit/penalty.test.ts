import fc from 'fast-check';
import { settle, type SettledBill } from '../../domain/allocation';
import { toFen } from '../../domain/fen';
import { penalty, statutoryPenalty, type PenaltyRules } from '../../domain/penalty';
import { instantAt, plusDays, toDate, toPeriod } from '../../domain/time';

type Case = { fen: number; dueOn: string; paid?: Record<string, number> };
const endOfTime = instantAt(toDate('2040-01-01'));
const settled = ({ fen, dueOn, paid = {} }: Case): SettledBill => {
  const due = toDate(dueOn);
  const issuedOn = plusDays(due, -15);
  const bill = {
    billNo: 'b',
    period: toPeriod('2025-11'),
    issuedOn,
    dueOn: due,
    amountFen: toFen(fen),
  };
  const payments = Object.entries(paid).map(([day, amount]) => ({
    receivedAt: instantAt(toDate(day), 600),
    amountFen: toFen(amount),
  }));
  const [only] = settle([bill], payments, endOfTime).bills;
  if (only === undefined) throw new Error('no bill');
  return only;
};
const counting: PenaltyRules = { ...statutoryPenalty, countPaymentDay: true };
const notCounting: PenaltyRules = { ...statutoryPenalty, countPaymentDay: false };
const resident = { rules: counting, resident: true };
const other = { rules: counting, resident: false };
const on = (day: string) => ({ asOf: toDate(day) });

describe('the vectors of the reference', () => {
  it('A: a resident with ¥100 ten days overdue is charged ¥1.00', () => {
    const bill = settled({ fen: 10_000, dueOn: '2026-03-20' });
    expect(penalty(bill, { ...resident, ...on('2026-03-30') })).toEqual({
      accruedFen: 100,
      chargedFen: 100,
    });
  });

  it('A: after five days ¥0.50 has accrued and the minimum of ¥1.00 is charged', () => {
    const bill = settled({ fen: 10_000, dueOn: '2026-03-20' });
    expect(penalty(bill, { ...resident, ...on('2026-03-25') })).toEqual({
      accruedFen: 50,
      chargedFen: 100,
    });
  });

  it.each([
    ['¥520 when the payment day counts', counting, 52_000],
    ['¥490 when it does not', notCounting, 49_000],
  ])(
    'B: ¥10,000 overdue from 2025-12-21 and paid on 2026-01-10 is charged %s',
    (_rule, rules, fen) => {
      const bill = settled({
        fen: 1_000_000,
        dueOn: '2025-12-20',
        paid: { '2026-01-10': 1_000_000 },
      });
      const expected = { accruedFen: fen, chargedFen: fen };
      expect(penalty(bill, { rules, resident: false, ...on('2026-01-10') })).toEqual(expected);
      expect(penalty(bill, { rules, resident: false, ...on('2026-06-01') })).toEqual(expected);
    },
  );
});

describe('the days that are charged', () => {
  it.each([
    ['none on the eve of the due day', '2026-03-19', 0],
    ['none on the due day', '2026-03-20', 0],
    ['one on the day after', '2026-03-21', 2000],
    ['two on the second day after', '2026-03-22', 4000],
  ])('where the payment day counts: %s', (_rule, asOf, accruedFen) => {
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20' });
    expect(penalty(bill, { ...other, ...on(asOf) })).toMatchObject({ accruedFen });
  });

  it.each([
    ['none on the due day', '2026-03-20', 0],
    ['none when paid on the day after', '2026-03-21', 0],
    ['one when paid on the second day after', '2026-03-22', 2000],
  ])('where it does not: %s', (_rule, asOf, accruedFen) => {
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20' });
    expect(penalty(bill, { rules: notCounting, resident: false, ...on(asOf) })).toMatchObject({
      accruedFen,
    });
  });

  it.each([
    ['as a debt of this year on 30 December', 'other', '2025-12-30', 4000],
    ['as a debt of this year on 31 December', 'other', '2025-12-31', 6000],
    ['as a debt of a prior year on 1 January', 'other', '2026-01-01', 9000],
    ['at one rate over the year end for a resident', 'resident', '2026-01-01', 4000],
  ])('a bill due on 28 December is charged %s', (_rule, who, asOf, accruedFen) => {
    const bill = settled({ fen: 1_000_000, dueOn: '2025-12-28' });
    expect(
      penalty(bill, { rules: counting, resident: who === 'resident', ...on(asOf) }),
    ).toMatchObject({ accruedFen });
  });

  it.each([
    ['30 December is charged 2‰ for a day and then 3‰', '2025-12-30', 2000 + 10 * 3000],
    ['31 December is charged 3‰ from its first day', '2025-12-31', 10 * 3000],
    ['1 January is charged 2‰ until the next year end', '2026-01-01', 9 * 2000],
  ])('a bill due on %s', (_rule, dueOn, accruedFen) => {
    expect(
      penalty(settled({ fen: 1_000_000, dueOn }), { ...other, ...on('2026-01-10') }),
    ).toMatchObject({ accruedFen });
  });
});

describe('part payments', () => {
  it('a part payment on time bears no penalty', () => {
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20', paid: { '2026-03-20': 400_000 } });
    expect(penalty(bill, { ...other, ...on('2026-03-25') })).toMatchObject({
      accruedFen: 5 * 1200,
    });
  });

  it.each([
    [
      'from the day it lands where the payment day does not count',
      notCounting,
      2 * 2000 + 2 * 1200,
    ],
    ['from the day after where it counts', counting, 3 * 2000 + 2 * 1200],
  ])('a part payment lowers the base %s', (_rule, rules, accruedFen) => {
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20', paid: { '2026-03-23': 400_000 } });
    expect(penalty(bill, { rules, resident: false, ...on('2026-03-25') })).toMatchObject({
      accruedFen,
    });
  });

  it('a payment after the day asked about is not yet known', () => {
    const bill = settled({
      fen: 1_000_000,
      dueOn: '2026-03-20',
      paid: { '2026-03-25': 1_000_000 },
    });
    expect(penalty(bill, { ...other, ...on('2026-03-22') })).toMatchObject({ accruedFen: 4000 });
  });
});

describe('minimum, cap and rounding', () => {
  it.each([
    ['below ¥1 is charged ¥1', 99_000, { accruedFen: 99, chargedFen: 100 }],
    ['of ¥1 is charged ¥1', 100_000, { accruedFen: 100, chargedFen: 100 }],
    ['above ¥1 is charged as it is', 101_000, { accruedFen: 101, chargedFen: 101 }],
    ['of less than half a fen is charged ¥1', 1, { accruedFen: 0, chargedFen: 100 }],
  ])('a penalty %s', (_rule, fen, expected) => {
    expect(
      penalty(settled({ fen, dueOn: '2026-03-20' }), { ...resident, ...on('2026-03-21') }),
    ).toEqual(expected);
  });

  it.each([
    ['the day before it is reached', '2026-03-29', 18_000],
    ['on the day', '2026-03-30', 20_000],
    ['the day after', '2026-03-31', 20_000],
  ])('a cap of 2 %% binds %s', (_rule, asOf, chargedFen) => {
    const capped = { ...counting, capPpm: 20_000 };
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20' });
    expect(penalty(bill, { rules: capped, resident: false, ...on(asOf) })).toMatchObject({
      chargedFen,
    });
  });

  it('a cap stands above the minimum, and is of the principal that was overdue', () => {
    const bill = settled({ fen: 1_000_000, dueOn: '2026-03-20', paid: { '2026-03-19': 999_950 } });
    const rules = { ...counting, capPpm: 1_000_000 };
    expect(penalty(bill, { rules, resident: false, ...on('2026-03-25') })).toEqual({
      accruedFen: 1,
      chargedFen: 50,
    });
  });

  it.each([
    ['0.499 fen is 0', 499, 0],
    ['0.5 fen is 1', 500, 1],
    ['0.501 fen is 1', 501, 1],
  ])('rounds half up: %s', (_rule, fen, accruedFen) => {
    expect(
      penalty(settled({ fen, dueOn: '2026-03-20' }), { ...resident, ...on('2026-03-21') }),
    ).toMatchObject({ accruedFen });
  });

  it('rounds once: 0.333 fen on one part payment and 0.334 on another are one fen', () => {
    const paid = { '2026-03-21': 333, '2026-03-22': 167 };
    const bill = settled({ fen: 500, dueOn: '2026-03-20', paid });
    expect(penalty(bill, { ...resident, ...on('2026-04-01') })).toMatchObject({ accruedFen: 1 });
  });

  it.each([
    [
      'the rate of the same year leaves that of a prior year',
      { sameYearPpm: 0, priorYearPpm: 3000 },
      30_000,
    ],
    [
      'the rate of a prior year leaves that of the same year',
      { sameYearPpm: 2000, priorYearPpm: 0 },
      22_000,
    ],
    ['both rates charges nothing, not the minimum', { sameYearPpm: 0, priorYearPpm: 0 }, 0],
  ])('zero for %s', (_rule, rate, chargedFen) => {
    const bill = settled({ fen: 1_000_000, dueOn: '2025-12-20' });
    const rules = { ...counting, other: rate };
    expect(penalty(bill, { rules, resident: false, ...on('2026-01-10') })).toMatchObject({
      chargedFen,
    });
  });

  it('stays exact for a debt of ¥100 million after ten years', () => {
    const bill = settled({ fen: 10_000_000_000, dueOn: '2025-12-31' });
    const days = 3653;
    expect(penalty(bill, { ...other, asOf: plusDays(toDate('2025-12-31'), days) })).toMatchObject({
      accruedFen: 30_000_000 * days,
    });
  });
});

it('is the sum over the days of the principal unpaid on each', () => {
  const start = toDate('2025-12-20');
  const payments = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 400_000 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(payments, fc.nat(45), fc.boolean(), (rows, days, countPaymentDay) => {
      const paid: Record<string, number> = {};
      for (const [after, fen] of rows) paid[plusDays(start, after)] = fen;
      const bill = settled({ fen: 1_000_000, dueOn: start, paid });
      let perMillion = 0;
      for (let day = 1; day <= (countPaymentDay ? days : days - 1); day += 1) {
        const today = plusDays(start, day);
        const landed = bill.paid.filter((part) =>
          countPaymentDay ? part.on < today : part.on <= today,
        );
        const base = landed.reduce<number>((left, part) => left - part.amountFen, bill.amountFen);
        perMillion += base * (today < '2026-01-01' ? 2000 : 3000);
      }
      const rules = { ...statutoryPenalty, countPaymentDay };
      const { accruedFen } = penalty(bill, { rules, resident: false, asOf: plusDays(start, days) });
      expect(accruedFen).toBe(Math.floor((perMillion + 500_000) / 1_000_000));
    }),
  );
});

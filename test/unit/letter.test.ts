import fc from 'fast-check';
import { sumFen, toFen } from '../../domain/fen';
import {
  demanded,
  letterKind,
  letterValues,
  penaltiesOf,
  purposeOf,
  type LetterKind,
} from '../../domain/letter';
import type { StepKind } from '../../domain/policy';
import { on, policyV1, someBill, someFacts } from '../support/facts';

const two = [
  someBill({ billNo: 'old', period: '2026-01', issued: -48, due: -30, fen: 10_000 }),
  someBill({ billNo: 'new', period: '2026-02', fen: 20_000 }),
];
const asked = (given: Parameters<typeof someFacts>[0], day: number) =>
  demanded(someFacts({ bills: two, ...given }), policyV1(), on(day));
const values = (kind: LetterKind, day: number, given: Parameters<typeof someFacts>[0] = {}) =>
  letterValues(asked(given, day), {
    customerNo: '1000000001',
    name: '王芳',
    station: '塔北',
    kind,
    asOf: on(day),
  });

describe('what is asked for', () => {
  it('is what is open of each bill, oldest first, and the penalty so far', () => {
    const payments = [{ receivedAt: on(-31), amountFen: toFen(4_000) }];
    expect(asked({ payments }, -10)).toMatchObject({
      bills: [
        { billNo: 'old', period: '2026-01', outstandingFen: 6_000 },
        { billNo: 'new', period: '2026-02', outstandingFen: 20_000 },
      ],
      owedFen: 26_000,
      // 19 whole days at 1 ‰ of ¥60.
      penaltyFen: 114,
    });
  });

  it.each([
    ['of the customer', null, []],
    ['of the bill', 'old', ['new']],
  ])('is not a bill under a hold or a dispute %s', (_rule, billNo, named) => {
    const { bills, owedFen, penaltyFen } = asked(
      { stillnesses: [{ billNo, from: on(-15), until: null }] },
      -10,
    );
    expect(bills.map((bill) => bill.billNo)).toEqual(named);
    expect(owedFen).toBe(named.length * 20_000);
    expect(penaltyFen).toBe(0);
  });

  it('is that bill again when the hold is over', () => {
    const stillnesses = [{ billNo: 'old', from: on(-25), until: on(-11) }];
    expect(asked({ stillnesses }, -10).owedFen).toBe(30_000);
  });

  it('is nothing that is in other hands', () => {
    const bills = two.map((bill) => ({ ...bill, closedAs: 'handedOver' as const }));
    expect(asked({ bills }, -10)).toEqual({
      bills: [],
      owedFen: 0,
      overdueFen: 0,
      restFen: 0,
      penaltyFen: 0,
    });
  });

  it.each([
    ['nothing on the eve of the first due date', -31, 0, 30_000],
    ['nothing on the first due date', -30, 0, 30_000],
    ['the first bill the day after', -29, 10_000, 20_000],
    ['the first bill on the eve of the second due date', -1, 10_000, 20_000],
    ['the first bill on the second due date', 0, 10_000, 20_000],
    ['both bills the day after', 1, 30_000, 0],
  ])('is overdue for %s', (_rule, day, overdueFen, restFen) => {
    expect(asked({}, day)).toMatchObject({ owedFen: 30_000, overdueFen, restFen });
  });

  it('is overdue for what a part payment left, and not for a bill under a hold', () => {
    const payments = [{ receivedAt: on(-31), amountFen: toFen(4_000) }];
    expect(asked({ payments }, -10)).toMatchObject({ overdueFen: 6_000, restFen: 20_000 });
    const stillnesses = [{ billNo: 'old', from: on(-15), until: null }];
    expect(asked({ stillnesses }, -10)).toMatchObject({ overdueFen: 0, restFen: 20_000 });
  });

  it.each([
    ['a resident 1 ‰ a day', 'residential', 1_900],
    ['anybody else 2 ‰ a day', 'commercial', 3_800],
  ] as const)('has the penalty of %s', (_rule, category, penaltyFen) => {
    const bills = [someBill({ fen: 100_000 })];
    expect(asked({ bills, category }, 20).penaltyFen).toBe(penaltyFen);
  });

  it('sums its parts, whatever is owed, paid and held', () => {
    const bills = fc
      .array(
        fc.record({
          fen: fc.integer({ min: -9_000, max: 90_000 }),
          due: fc.integer({ min: -90, max: 30 }),
        }),
      )
      .map((given) =>
        given.map(({ fen, due }, index) =>
          someBill({ billNo: `b${index}`, fen, due, issued: Math.min(due - 10, 0) }),
        ),
      );
    const payments = fc.array(
      fc
        .integer({ min: 0, max: 50_000 })
        .map((fen) => ({ receivedAt: on(-5), amountFen: toFen(fen) })),
      { maxLength: 3 },
    );
    const holds = fc.array(fc.constantFrom('b0', 'b1', 'b2'), { maxLength: 2 });
    fc.assert(
      fc.property(bills, payments, holds, (of, paid, heldNos) => {
        const stillnesses = heldNos.map((billNo) => ({ billNo, from: on(-9), until: null }));
        const held = new Set<string>(heldNos);
        const ask = asked({ bills: of, payments: paid, stillnesses }, 0);
        expect(ask.owedFen).toBe(sumFen(ask.bills.map(({ outstandingFen }) => outstandingFen)));
        expect(ask.overdueFen + ask.restFen).toBe(ask.owedFen);
        expect(Math.min(ask.overdueFen, ask.restFen)).toBeGreaterThanOrEqual(0);
        expect(ask.penaltyFen).toBeGreaterThanOrEqual(0);
        expect(ask.bills.every(({ billNo }) => !held.has(billNo))).toBe(true);
        expect(ask.bills.every(({ outstandingFen }) => outstandingFen > 0)).toBe(true);
      }),
    );
  });
});

describe('the values of a letter', () => {
  it('are written as people write them', () => {
    expect(values('billNotice', -18)).toEqual({
      customerNo: '1000000001',
      name: '王芳',
      station: '塔北',
      today: '2026-03-02',
      bills: [
        { period: '2026-01', dueOn: '2026-02-18', owed: '100.00' },
        { period: '2026-02', dueOn: '2026-03-20', owed: '200.00' },
      ],
      bill: { period: '2026-02', dueOn: '2026-03-20', owed: '200.00' },
      owed: '300.00',
      overdue: '100.00',
      rest: '200.00',
      penalty: '1.10',
    });
  });

  it('leave empty what there is none of', () => {
    expect(values('demand', -30)).toMatchObject({ overdue: '', rest: '300.00', penalty: '' });
    expect(values('demand', 1)).toMatchObject({ overdue: '300.00', rest: '' });
  });

  it.each<[LetterKind, string]>([
    ['billNotice', '2026-03-20'],
    ['preDueReminder', '2026-03-20'],
    ['overdueReminder', '2026-02-18'],
    ['demand', '2026-02-18'],
  ])('of a %s name the day %s: nobody is told that a day is past which is not', (kind, dueOn) => {
    expect(values(kind, -5)).toMatchObject({ bill: { dueOn } });
  });
});

describe('the penalty of bills that were paid late', () => {
  const paidOn = (day: number) =>
    penaltiesOf(
      someFacts({
        bills: [someBill({ fen: 100_000 })],
        payments: [{ receivedAt: on(day), amountFen: toFen(100_000) }],
      }),
      policyV1(),
      on(30),
    );

  it.each([
    ['on the eve is nothing', -1, []],
    ['on the due date is nothing', 0, []],
    ['the day after is nothing yet, as the day of payment is free', 1, []],
    ['two days after is a day, and no less than ¥1', 2, [{ amountFen: 100 }]],
    ['eleven days after is ten days', 11, [{ amountFen: 1_000, settledOn: '2026-03-31' }]],
  ])('%s', (_rule, day, expected) => {
    expect(paidOn(day)).toMatchObject(expected);
    expect(paidOn(day)).toHaveLength(expected.length);
  });
});

it.each<[StepKind, string | null]>([
  ['billNotice', 'bill'],
  ['preDueReminder', 'reminder'],
  ['overdueReminder', 'reminder'],
  ['demand', 'demand'],
  ['callTask', null],
  ['visitTask', null],
  ['review', null],
  ['levelRise', null],
])('a step of kind %s is written for the purpose %s', (kind, purpose) => {
  const letter = letterKind(kind);
  expect(letter === null ? null : purposeOf[letter]).toBe(purpose);
});

describe('a waiver', () => {
  const bill = someBill({ billNo: 'old', issued: -48, due: -30, fen: 100_000 });
  const penaltyWith = (waivers: readonly (readonly [string, number])[], day: number) =>
    demanded(
      someFacts({
        bills: [bill],
        waivers: waivers.map(([billNo, fen]) => ({ billNo, amountFen: toFen(fen) })),
      }),
      policyV1(),
      on(day),
    );

  it.each([
    ['a part', [['old', 400] as const], 1_500],
    ['twice', [['old', 400] as const, ['old', 500] as const], 1_000],
    ['all', [['old', 1_900] as const], 0],
    ['of another bill', [['new', 400] as const], 1_900],
  ])('of %s leaves the rest of the penalty', (_rule, waivers, left) => {
    expect(penaltyWith(waivers, -10).penaltyFen).toBe(left);
  });

  it('lowers nothing but the penalty, and that never below nothing', () => {
    const waiver = fc.tuple(fc.constantFrom('old', 'new'), fc.integer({ min: 1, max: 5_000 }));
    fc.assert(
      fc.property(fc.array(waiver), fc.integer({ min: -40, max: 60 }), (waivers, day) => {
        const [without, given] = [penaltyWith([], day), penaltyWith(waivers, day)];
        const sum = waivers.reduce((all, [no, fen]) => all + (no === 'old' ? fen : 0), 0);
        expect(given).toEqual({
          ...without,
          penaltyFen: Math.max(0, without.penaltyFen - sum),
        });
      }),
    );
  });
});

import fc from 'fast-check';
import { settle, type Bill, type Payment } from '../../domain/allocation';
import { sumFen, toFen } from '../../domain/fen';
import {
  instantAt,
  instantOf,
  plusDays,
  plusMs,
  toDate,
  toInstant,
  toPeriod,
} from '../../domain/time';

const bill = (
  billNo: string,
  given: Partial<Record<'issuedOn' | 'dueOn', string>> & { fen: number },
): Bill => {
  const issuedOn = toDate(given.issuedOn ?? '2026-03-01');
  const dueOn = toDate(given.dueOn ?? '2026-03-20');
  return { billNo, period: toPeriod('2026-02'), issuedOn, dueOn, amountFen: toFen(given.fen) };
};
const paid = (receivedAt: string, fen: number): Payment => ({
  receivedAt: toInstant(receivedAt),
  amountFen: toFen(fen),
});
const later = toInstant('2026-12-31T00:00:00Z');
const noon = 'T12:00:00+08:00';

describe('who is paid', () => {
  it('pays the oldest due date first, then the oldest issue day, then the lowest number', () => {
    const bills = [
      bill('e', { fen: 100, dueOn: '2026-03-21' }),
      bill('d', { fen: 100 }),
      bill('c', { fen: 100 }),
      bill('b', { fen: 100, issuedOn: '2026-02-28' }),
      bill('a', { fen: 100, dueOn: '2026-03-19', issuedOn: '2026-03-02' }),
    ];
    const result = settle(bills, [paid(`2026-03-05${noon}`, 250)], later);
    expect(result.bills.map((each) => [each.billNo, each.outstandingFen])).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 50],
      ['d', 100],
      ['e', 100],
    ]);
  });

  it('leaves paid what was paid, though a bill with an older due date is issued afterwards', () => {
    const bills = [
      bill('first', { fen: 100, dueOn: '2026-03-20' }),
      bill('second', { fen: 100, dueOn: '2026-03-15', issuedOn: '2026-03-05' }),
    ];
    const result = settle(bills, [paid(`2026-03-02${noon}`, 100)], later);
    expect(result.bills.map((each) => each.settledOn)).toEqual([null, '2026-03-02']);
  });

  it('pays with a negative bill from its issue day on', () => {
    const bills = [bill('a', { fen: 100 }), bill('b', { fen: -130, issuedOn: '2026-03-09' })];
    const result = settle(bills, [], later);
    expect(result).toMatchObject({
      bills: [{ outstandingFen: 0, settledOn: '2026-03-09' }],
      creditFen: 30,
    });
  });

  it('pays a bill on its issue day when the money came before', () => {
    const result = settle([bill('a', { fen: 100 })], [paid(`2026-01-09${noon}`, 100)], later);
    expect(result.bills[0]).toMatchObject({
      settledOn: '2026-03-01',
      paid: [{ on: '2026-03-01' }],
    });
  });

  it('keeps the payments of a bill by day', () => {
    const payments = [
      paid(`2026-03-21${noon}`, 30),
      paid('2026-03-20T16:30:00Z', 20),
      paid(`2026-03-25${noon}`, 50),
    ];
    expect(settle([bill('a', { fen: 100 })], payments, later).bills[0]?.paid).toEqual([
      { on: '2026-03-21', amountFen: 50 },
      { on: '2026-03-25', amountFen: 50 },
    ]);
  });

  it('refuses a negative payment', () => {
    expect(() => settle([], [paid(`2026-03-01${noon}`, -1)], later)).toThrow(RangeError);
  });
});

describe('what counts at the instant asked about', () => {
  const payment = paid('2026-03-20T08:00:00Z', 100);

  it.each([
    ['not a millisecond before it is received', -1, null],
    ['at the instant when it is received', 0, '2026-03-20'],
    ['and after', 1, '2026-03-20'],
  ])('a payment counts %s', (_rule, ms, settledOn) => {
    const result = settle([bill('a', { fen: 100 })], [payment], plusMs(payment.receivedAt, ms));
    expect(result.bills[0]?.settledOn).toBe(settledOn);
  });

  it.each([
    ['owed in full and the money unused on the eve of its issue', '2026-02-28', 100, 100],
    ['paid on its issue day', '2026-03-01', 0, 0],
    ['paid on the day after', '2026-03-02', 0, 0],
  ])('a bill paid in advance is %s', (_rule, today, outstandingFen, creditFen) => {
    const result = settle(
      [bill('a', { fen: 100 })],
      [paid(`2026-02-01${noon}`, 100)],
      instantAt(toDate(today)),
    );
    expect(result).toMatchObject({ bills: [{ outstandingFen }], creditFen });
  });

  it.each([
    ['unused on the eve of its issue', '2026-03-04', 100, 100],
    ['used on its issue day', '2026-03-05', 0, 0],
    ['used on the day after', '2026-03-06', 0, 0],
  ])('a credit is %s', (_rule, today, outstandingFen, creditFen) => {
    const bills = [bill('a', { fen: 100 }), bill('b', { fen: -100, issuedOn: '2026-03-05' })];
    expect(settle(bills, [], instantAt(toDate(today)))).toMatchObject({
      bills: [{ outstandingFen }],
      creditFen,
    });
  });

  it.each([
    ['on its due day', '2026-03-20T15:59:59.999Z', '2026-03-20'],
    ['on the day after, from midnight in Shanghai', '2026-03-20T16:00:00.000Z', '2026-03-21'],
  ])('a bill is settled %s', (_rule, receivedAt, settledOn) => {
    const result = settle([bill('a', { fen: 100 })], [paid(receivedAt, 100)], later);
    expect(result.bills[0]?.settledOn).toBe(settledOn);
  });
});

describe('in any account', () => {
  const start = toDate('2026-01-01');
  const day = fc.nat(60);
  const someBills = fc
    .array(
      fc.record({ issued: day, grace: fc.nat(30), fen: fc.integer({ min: -500, max: 1000 }) }),
      { maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ issued, grace, fen }, index) =>
        bill(`b${index}`, {
          fen,
          issuedOn: plusDays(start, issued),
          dueOn: plusDays(start, issued + grace),
        }),
      ),
    );
  const at = (hours: number) => instantOf(Date.UTC(2026, 0, 1) + hours * 3_600_000);
  const someInstant = fc.nat(2000).map(at);
  const somePayments = fc.array(
    fc.record({ receivedAt: someInstant, amountFen: fc.nat(1500).map(toFen) }),
    { maxLength: 12 },
  );
  const outstanding = (result: ReturnType<typeof settle>) =>
    new Map(result.bills.map((each) => [each.billNo, each.outstandingFen]));

  it('billed − received = outstanding − credit, whenever it is asked', () => {
    fc.assert(
      fc.property(someBills, somePayments, someInstant, (bills, payments, asOf) => {
        const result = settle(bills, payments, asOf);
        const received = payments.filter((each) => each.receivedAt <= asOf);
        const net =
          sumFen(bills.map((b) => b.amountFen)) - sumFen(received.map((p) => p.amountFen));
        expect(sumFen(result.bills.map((b) => b.outstandingFen)) - result.creditFen).toBe(net);
        expect(result.creditFen).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('each bill is paid the difference between billed and outstanding, never before its issue', () => {
    fc.assert(
      fc.property(someBills, somePayments, someInstant, (bills, payments, asOf) => {
        for (const each of settle(bills, payments, asOf).bills) {
          expect(sumFen(each.paid.map((part) => part.amountFen))).toBe(
            each.amountFen - each.outstandingFen,
          );
          expect(each.paid.every((part) => part.on >= each.issuedOn && part.amountFen > 0)).toBe(
            true,
          );
          expect(each.settledOn).toBe(each.outstandingFen === 0 ? each.paid.at(-1)?.on : null);
        }
      }),
    );
  });

  it('the order of the input does not matter', () => {
    const shuffled = fc
      .tuple(someBills, somePayments)
      .chain(([bills, payments]) =>
        fc.tuple(
          fc.constant({ bills, payments }),
          fc.shuffledSubarray(bills, { minLength: bills.length }),
          fc.shuffledSubarray(payments, { minLength: payments.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, someInstant, ([given, bills, payments], asOf) => {
        expect(settle(bills, payments, asOf)).toEqual(settle(given.bills, given.payments, asOf));
      }),
    );
  });

  it('paying more never raises what is outstanding of any bill', () => {
    const extra = fc.record({ receivedAt: someInstant, amountFen: fc.nat(1500).map(toFen) });
    fc.assert(
      fc.property(someBills, somePayments, extra, someInstant, (bills, payments, more, asOf) => {
        const before = outstanding(settle(bills, payments, asOf));
        for (const [billNo, fen] of outstanding(settle(bills, [...payments, more], asOf)))
          expect(fen).toBeLessThanOrEqual(before.get(billNo) ?? 0);
      }),
    );
  });

  it('what is paid once stays paid', () => {
    fc.assert(
      fc.property(
        someBills,
        somePayments,
        someInstant,
        fc.nat(500),
        (bills, payments, asOf, hours) => {
          const after = new Map(
            settle(bills, payments, plusMs(asOf, hours * 3_600_000)).bills.map((b) => [
              b.billNo,
              b,
            ]),
          );
          for (const each of settle(bills, payments, asOf).bills.filter(
            (b) => b.settledOn !== null,
          ))
            expect(after.get(each.billNo)).toEqual(each);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { toFen } from '../../domain/fen';
import { demanded } from '../../domain/letter';
import { paperDemand, type PaperDemand } from '../../domain/paper-letter';
import { on, policyV1, someBill, someFacts } from '../support/facts';

const bills = [
  someBill({ billNo: 'old', period: '2026-01', issued: -48, due: -30 }),
  someBill({ billNo: 'new', period: '2026-02', fen: 20_000 }),
];
const ask = (given: Parameters<typeof someFacts>[0], day: number) =>
  paperDemand(someFacts({ bills, ...given }), policyV1(), on(day));
const asked = (given: Parameters<typeof someFacts>[0], day: number): PaperDemand => {
  const demand = ask(given, day);
  if (typeof demand === 'string') throw new Error(demand);
  return demand;
};
const paid = (fen: number, day = -1) => [{ receivedAt: on(day), amountFen: toFen(fen) }];

const NOTHING = 'Nothing is owed: there is no letter to print.';
const NOT_NOW =
  'What is owed is held, disputed, or no longer collected: nothing may be asked for now.';

test.each([
  ['the eve of the second due date', -1, ['old'], 20_000],
  ['the second due date', 0, ['old'], 20_000],
  ['the day after', 1, ['old', 'new'], 0],
])('a letter of %s asks for what is overdue, and names the rest', (_, day, named, rest) => {
  const demand = asked({}, day);
  expect([demand.overdue, demand.bills.map(({ billNo }) => billNo)]).toEqual([true, named]);
  expect(demand.restFen).toBe(rest);
});

test('where nothing is overdue yet, an early demand asks for what is owed, without a penalty', () => {
  expect(asked({}, -31)).toMatchObject({
    ...{ overdue: false, owedFen: 30_000, penaltyFen: 0, restFen: 0, capitals: '叁佰元整' },
  });
});

test('what is paid is in no letter, to the fen and to the instant', () => {
  expect(ask({ payments: paid(30_000) }, 5)).toBe(NOTHING);
  expect(asked({ payments: paid(29_999) }, 5)).toMatchObject({ owedFen: 1, bills: [{}] });
  expect(typeof ask({ payments: paid(30_000, 5) }, 5)).toBe('string');
  expect(asked({ payments: paid(10_000) }, 5).bills.map(({ billNo }) => billNo)).toEqual(['new']);
});

test.each([
  ['held', { stillnesses: [{ billNo: null, from: on(-10), until: null }] }],
  ['handed over', { bills: bills.map((bill) => ({ ...bill, closedAs: 'handedOver' as const })) }],
])('what is %s is asked for by no letter', (_, given) => {
  expect(ask(given, 5)).toBe(NOT_NOW);
});

test('a disputed bill is left out, and the other stays in', () => {
  const stillnesses = [{ billNo: 'old', from: on(-10), until: null }];
  expect(asked({ stillnesses }, 5).bills.map(({ billNo }) => billNo)).toEqual(['new']);
});

test('a waived penalty is not asked for', () => {
  const [before, after] = [[], [{ billNo: 'old', amountFen: toFen(100) }]].map(
    (waivers) => asked({ waivers }, 5).penaltyFen,
  );
  expect((before ?? 0) - (after ?? 0)).toBe(100);
});

test('a letter never asks for more than a message of that instant, and its sums are exact', () => {
  const cents = fc.nat(40_000);
  fc.assert(
    fc.property(cents, fc.integer({ min: -40, max: 60 }), (fen, day) => {
      const facts = someFacts({ bills, payments: fen === 0 ? [] : paid(fen, -5) });
      const demand = paperDemand(facts, policyV1(), on(day));
      const message = demanded(facts, policyV1(), on(day));
      if (typeof demand === 'string') return message.owedFen === 0;
      const { owedFen, restFen, penaltyFen, totalFen } = demand;
      return (
        owedFen + restFen === message.owedFen &&
        penaltyFen === message.penaltyFen &&
        totalFen === owedFen + penaltyFen
      );
    }),
  );
});

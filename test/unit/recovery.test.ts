import fc from 'fast-check';
import { toFen } from '../../domain/fen';
import { recovery } from '../../domain/recovery';

const rates = (receivable: number, received: number, prior: [number, number] = [0, 0]) =>
  recovery({
    receivableFen: toFen(receivable),
    receivedFen: toFen(received),
    priorReceivableFen: toFen(prior[0]),
    priorReceivedFen: toFen(prior[1]),
  });

it('gives the vector of the reference: 78.4, 85.3 and 68.0', () => {
  expect(rates(125_050_000, 98_000_000, [50_000_000, 34_000_000])).toEqual({
    cumulative: 78.4,
    currentYear: 85.3,
    priorYear: 68,
  });
});

it.each([
  ['just below a half goes down', 7_844_999, 78.4],
  ['a half goes up', 7_845_000, 78.5],
  ['just above a half goes up', 7_845_001, 78.5],
  ['99.94 per cent is not 100', 9_994_999, 99.9],
  ['nothing received is 0', 0, 0],
  ['all received is 100', 10_000_000, 100],
  ['more than all is more than 100', 10_010_000, 100.1],
  ['more paid back than received is below 0', -10_000, -0.1],
])('rounds to one decimal: %s', (_rule, received, cumulative) => {
  expect(rates(10_000_000, received).cumulative).toBe(cumulative);
});

it.each([
  ['nothing at all', 0, [0, 0], { cumulative: null, currentYear: null, priorYear: null }],
  ['nothing of prior years', 100, [0, 0], { cumulative: 0, currentYear: 0, priorYear: null }],
  ['nothing of this year', 100, [100, 0], { cumulative: 0, currentYear: null, priorYear: 0 }],
  ['credits only', -100, [0, 0], { cumulative: null, currentYear: null, priorYear: null }],
] as [string, number, [number, number], object][])(
  'has no rate where receivable was %s',
  (_rule, receivable, prior, expected) => {
    expect(rates(receivable, 0, prior)).toEqual(expected);
  },
);

it('is null or a number, never NaN nor infinite, for any amounts', () => {
  const amount = fc.maxSafeInteger().map((value) => Math.trunc(value / 2));
  fc.assert(
    fc.property(amount, amount, amount, amount, (a, b, c, d) => {
      const values = Object.values(rates(a, b, [c, d]));
      expect(values.every((rate) => rate === null || Number.isFinite(rate))).toBe(true);
    }),
  );
});

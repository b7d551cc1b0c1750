import fc from 'fast-check';
import {
  auc,
  aucGain,
  bandsOf,
  calibration,
  share,
  type Judged,
} from '../../domain/discrimination';

const rows = (bad: readonly number[], good: readonly number[]): Judged[] => [
  ...bad.map((score) => ({ score, bad: true })),
  ...good.map((score) => ({ score, bad: false })),
];

describe('the AUC', () => {
  it.each<[string, number[], number[], number]>([
    ['is 1 where every bad one is above every good one', [3, 4], [1, 2], 1],
    ['is 0 the other way round', [1, 2], [3, 4], 0],
    ['is a half where all are the same', [5, 5], [5, 5, 5], 0.5],
    // Pairs: 3 > 1, 3 > 2, 2 > 1, and 2 = 2 for a half: 3.5 of 4.
    ['counts a tie as half a pair', [3, 2], [1, 2], 0.875],
    // 1 < 2, 1 < 4; 3 > 2, 3 < 4; 5 > 2, 5 > 4: 3 of 6.
    ['counts pairs', [1, 3, 5], [2, 4], 0.5],
  ])('%s', (_rule, bad, good, value) => {
    expect(auc(rows(bad, good))?.value).toBeCloseTo(value, 12);
  });

  it('is none where all went the same way', () => {
    expect([auc(rows([1, 2], [])), auc(rows([], [1])), auc([])]).toEqual([null, null, null]);
  });

  it('has the interval of DeLong', () => {
    // By hand: of the bad 3 is above all good ones and 2 above 0.75 of them; of the good 1 is below all bad ones and 2 below 0.75 of them.
    const found = auc(rows([3, 2], [1, 2]));
    const half = 1.959964 * Math.sqrt(0.03125 / 2 + 0.03125 / 2);
    expect(found?.low).toBeCloseTo(0.875 - half, 6);
    expect(found?.high).toBe(1);
  });

  it('equals the count of all pairs', () => {
    const scores = fc.array(fc.nat(6), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (bad, good) => {
        const won = bad.flatMap((b) => good.map((g) => (b > g ? 1 : b === g ? 0.5 : 0) as number));
        const mean = won.reduce((sum, one) => sum + one, 0) / won.length;
        expect(auc(rows(bad, good))?.value).toBeCloseTo(mean, 10);
      }),
    );
  });

  it('of another score over the same customers is compared pair by pair', () => {
    const [first, second] = [rows([1, 2], [1, 2]), rows([3, 4], [1, 2])];
    expect(aucGain(first, second)?.value).toBeCloseTo(0.5, 12);
    expect(aucGain(first, first)).toEqual({ value: 0, low: 0, high: 0 });
  });
});

it.each([
  // Wilson's interval as printed in the tables: 5 of 10, 0 of 10, 90 of 100.
  [5, 10, 0.5, 0.2366, 0.7634],
  [0, 10, 0, 0, 0.2775],
  [90, 100, 0.9, 0.8256, 0.9448],
  [0, 0, 0, 0, 1],
])('%i of %i is a share of %f, from %f to %f', (count, of, value, low, high) => {
  const found = share(count, of);
  expect(found.value).toBe(value);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

it('bands are of equal width, and one that nobody is in is left out', () => {
  const found = bandsOf(rows([12, 31], [0, 9, 10]), 10);
  expect(found.map(({ from, customers, bad }) => [from, customers, bad])).toEqual([
    [0, 2, 0],
    [10, 2, 1],
    [30, 1, 1],
  ]);
});

it('what bands promised is compared with what came', () => {
  // Promised: a half from 0, all from 10, and the mean of 2/3 from 20, which was not seen.
  const before = rows([1, 11], [2]);
  const then = rows([3, 25], [4, 5, 12]);
  const { bands, error, brier, brierOfMean } = calibration(before, then, 10);
  expect(bands.map(({ from, promised, rate }) => [from, promised, rate.value])).toEqual([
    [0, 0.5, 1 / 3],
    [10, 1, 0],
    [20, 2 / 3, 1],
  ]);
  expect(error).toBeCloseTo((3 * (1 / 6) + 1 + 1 / 3) / 5, 12);
  expect(brier).toBeCloseTo((3 * 0.25 + 1 + 1 / 9) / 5, 12);
  expect(brierOfMean).toBeCloseTo((2 * (1 / 9) + 3 * (4 / 9)) / 5, 12);
});

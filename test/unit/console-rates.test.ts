import { rateOf, ratesUntil } from '../../console/src/lib/rates';

test('what had come in by a day is that of the last day on which something came', () => {
  const days = [
    { day: 1, receivedFen: 250 },
    { day: 3, receivedFen: 1_000 },
  ];
  expect(ratesUntil({ billedFen: 1_000, days }, 4)).toEqual([0, 25, 25, 100, 100]);
});

test('of nothing billed there is no rate, and its line lies at zero', () => {
  expect(rateOf(5, 0)).toBeNull();
  expect(ratesUntil({ billedFen: 0, days: [{ day: 0, receivedFen: 5 }] }, 1)).toEqual([0, 0]);
});

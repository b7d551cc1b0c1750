import fc from 'fast-check';
import { divideHalfUp } from '../../domain/rounding';

it.each([
  ['just below a half goes down', 499n, 1000n, 0n],
  ['a half goes up', 500n, 1000n, 1n],
  ['just above a half goes up', 501n, 1000n, 1n],
  ['minus a half goes up, to zero', -500n, 1000n, 0n],
  ['just below minus a half goes down', -501n, 1000n, -1n],
  ['a half of an odd divisor does not exist: 1 of 3 goes down', 1n, 3n, 0n],
  ['2 of 3 goes up', 2n, 3n, 1n],
])('%s', (_rule, dividend, divisor, expected) => {
  expect(divideHalfUp(dividend, divisor)).toBe(expected);
});

it('is never further than a half from the quotient', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (dividend, divisor) => {
      const twiceError = 2n * (divideHalfUp(dividend, divisor) * divisor - dividend);
      expect(twiceError > -divisor && twiceError <= divisor).toBe(true);
    }),
  );
});

it.each([0n, -1n])('refuses to divide by %s', (divisor) => {
  expect(() => divideHalfUp(1n, divisor)).toThrow(RangeError);
});

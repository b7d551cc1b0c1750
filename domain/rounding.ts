/**
 * The whole number nearest to `dividend / divisor`; a half goes up (towards +∞), so that −0.5 is 0.
 * In bigint, because amounts times rates times days leave the safe integers.
 * @throws {RangeError} when the divisor is not above zero.
 */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError(`not a divisor: ${String(divisor)}`);
  const doubled = 2n * dividend + divisor;
  const quotient = doubled / (2n * divisor);
  // Division of bigints truncates; below zero the floor is wanted.
  return doubled < 0n && doubled % (2n * divisor) !== 0n ? quotient - 1n : quotient;
}

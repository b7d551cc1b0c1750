import { KINDS, scheduleOf } from '../chaos/schedule';

test('the same seed breaks the same things at the same moments', () => {
  expect(scheduleOf(1, 30, 4)).toEqual(scheduleOf(1, 30, 4));
  expect(scheduleOf(1, 30, 4)).not.toEqual(scheduleOf(2, 30, 4));
});

test('a full run breaks everything that can break, and no phase goes without', () => {
  const phases = scheduleOf(1, 30, 4);
  const kinds = phases.flat().map(({ kind }) => kind);
  expect(kinds).toHaveLength(30);
  expect(new Set(kinds)).toEqual(new Set(KINDS));
  expect(phases.every((faults) => faults.length >= 7)).toBe(true);
});

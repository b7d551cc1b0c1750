import fc from 'fast-check';
import { awakeFrom, delayed, joined, promiseStillness, standsStill } from '../../domain/holds';
import type { Stillness } from '../../domain/holds';
import { epochMs, plusDays } from '../../domain/time';
import { D, on } from '../support/facts';

const still = (from: number, until: number | null): Stillness => ({
  from: on(from),
  until: until === null ? null : on(until),
});

describe('stretches', () => {
  it.each<[string, Stillness[], Stillness[]]>([
    ['that overlap are one', [still(1, 4), still(3, 6)], [still(1, 6)]],
    ['that touch are one', [still(1, 4), still(4, 6)], [still(1, 6)]],
    ['that lie inside another vanish', [still(1, 9), still(3, 6)], [still(1, 9)]],
    ['apart stay apart, in order', [still(5, 6), still(1, 4)], [still(1, 4), still(5, 6)]],
    ['without an end swallow what follows', [still(5, 6), still(3, null)], [still(3, null)]],
    ['that were over before do not count', [still(-3, 0), still(-3, -1)], []],
    ['that began before are cut off', [still(-3, 2)], [still(0, 2)]],
    ['that end before they begin do not count', [still(4, 2)], []],
  ])('%s', (_rule, given, expected) => {
    expect(joined(given, on(0))).toEqual(expected);
  });

  it('of a promise last to the end of the promised day', () => {
    expect(promiseStillness(on(1, 600), plusDays(D, 3))).toEqual({
      from: on(1, 600),
      until: on(4, 0),
    });
  });
});

describe('a step', () => {
  it.each<[string, Stillness[], number | null]>([
    ['before every hold stays', [still(8, 9)], 7],
    ['at the start of a hold is moved by it', [still(7, 9)], 9],
    ['after a hold is moved by it', [still(1, 3)], 9],
    ['that a hold moves into the next is moved by both', [still(1, 3), still(9, 10)], 10],
    ['that a hold moves short of the next is not', [still(1, 3), still(10, 12)], 9],
    ['after a hold without an end never comes', [still(1, null)], null],
    ['before a hold without an end comes', [still(8, null)], 7],
  ])('%s', (_rule, stretches, day) => {
    expect(delayed(on(7), stretches)).toBe(day === null ? null : on(day));
  });

  it.each<[string, number, number | null, boolean]>([
    ['on the eve is free', 0, 0, false],
    ['at the start waits for the end', 1, 3, true],
    ['inside waits for the end', 2, 3, true],
    ['at the end is free', 3, 3, false],
    ['in one without an end waits for ever', 6, null, true],
  ])('looked at %s', (_rule, day, free, stands) => {
    const stretches = [still(1, 3), still(5, null)];
    expect(awakeFrom(on(day), stretches)).toBe(free === null ? null : on(free));
    expect(standsStill(on(day), stretches)).toBe(stands);
  });
});

describe('for any holds', () => {
  const stretch = fc
    .tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 1, max: 20 }))
    .map(([from, days]) => still(from, from + days));
  const some = fc.array(stretch, { maxLength: 6 });
  const days = fc.integer({ min: 0, max: 40 });

  it('a step comes once exactly its policy time has passed', () => {
    fc.assert(
      fc.property(some, days, (given, day) => {
        const stretches = joined(given, on(0));
        const at = delayed(on(day), stretches) ?? on(0);
        const stood = stretches
          .filter(({ from }) => from <= at)
          .reduce((ms, { from, until }) => ms + epochMs(until ?? from) - epochMs(from), 0);
        expect(epochMs(at) - stood).toBe(epochMs(on(day)));
        expect(standsStill(at, stretches)).toBe(false);
      }),
    );
  });

  it('their order says nothing, and one more makes nothing earlier', () => {
    fc.assert(
      fc.property(some, stretch, days, (given, added, day) => {
        const before = delayed(on(day), joined(given, on(0))) ?? '';
        expect(delayed(on(day), joined([...given].reverse(), on(0)))).toBe(before);
        expect((delayed(on(day), joined([...given, added], on(0))) ?? '') >= before).toBe(true);
      }),
    );
  });
});

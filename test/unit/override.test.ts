import fc from 'fast-check';
import { gradeUnder, overrideAt, type Override } from '../../domain/override';
import type { Level } from '../../domain/policy';
import { on } from '../support/facts';
import { graded } from '../support/grades';

const override = (given: Partial<Override> = {}): Override => ({
  ...{ level: 1, from: on(0), until: on(30), endedAt: null, reason: 'moved abroad' },
  ...given,
});

describe('an override', () => {
  it.each<[string, number, number, boolean]>([
    ['not a minute before its first', 0, 539, false],
    ['from its first instant', 0, 540, true],
    ['to the minute before its last', 30, 539, true],
    ['not at its last', 30, 540, false],
  ])('is in force %s', (_rule, day, minute, expected) => {
    expect(overrideAt([override()], on(day, minute)) !== null).toBe(expected);
  });

  it.each<[string, number, number, boolean]>([
    ['holds to the minute before', 10, 539, true],
    ['not at that instant', 10, 540, false],
    ['nor after', 20, 540, false],
  ])('that was ended early %s', (_rule, day, minute, expected) => {
    expect(overrideAt([override({ endedAt: on(10) })], on(day, minute)) !== null).toBe(expected);
  });

  it('gives way to the one decided on last', () => {
    const two = [override({ from: on(5), level: 3 }), override()];
    expect([4, 5].map((day) => overrideAt(two, on(day))?.level)).toEqual([1, 3]);
  });

  it('leaves the points and their reasons, and is one reason more', () => {
    const found = graded({ record: { lateMonths: 2 } });
    const under = gradeUnder(found, override());
    expect(under).toMatchObject({ level: 1, score: found.score, screened: found.screened });
    const because = { factor: 'override', points: 0, why: 'moved abroad' };
    expect(under.reasons).toEqual([...found.reasons, because]);
  });

  it('holds its level on every day inside, whatever the points, and on none outside', () => {
    const day = fc.integer({ min: -40, max: 80 });
    const level = fc.constantFrom<Level>(1, 2, 3);
    const found = fc
      .record({ previous: fc.option(level), lateMonths: fc.integer({ min: 0, max: 12 }) })
      .map(({ previous, lateMonths }) => graded({ previous, record: { lateMonths } }));
    fc.assert(
      fc.property(found, level, day, fc.nat(60), fc.option(day), day, (...drawn) => {
        const [ordinary, to, from, days, ended, today] = drawn;
        const span = { from: on(from), until: on(from + days + 1) };
        const endedAt = ended === null ? null : on(ended);
        const one = override({ level: to, ...span, endedAt });
        const inside = today >= from && today <= from + days && (ended === null || today < ended);
        const result = gradeUnder(ordinary, overrideAt([one], on(today)));
        expect(result.level).toBe(inside ? to : ordinary.level);
        expect(result.reasons.some(({ factor }) => factor === 'override')).toBe(inside);
      }),
    );
  });
});

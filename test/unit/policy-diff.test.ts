import fc from 'fast-check';
import gradePolicy from '../../db/policies/tabei-grade-v1.json';
import ladderPolicy from '../../db/policies/tabei-v1.json';
import { policyChanges } from '../../domain/policy-diff';

const v1 = ladderPolicy.body;
const changed = <T>(body: T, change: (copy: T) => void): T => {
  const copy = structuredClone(body);
  change(copy);
  return copy;
};
const texts = (before: unknown, after: unknown) =>
  policyChanges(before, after).map(({ text }) => text);

describe('the difference of two versions', () => {
  it('is nothing where both say the same, however their names are ordered', () => {
    const reversed = Object.fromEntries(Object.entries(v1).reverse());
    expect(policyChanges(v1, reversed)).toEqual([]);
  });

  it('names the level, the step and the field, and both values', () => {
    const after = changed(v1, ({ ladders, limits, penalty }) => {
      const step = ladders['3'].find(({ key }) => key === 'overdue-2');
      if (step !== undefined) step.day = 8;
      limits.messagesPerWeek = 2;
      Object.assign(penalty, { capPpm: 300_000 });
    });
    expect(policyChanges(v1, after)).toEqual([
      {
        path: 'ladders.3.overdue-2.day',
        before: 7,
        after: 8,
        text: 'level Ⅲ.overdue-2.day: 7 → 8',
      },
      expect.objectContaining({ text: 'limits.messagesPerWeek: 3 → 2' }),
      {
        path: 'penalty.capPpm',
        before: null,
        after: 300_000,
        text: 'penalty.capPpm: none → 300000',
      },
    ]);
  });

  it('tells a new step and one that is gone, and nothing of their neighbours', () => {
    const without = changed(v1, ({ ladders }) => {
      ladders['2'] = ladders['2'].filter(({ key }) => key !== 'pre-due-1');
    });
    expect(texts(v1, without)).toEqual([expect.stringMatching(/^level Ⅱ\.pre-due-1: gone, was /)]);
    expect(texts(without, v1)).toEqual([expect.stringMatching(/^level Ⅱ\.pre-due-1: new, /)]);
  });

  it('tells steps that changed places', () => {
    const after = changed(v1, ({ ladders }) => {
      ladders['1'] = ladders['1'].toReversed();
    });
    expect(texts(v1, after)).toEqual([expect.stringMatching(/^level Ⅰ\.order: \["bill-notice"/)]);
  });

  it('tells a scale of points as a whole, and each word of a table', () => {
    const after = changed(gradePolicy.body, (body) => {
      body.brokenPromises = [[0, 0]];
      Object.assign(body.supplyArea, { east: 5 });
    });
    expect(texts(gradePolicy.body, after)).toEqual([
      'brokenPromises: [[0,0],[1,3],[2,5]] → [[0,0]]',
      'supplyArea.east: new, 5',
    ]);
  });

  it('is nothing for any body and itself, and something for any two that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(policyChanges(one, structuredClone(one))).toEqual([]);
        const differ = JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other));
        expect(policyChanges(one, other).length > 0).toBe(differ);
      }),
    );
  });
});

/** With names in one order, so that equal means the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // An object still, or {} would be taken for [].
  return { entries: entries.map(([name, inner]) => [name, sorted(inner)]) };
}

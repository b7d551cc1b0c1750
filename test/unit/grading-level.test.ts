import type { Grade } from '../../domain/grading';
import type { Category, Level } from '../../domain/policy';
import { graded, gradingV1 as policy, yuan, type Given } from '../support/grades';

/** The shipped policy with the points of one factor set freely, so that a score can be met exactly. */
const scored = (score: number, given: Given = {}): Grade =>
  graded(given, {
    ...policy,
    supplyArea: { default: score },
    usage: { ...policy.usage, residential: 0 },
  });

describe('the level', () => {
  it.each<[number, Level]>([
    [0, 3],
    [34, 3],
    [35, 2],
    [36, 2],
    [59, 2],
    [60, 1],
    [61, 1],
    [100, 1],
  ])('at %i points is %i', (score, level) => {
    expect(scored(score)).toMatchObject({ score, level });
  });

  it.each<[string, Given, Level, string | undefined]>([
    ['two months unpaid', { record: { unpaidMonthsThisYear: 2 } }, 3, undefined],
    ['three', { record: { unpaidMonthsThisYear: 3 } }, 1, '3 months unpaid this year'],
    ['four', { record: { unpaidMonthsThisYear: 4 } }, 1, '4 months unpaid this year'],
    ['theft', { businessCondition: 'theft' }, 1, 'theft'],
    ['insolvency', { businessCondition: 'insolvent' }, 1, 'insolvent'],
    ['closing down', { businessCondition: 'closing' }, 3, undefined],
  ])('is forced or not by %s', (_rule, given, level, why) => {
    const result = graded(given);
    expect(result.level).toBe(level);
    expect(result.reasons.find(({ factor }) => factor.startsWith('forced'))?.why).toBe(why);
  });

  it('is forced for a newcomer too', () => {
    expect(graded({ record: { monthsSeen: 0 }, businessCondition: 'theft' }).level).toBe(1);
  });

  it.each<[Level, number, Level]>([
    [3, 35, 2],
    [3, 60, 1],
    [2, 60, 1],
    [1, 60, 1],
  ])('rises at once: from %i with %i points to %i', (previous, score, level) => {
    expect(scored(score, { previous }).level).toBe(level);
  });

  it.each<[string, Level, number, number, Level]>([
    ['not inside the margin of five', 1, 55, 12, 1],
    ['outside of it', 1, 54, 12, 2],
    ['not after two clean months', 1, 0, 2, 1],
    ['after three clean months', 1, 0, 3, 2],
    ['one level at a time', 1, 0, 12, 2],
    ['again the next time', 2, 0, 12, 3],
    ['not inside the margin of five, to Ⅲ', 2, 30, 12, 2],
    ['outside of it, to Ⅲ', 2, 29, 12, 3],
  ])('falls %s', (_rule, previous, score, cleanMonths, level) => {
    expect(scored(score, { previous, record: { cleanMonths } }).level).toBe(level);
  });

  it('of a newcomer is Ⅱ, and stays what it was while there is nothing to see', () => {
    expect(scored(0, { record: { monthsSeen: 0 } }).level).toBe(2);
    expect(scored(100, { record: { monthsSeen: 0 } }).level).toBe(2);
    expect(scored(0, { record: { monthsSeen: 0 }, previous: 3 }).level).toBe(3);
  });
});

describe('the flag for people to look', () => {
  const change = (before: number, latest: number, category: Category = 'industrial') =>
    graded({ category, billsFen: [yuan(before), yuan(latest)] }).screened;

  it.each<[string, boolean, number, number]>([
    ['¥1,000 and 30 %', true, 3_333, 4_333],
    ['¥1,000 and just 30 %', true, 10_000, 13_000],
    ['¥999.99 and more than 30 %', false, 1_000, 1_999.99],
    ['¥1,000 and more than 30 %', true, 1_000, 2_000],
    ['a little less than 30 %', false, 10_000, 12_999.99],
    ['a fall of 30 %', true, 10_000, 7_000],
    ['the first bill after months of nothing', true, 0, 1_000],
  ])('for a change of %s is %s', (_rule, expected, before, latest) => {
    expect(change(before, latest)).toBe(expected);
  });

  it.each<[Category, boolean]>([
    ['industrial', true],
    ['commercial', true],
    ['agricultural', true],
    ['residential', false],
    ['government', false],
    ['school', false],
    ['dedicated_transformer', true],
  ])('for the same change of a %s customer is %s', (category, expected) => {
    expect(change(10_000, 20_000, category)).toBe(expected);
  });

  it('is always up for a dedicated transformer', () => {
    expect(graded({ category: 'dedicated_transformer', billsFen: [] }).screened).toBe(true);
  });

  it('needs two bills to compare', () => {
    expect(graded({ category: 'industrial', billsFen: [yuan(50_000)] }).screened).toBe(false);
  });
});

import fc from 'fast-check';
import { toFen } from '../../domain/fen';
import { grade, type GradeFacts } from '../../domain/grading';
import type { Category } from '../../domain/policy';
import { graded, gradingV1 as policy, yuan, type Given } from '../support/grades';

const pointsFor = (factor: string, given: Given, by = policy): number | undefined =>
  graded(given, by).reasons.find((reason) => reason.factor === factor)?.points;
const billed = (latest: number): Given => ({
  billsFen: [...Array.from({ length: 12 }, () => yuan(100)), yuan(latest)],
});

describe('points', () => {
  it.each<[string, Given, number]>([
    ...[0, 6, 12, 17, 21, 23, 23].map((points, months): [string, Given, number] => [
      'lateMonths',
      { record: { lateMonths: months } },
      points,
    ]),
    ...[
      [0, 0],
      [1, 2],
      [7, 2],
      [8, 4],
      [30, 4],
      [31, 7],
      [400, 7],
    ].map(([days = 0, points = 0]): [string, Given, number] => [
      'daysLate',
      { record: { longestLateDays: days } },
      points,
    ]),
    ...[0, 3, 5, 5].map((points, broken): [string, Given, number] => [
      'brokenPromises',
      { brokenPromises: broken },
      points,
    ]),
    ...[
      [50, 0],
      [129, 0],
      [130, 4],
      [199, 4],
      [200, 8],
      [299, 8],
      [300, 12],
    ].map(([latest = 0, points = 0]): [string, Given, number] => [
      'amountChange',
      billed(latest),
      points,
    ]),
    ...[
      [0, 0],
      [1, 3],
      [99, 3],
      [100, 6],
      [199, 6],
      [200, 8],
    ].map(([overdue = 0, points = 0]): [string, Given, number] => [
      'uncovered',
      { overdueFen: yuan(overdue) },
      points,
    ]),
  ])('for %s of %j are %i', (factor, given, points) => {
    expect(pointsFor(factor, given)).toBe(points);
  });

  it.each<[string, number]>([
    ['normal', 0],
    ['strained', 7],
    ['suspended', 11],
    ['closing', 14],
    ['insolvent', 15],
    ['theft', 15],
    ['a word nobody listed', 0],
  ])('for a business that is %s are %i', (businessCondition, points) => {
    expect(pointsFor('businessCondition', { businessCondition })).toBe(points);
  });

  it.each<[Category, number]>([
    ['residential', 2],
    ['commercial', 4],
    ['industrial', 5],
    ['agricultural', 3],
    ['dedicated_transformer', 7],
    ['government', 0],
    ['school', 0],
  ])('for the usage %s are %i', (category, points) => {
    expect(pointsFor('usage', { category })).toBe(points);
  });

  it('for an industry come from two tables, and for an area from what staff entered', () => {
    const industry = 'phasingOut';
    expect(pointsFor('industrialPolicy', { industry })).toBe(10);
    expect(pointsFor('industryProspect', { industry: 'collapsing' })).toBe(8);
    const byStaff = { ...policy, supplyArea: { default: 1, 'east-3': 5 } };
    expect(pointsFor('supplyArea', { supplyArea: 'east-3' }, byStaff)).toBe(5);
    expect(pointsFor('supplyArea', { supplyArea: 'west-1' }, byStaff)).toBe(1);
    expect(pointsFor('supplyArea', {}, byStaff)).toBe(1);
  });

  it.each(['constructor', '__proto__', 'toString'])('for a table key %s are the default', (key) => {
    expect(graded({ businessCondition: key, industry: key, supplyArea: key }).score).toBe(2);
  });

  it('count a debt only beyond the deposit', () => {
    expect(pointsFor('uncovered', { overdueFen: yuan(300), depositFen: yuan(300) })).toBe(0);
    expect(pointsFor('uncovered', { overdueFen: yuan(300), depositFen: yuan(299) })).toBe(3);
  });

  it('do not change for the first bill, which has no usual one to differ from', () => {
    expect(pointsFor('amountChange', { billsFen: [yuan(9_999)] })).toBe(0);
    expect(pointsFor('amountChange', { billsFen: [] })).toBe(0);
  });

  it('are given for every factor, with the reason in words', () => {
    expect(
      graded({ record: { lateMonths: 2 } }).reasons.map(({ factor, why }) => [factor, why]),
    ).toEqual([
      ['lateMonths', '2 late months of 12'],
      ['daysLate', 'longest 0 days late'],
      ['brokenPromises', '0 promises broken'],
      ['amountChange', 'latest bill 100 % of the usual'],
      ['uncovered', 'overdue beyond the deposit: 0 % of a usual bill'],
      ['businessCondition', 'not on file'],
      ['industrialPolicy', 'not on file'],
      ['industryProspect', 'not on file'],
      ['usage', 'residential'],
      ['supplyArea', 'not on file'],
    ]);
  });
});

describe('for any customer', () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000_000 }).map(toFen);
  const counts = fc.nat(40);
  const keys = (table: object) =>
    fc.option(fc.oneof(fc.constantFrom(...Object.keys(table)), fc.string()));
  const anyone: fc.Arbitrary<GradeFacts> = fc.record({
    category: fc.constantFrom(...(Object.keys(policy.usage) as Category[])),
    businessCondition: keys(policy.businessCondition),
    industry: keys({ ...policy.industrialPolicy, ...policy.industryProspect }),
    supplyArea: keys(policy.supplyArea),
    depositFen: amounts,
    record: fc.record({
      monthsSeen: fc.nat(12),
      lateMonths: fc.nat(12),
      daysLate: counts,
      longestLateDays: fc.nat(4_000),
      unpaidMonthsThisYear: fc.nat(12),
      cleanMonths: counts,
      priorYearDebtFen: amounts,
    }),
    receipts: fc.record({
      last: fc.constantFrom(null, 'inTime', 'afterDue', 'none'),
      missedMonths: fc.nat(12),
      missedInRow: fc.nat(12),
      inTimeInRow: fc.nat(12),
    }),
    billsFen: fc.array(amounts, { maxLength: 40 }),
    overdueFen: amounts,
    brokenPromises: counts,
    previous: fc.constantFrom(null, 1, 2, 3),
  });

  it('the reasons sum to the score, which is a whole number from 0 to 100', () => {
    fc.assert(
      fc.property(anyone, (facts) => {
        const { score, reasons, level } = grade(facts, policy);
        expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        expect([1, 2, 3]).toContain(level);
      }),
    );
  });

  it('the level never falls by more than one', () => {
    fc.assert(
      fc.property(anyone, (facts) => {
        const { level } = grade(facts, policy);
        if (facts.previous !== null) expect(level - facts.previous).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('the greatest points of all factors are the weights that the policy states', () => {
    const most = (scale: readonly (readonly [number, number])[]) =>
      Math.max(...scale.map(([, points]) => points));
    const top = (table: Readonly<Record<string, number>>) => Math.max(...Object.values(table));
    expect([
      most(policy.lateMonths) + most(policy.longestLateDays) + most(policy.brokenPromises),
      most(policy.changePercent) + most(policy.uncoveredPercent),
      top(policy.businessCondition),
      top(policy.industrialPolicy),
      top(policy.industryProspect),
      top(policy.usage),
    ]).toEqual([35, 20, 15, 10, 8, 7]);
  });
});

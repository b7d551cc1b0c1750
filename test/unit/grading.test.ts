import fc from 'fast-check';
import gradeV1 from '../../db/policies/tabei-grade-v1.json';
import { toFen } from '../../domain/fen';
import { grade, type Grade, type GradeFacts, type GradingPolicy } from '../../domain/grading';
import type { PaymentRecord } from '../../domain/payment-record';
import type { Category, Level } from '../../domain/policy';

const policy: GradingPolicy = { ...(gradeV1.body as unknown as GradingPolicy), id: gradeV1.id };

const yuan = (amount: number) => toFen(amount * 100);
const clean: PaymentRecord = {
  monthsSeen: 12,
  lateMonths: 0,
  daysLate: 0,
  longestLateDays: 0,
  unpaidMonthsThisYear: 0,
  cleanMonths: 12,
  priorYearDebtFen: toFen(0),
};
type Given = Partial<Omit<GradeFacts, 'record'>> & Readonly<{ record?: Partial<PaymentRecord> }>;

/** A resident with a year of bills of ¥100, all paid in time. */
const someone = ({ record, ...given }: Given = {}): GradeFacts => ({
  category: 'residential',
  businessCondition: null,
  industry: null,
  supplyArea: null,
  depositFen: toFen(0),
  record: { ...clean, ...record },
  billsFen: Array.from({ length: 12 }, () => yuan(100)),
  overdueFen: toFen(0),
  brokenPromises: 0,
  previous: null,
  ...given,
});
const graded = (given: Given, by = policy): Grade => grade(someone(given), by);
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
    expect(result.reasons.find(({ factor }) => factor === 'forced')?.why).toBe(why);
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

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { gradeFacts } from '../../domain/grade-facts';
import { grade, type Grade } from '../../domain/grading';
import { policyFaults } from '../../domain/policy-check';
import type { Level } from '../../domain/policy';
import type { Receipt } from '../../domain/receipts';
import { instantAt, toDate } from '../../domain/time';
import { sayReason } from '../../domain/words';
import { readBook } from '../../simulation/read-book';
import { graded, gradingV1, gradingV2, yuan, type Given } from '../support/grades';

const rowOf = (factor: string, { reasons }: Grade) =>
  reasons.find((reason) => reason.factor === factor);
const v2 = (given: Given) => graded(given, gradingV2);

const anyReceipts = fc.record({
  last: fc.constantFrom(null, 'inTime', 'afterDue', 'none'),
  missedMonths: fc.nat(12),
  missedInRow: fc.nat(12),
  inTimeInRow: fc.nat(12),
});

it('the first version looks at no receipts: they change nothing of it', () => {
  fc.assert(
    fc.property(
      anyReceipts,
      fc.nat(12),
      fc.constantFrom(1, 2, 3),
      (receipts, lateMonths, level) => {
        const given: Given = { record: { lateMonths }, previous: level };
        expect(graded({ ...given, receipts }, gradingV1)).toEqual(graded(given, gradingV1));
      },
    ),
  );
});

/** Of 360 customers at seven days, made by the code from before the second version. */
const BEFORE = 'be7a3f23b6d15769f7d9c0b53a05e7aea210c4afeb4a1773d0649b1beb69fad8';

it('the first version grades the sample book as it did before there was a second', async () => {
  const hash = createHash('sha256');
  const days = ['04-01', '05-01', '06-01', '07-01', '08-01', '09-01', '09-30'];
  for (const customer of (await readBook(join(__dirname, '..', '..', 'samples'))).customers) {
    let previous: Level | null = null;
    for (const day of days) {
      const at = instantAt(toDate(`2005-${day}`));
      const facts = {
        ...{ category: customer.category, promises: [] },
        bills: customer.bills
          .filter(({ issuedOn }) => issuedOn <= `2005-${day}`)
          .map((bill) => ({ ...bill, level: 2 as const, closedAs: null })),
        payments: customer.payments.filter(({ receivedAt }) => receivedAt <= at),
      };
      const found = grade(gradeFacts(facts, customer.onFile, previous, at), gradingV1);
      previous = found.level;
      hash.update(`${JSON.stringify(found)}\n`);
    }
  }
  expect(hash.digest('hex')).toBe(BEFORE);
});

it('the second version is without fault', () => {
  expect(policyFaults('grading', gradingV2)).toEqual([]);
});

it.each([
  [0, 0],
  [1, 2],
  [2, 5],
  [3, 8],
  [4, 10],
  [12, 10],
])('for %i missed months are %i points', (missedMonths, points) => {
  expect(rowOf('missedMonths', v2({ receipts: { missedMonths } }))?.points).toBe(points);
});

it.each<[Receipt | null, number, string, string]>([
  [null, 0, '最近一个到期月：尚无到期月（+0 分）', 'latest month due: none so far (+0)'],
  [
    ...(['inTime', 0] as const),
    ...([
      '最近一个到期月：到期前有缴费（+0 分）',
      'latest month due: paid something in time (+0)',
    ] as const),
  ],
  [
    ...(['none', 12] as const),
    ...(['最近一个到期月：没有缴费（+12 分）', 'latest month due: paid nothing (+12)'] as const),
  ],
  [
    ...(['afterDue', 24] as const),
    ...([
      '最近一个到期月：到期后才缴费（+24 分）',
      'latest month due: paid only after the due day (+24)',
    ] as const),
  ],
])(
  'a latest month of %s has %i points, with the reason in both languages',
  (last, points, zh, en) => {
    const row = rowOf('lastReceipt', v2({ receipts: { last } }));
    expect(row?.points).toBe(points);
    if (row === undefined) throw new Error('no row');
    expect([sayReason('zh-CN', row), sayReason('en', row)]).toEqual([zh, en]);
  },
);

it.each<[string, Given, Level, string | undefined]>([
  ['two months in a row', { receipts: { missedInRow: 2 } }, 3, undefined],
  [
    ...(['three', { receipts: { missedInRow: 3 } }, 1] as const),
    'nothing in time for 3 months in a row',
  ],
  ['five months unpaid', { record: { unpaidMonthsThisYear: 5 } }, 3, undefined],
  ['six', { record: { unpaidMonthsThisYear: 6 } }, 1, '6 months unpaid this year'],
])('level Ⅰ is forced or not by %s', (_rule, given, level, why) => {
  const found = v2(given);
  expect(found.level).toBe(level);
  expect(found.reasons.find(({ factor }) => factor.startsWith('forced'))?.why).toBe(why);
});

it.each<[string, number, number, Level]>([
  ['not after two months in a row with money in time', 0, 2, 1],
  ['after three', 0, 3, 2],
  ['and after three clean months as before', 3, 0, 2],
])('the level falls %s', (_rule, cleanMonths, inTimeInRow, level) => {
  expect(v2({ previous: 1, record: { cleanMonths }, receipts: { inTimeInRow } }).level).toBe(level);
});

it('who pays late, month by month, is Ⅰ; who pays old debt off in time is not', () => {
  const debt: Given = {
    record: { lateMonths: 5, longestLateDays: 130, unpaidMonthsThisYear: 5, cleanMonths: 0 },
    overdueFen: yuan(400),
  };
  const late = { last: 'afterDue', missedMonths: 3, missedInRow: 1, inTimeInRow: 0 } as const;
  expect(v2({ ...debt, receipts: late }).level).toBe(1);
  expect(v2(debt).level).toBe(3);
  expect(graded(debt).level).toBe(1);
});

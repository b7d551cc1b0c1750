import { toFen } from '../../domain/fen';
import { gradeFacts } from '../../domain/grade-facts';
import type { PromiseFact } from '../../domain/facts';
import { D, on, someBill, someFacts } from '../support/facts';

const onFile = { businessCondition: null, industry: null, supplyArea: null, depositFen: toFen(0) };
const seen = (given: Parameters<typeof someFacts>[0], day: number) =>
  gradeFacts(someFacts(given), onFile, null, on(day));

it.each([
  ['on the due date nothing', 0, 0],
  ['the day after all', 1, 10_000],
])('counts as overdue %s', (_rule, day, overdueFen) => {
  expect(seen({}, day)).toMatchObject({ overdueFen, record: { lateMonths: day > 0 ? 1 : 0 } });
});

it('counts as overdue what a part payment left', () => {
  const payments = [{ receivedAt: on(2), amountFen: toFen(4_000) }];
  expect(seen({ payments }, 5).overdueFen).toBe(6_000);
});

it('takes two bills of a month for one amount, and months in their order', () => {
  const bills = [
    someBill({ billNo: 'b', period: '2026-02', fen: 7_000 }),
    someBill({ billNo: 'c', period: '2026-02', fen: 500, issued: -10 }),
    someBill({ billNo: 'a', period: '2026-01', fen: 6_000, issued: -5 }),
    someBill({ billNo: 'credit', period: '2026-02', fen: -300 }),
  ];
  expect(seen({ bills }, 0).billsFen).toEqual([6_000, 7_500]);
});

it('counts only promises that were broken', () => {
  const promise = (id: string, kept: boolean | null): PromiseFact => ({
    id,
    madeAt: on(1),
    promisedOn: D,
    kept,
  });
  const promises = [promise('a', true), promise('b', false), promise('c', null)];
  expect(seen({ promises }, 5).brokenPromises).toBe(1);
});

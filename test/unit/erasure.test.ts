import { whyKept, type Loose } from '../../domain/erasure';
import { toFen } from '../../domain/fen';
import { plusDays, toDate } from '../../domain/time';
import { D, on, someFacts } from '../support/facts';

const YEARS_3 = 1096; // 2026-03-20 to 2029-03-20, with one 29 February
const loose = (given: Partial<Loose> = {}): Loose => ({
  openCycle: false,
  openTasks: 0,
  openDisputes: 0,
  openCase: false,
  lastOn: D,
  ...given,
});
const paid = someFacts({ payments: [{ receivedAt: on(0), amountFen: toFen(10_000) }] });

test('three years after the last that happened what is personal may go, and not a day before', () => {
  expect(plusDays(D, YEARS_3)).toBe(toDate('2029-03-20'));
  expect(whyKept(paid, loose(), on(YEARS_3 - 1))).toContain('until 2029-03-20');
  expect(whyKept(paid, loose(), on(YEARS_3))).toBeNull();
  expect(whyKept(paid, loose({ lastOn: null }), on(0))).toBeNull();
});

test.each<[string, Partial<Loose>]>([
  ['A month is still open.', { openCycle: true }],
  ['2 tasks are open.', { openTasks: 2 }],
  ['1 disputes are open.', { openDisputes: 1 }],
  ['A proposal of the prepaid device is open.', { openCase: true }],
])('%s then all of it stays', (sentence, given) => {
  expect(whyKept(paid, loose(given), on(YEARS_3))).toBe(sentence);
});

test('who owes or is owed is kept, however long ago', () => {
  const owes = someFacts({ payments: [{ receivedAt: on(0), amountFen: toFen(9_999) }] });
  expect(whyKept(owes, loose(), on(5_000))).toBe('Bill b1 is unpaid by ¥0.01.');
  const over = someFacts({ payments: [{ receivedAt: on(0), amountFen: toFen(10_001) }] });
  expect(whyKept(over, loose(), on(5_000))).toBe('The customer has a credit of ¥0.01.');
});

import { ladderTable } from '../../domain/policy-table';
import { policyV1 } from '../support/facts';

const table = (change: Partial<ReturnType<typeof policyV1>['ladders']> = {}) => {
  const { ladders } = policyV1();
  return ladderTable({ ladders: { ...ladders, ...change } });
};

test('the default policy reads as the table on its page does', () => {
  const rows = table().map(({ key, levels }) => [
    key,
    ...[levels[3], levels[2], levels[1]].map((cell) => cell?.text ?? '–'),
  ]);
  expect(rows).toEqual([
    ['bill-notice', 'issue: sms + email', 'issue: sms + email', 'issue: sms + email + call'],
    ['pre-due-1', 'D−3: sms', 'D−5: sms', 'D−7: sms'],
    ['pre-due-2', '–', 'D−2: sms', 'D−3: sms'],
    ['pre-due-3', '–', '–', 'D−1: sms'],
    ['overdue-1', 'D+1: sms + email', 'D+1: sms + email', 'D+1: sms + email'],
    ['overdue-2', 'D+7: sms + email', 'D+4: sms + email', '–'],
    ['call', '–', 'D+7: call', 'D+2: call'],
    [
      'demand',
      'D+15: sms + email + letter',
      'D+10: sms + email + letter',
      'D+5: sms + email + letter + visit',
    ],
    ['level-rise', 'D+15: one level up', 'D+15: one level up', '–'],
    ['review', 'D+30: review', 'D+20: review', 'D+10: review'],
  ]);
});

test('what may not be skipped is marked, and each step stands in one row', () => {
  const rows = table();
  expect(rows.filter(({ mandatory }) => mandatory).map(({ key }) => key)).toEqual([
    'bill-notice',
    'demand',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('a step that only one level has stands behind the one it follows there, the first one at the top', () => {
  const { ladders } = policyV1();
  const [first] = ladders[1];
  if (first === undefined) throw new Error('the ladder is empty');
  const call = { ...first, key: 'welcome', day: 2 };
  expect(table({ 1: [call, ...ladders[1]] })[0]?.key).toBe('welcome');
  expect(table({ 1: [...ladders[1], call] }).at(-1)?.key).toBe('welcome');
});

import { KINDS, type Happened } from '../../domain/happened';
import type { Plan } from '../../domain/plan';
import { STAGES } from '../../domain/standing';
import { toDate, toInstant } from '../../domain/time';
import { LANGUAGES, sayHappened, sayPlan, sayStanding } from '../../domain/words';
import { en } from '../../domain/words/en';
import { zhCN } from '../../domain/words/zh-cn';

const at = toInstant('2026-07-21T01:00:00.000Z');
const line = (kind: Happened['kind'], params: Record<string, unknown>): string[] =>
  LANGUAGES.map((language) => sayHappened(language, { at, kind, params }));
const placeholders = (text: string): string[] => (text.match(/\{[^}]+\}/g) ?? []).sort();

test('every kind of thing that happens has a sentence, with the same parameters in both languages', () => {
  expect(Object.keys(zhCN.happened).sort()).toEqual([...KINDS].sort());
  for (const kind of KINDS)
    expect([kind, placeholders(en.happened[kind])]).toEqual([
      kind,
      placeholders(zhCN.happened[kind]),
    ]);
});

test('every table has the same codes in both languages', () => {
  const codes = (texts: object): string[] =>
    Object.entries(texts).flatMap(([name, table]) =>
      Object.keys(table as object).map((code) => `${name}.${code}`),
    );
  expect(codes(en).sort()).toEqual(codes(zhCN).sort());
});

test('every stage of a month has a name', () => {
  expect(Object.keys(zhCN.steps)).toEqual(expect.arrayContaining([...STAGES]));
});

test('a message that was taken and delivered', () => {
  const params = {
    purpose: 'reminder',
    channel: 'sms',
    status: 'accepted',
    receipt: 'delivered',
    owedFen: 123456,
  };
  expect(line('message', params)).toEqual([
    '缴费提醒，短信：已发出，已送达，欠费 ¥1,234.56',
    'reminder by SMS: sent, delivered, owed ¥1,234.56',
  ]);
});

test('a step that was not taken says why, each reason once named', () => {
  const params = {
    step: 'overdueReminder',
    status: 'deferred',
    because: ['holiday', 'weekCap'],
    billNo: 'B1',
  };
  expect(line('stepNotTaken', params)).toEqual([
    '逾期提醒未执行：推迟，法定节假日、一周内已达上限（B1）',
    'overdue reminder not taken: put off, statutory holiday, had as many messages as a week allows (B1)',
  ]);
});

test('a hold without an end and one with', () => {
  const params = { scope: 'customer', by: 'chen', reason: '水灾', until: null };
  expect(line('held', params)[0]).toBe('暂停催收（客户），直至另行通知，chen：水灾');
  expect(line('held', { ...params, until: at })[1]).toBe(
    'held (customer) until Jul 21, 2026, 9:00 AM, by chen: 水灾',
  );
});

test('a code that a later version wrote stands as it is', () => {
  expect(line('taskDone', { task: 'drone', outcome: 'landed', by: 'li', note: '' })[1]).toBe(
    'task done: drone, landed, by li',
  );
});

const contact: Plan = {
  do: 'contact',
  at,
  stepKey: 'overdue-1',
  kind: 'overdueReminder',
  billNos: ['B1'],
  merged: [],
  expired: [],
  channels: ['sms', 'email'],
  tasks: ['call'],
  plannedAt: at,
  because: [],
};

test.each([
  [
    { owedFen: 0, penaltyFen: 0, oldestDueOn: null, plan: null },
    '没有欠费。本月没有进行中的催收。',
  ],
  [
    { owedFen: 12_300, penaltyFen: 45, oldestDueOn: toDate('2026-07-20'), plan: contact },
    '欠费 ¥123.00，违约金 ¥0.45，最早一笔已逾期 1 天。下一步：2026年7月21日 09:00，逾期提醒（短信、邮件、电话）。',
  ],
  [
    {
      owedFen: 12_300,
      penaltyFen: 0,
      oldestDueOn: toDate('2026-07-21'),
      plan: { do: 'wait', at: null, why: 'held' } as const,
    },
    '欠费 ¥123.00，尚未到期。在情况变化前无后续步骤：暂停催收中。',
  ],
])('where a customer stands', (standing, sentence) => {
  expect(sayStanding('zh-CN', { ...standing, asOf: at })).toBe(sentence);
});

test('a plan without time is a phrase', () => {
  expect(sayPlan('en', contact)).toBe('overdue reminder (SMS, e-mail, call)');
  expect(sayPlan('en', { do: 'close', at, outcome: 'paid' })).toBe('the month ends: paid');
});

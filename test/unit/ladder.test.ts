import type { Facts } from '../../domain/facts';
import { toFen } from '../../domain/fen';
import { nextStep } from '../../domain/ladder';
import type { Level } from '../../domain/policy';
import { instantOf, epochMs } from '../../domain/time';
import { on, pays, rulesV1, someBill, someFacts } from '../support/facts';
import { contacts, diary, fold } from '../support/fold';

const month = { from: on(-18, 0), to: on(60) };
const facts = (level: Level, given: Partial<Facts> = {}) => someFacts({ level, ...given });

describe('whoever never pays', () => {
  it('climbs the ladder of Ⅲ', () => {
    const run = fold(facts(3), month);
    expect(diary(run)).toEqual([
      'D-18 bill-notice',
      'D-3 pre-due-1',
      'D+1 overdue-1',
      'D+7 overdue-2',
      'D+15 demand',
      'D+15 level-rise',
      'D+30 review',
    ]);
    expect(run.last).toEqual({ do: 'wait', at: null, why: 'ladderEnded' });
    expect(run.facts.level).toBe(2);
  });

  it('climbs the ladder of Ⅱ', () => {
    const run = fold(facts(2), month);
    expect(diary(run)).toEqual([
      'D-18 bill-notice',
      'D-5 pre-due-1',
      'D-2 pre-due-2',
      'D+1 overdue-1',
      'D+4 overdue-2',
      'D+7 call',
      'D+10 demand',
      'D+15 level-rise',
      'D+15 proposeDevice',
      'D+20 review',
    ]);
    expect(run.facts.level).toBe(1);
  });

  it('climbs the ladder of Ⅰ, and is asked about the prepaid device at once', () => {
    const run = fold(facts(1), month);
    expect(diary(run)).toEqual([
      'D-18 bill-notice',
      'D-18 proposeDevice',
      'D-7 pre-due-1',
      'D-3 pre-due-2',
      'D-1 pre-due-3',
      'D+1 overdue-1',
      'D+2 call',
      'D+5 demand',
      'D+10 review',
    ]);
    expect(run.facts.level).toBe(1);
  });

  it.each<[Level, string, string[], string[]]>([
    [3, 'bill-notice', ['sms', 'email'], []],
    [3, 'pre-due-1', ['sms'], []],
    [3, 'overdue-2', ['sms', 'email'], []],
    [3, 'demand', ['sms', 'email'], ['letter']],
    [3, 'review', [], ['review']],
    [2, 'call', [], ['call']],
    [2, 'demand', ['sms', 'email'], ['letter']],
    [1, 'bill-notice', ['sms', 'email'], ['call']],
    [1, 'demand', ['sms', 'email'], ['letter', 'visit']],
  ])('at level %s, %s goes by %j with tasks %j', (level, stepKey, channels, tasks) => {
    const found = contacts(fold(facts(level), month)).find((step) => step.stepKey === stepKey);
    expect(found).toMatchObject({ channels, tasks, merged: [], expired: [], because: [] });
  });
});

describe('three rows for each day of the ladder', () => {
  const ladder: [Level, string, number][] = [
    [3, 'pre-due-1', -3],
    [3, 'overdue-1', 1],
    [3, 'overdue-2', 7],
    [3, 'demand', 15],
    [3, 'review', 30],
    [2, 'pre-due-1', -5],
    [2, 'pre-due-2', -2],
    [2, 'overdue-2', 4],
    [2, 'call', 7],
    [2, 'demand', 10],
    [2, 'review', 20],
    [1, 'pre-due-1', -7],
    [1, 'call', 2],
    [1, 'demand', 5],
    [1, 'review', 10],
  ];

  it.each(ladder)('at level %s, %s comes on its day', (level, stepKey, day) => {
    const before = fold(facts(level), { from: on(-18, 0), to: on(day, 539) }).facts;
    const settled = { ...before, device: { ...before.device, caseOpen: true } };
    const plan = (at: number) => nextStep(settled, rulesV1(), on(at));
    expect(plan(day - 1)).toMatchObject({
      do: 'contact',
      stepKey,
      at: on(day),
      plannedAt: on(day),
    });
    expect(plan(day)).toMatchObject({ do: 'contact', stepKey, at: on(day), because: [] });
    expect(plan(day + 1)).toMatchObject({ do: 'contact', at: on(day + 1) });
  });

  it.each([
    ['the last millisecond before 09:00 waits', -1, false],
    ['09:00 goes', 0, true],
    ['the first millisecond after 09:00 goes', 1, true],
  ])('%s', (_rule, ms, due) => {
    const before = fold(facts(3), { from: on(-18, 0), to: on(1, 539) }).facts;
    const asOf = instantOf(epochMs(on(1)) + ms);
    const plan = nextStep(before, rulesV1(), asOf);
    expect(plan.at !== null && plan.at <= asOf).toBe(due);
  });
});

describe('who pays', () => {
  it('before the due date gets the bill notice and nothing else', () => {
    const run = fold(facts(3), { ...month, events: [pays(on(-10), 10_000)] });
    expect(diary(run)).toEqual(['D-18 bill-notice', 'D-10 close paid']);
  });

  it('before the first message gets none', () => {
    const run = fold(facts(3), { ...month, events: [pays(on(-18, 0), 10_000)] });
    expect(diary(run)).toEqual(['D-18 00:00 close paid']);
  });

  it('late, is left alone from that instant', () => {
    const run = fold(facts(3), { ...month, events: [pays(on(7, 8 * 60), 10_000)] });
    expect(diary(run).slice(-2)).toEqual(['D+1 overdue-1', 'D+7 08:00 close paid']);
  });

  it('all but a fen is still asked for the fen', () => {
    const run = fold(facts(3), { ...month, events: [pays(on(-10), 9_999)] });
    expect(diary(run)).toContain('D+1 overdue-1');
  });

  it('a part stays where the oldest unpaid bill puts it', () => {
    const whole = fold(facts(3), month);
    const part = fold(facts(3), { ...month, events: [pays(on(3), 4_000), pays(on(16), 4_000)] });
    expect(diary(part)).toEqual(diary(whole));
  });

  it('the older of two bills is where the younger one is', () => {
    const bills = [someBill({ billNo: 'old', issued: -48, due: -30 }), someBill({ billNo: 'new' })];
    const run = fold(facts(3, { bills }), {
      from: on(-48, 0),
      to: on(60),
      events: [pays(on(-10), 10_000)],
    });
    const after = contacts(run).filter(({ takenAt }) => takenAt > on(-10));
    expect(after.map(({ stepKey }) => stepKey)).toEqual([
      'pre-due-1',
      'overdue-1',
      'overdue-2',
      'demand',
      'review',
    ]);
    expect(after.every(({ billNos }) => billNos.join() === 'new')).toBe(true);
  });

  it('too much has the rest netted with the next bill before anybody asks for it', () => {
    const bills = [someBill(), someBill({ billNo: 'b2', issued: 12, due: 30, fen: 5_000 })];
    const paid = facts(3, { bills, payments: [{ receivedAt: on(-10), amountFen: toFen(15_000) }] });
    expect(nextStep(paid, rulesV1(), on(12))).toEqual({ do: 'close', at: on(12), outcome: 'paid' });
  });

  it('has a credit bill netted', () => {
    const bills = [someBill(), someBill({ billNo: 'credit', fen: -10_000 })];
    expect(diary(fold(facts(3, { bills }), month))).toEqual(['D-18 00:00 close paid']);
  });
});

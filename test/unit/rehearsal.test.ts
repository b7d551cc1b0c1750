import { toInstant } from '../../domain/time';
import { compareLines } from '../../simulation/rehearsal/compare';
import { linesOf, type Line } from '../../simulation/rehearsal/lines';
import { sliceOf } from '../../simulation/rehearsal/slice';
import { exactClock } from '../../worker/exact-clock';

const NINE = toInstant('2005-07-20T09:00:00+08:00');
const line = (what: string, at = NINE): Line => ({ customerNo: 'C1', at, what });

describe('held against each other', () => {
  it('the same things in another order are the same', () => {
    const compared = compareLines(
      [line('a'), line('b'), line('b')],
      [line('b'), line('a'), line('b')],
    );
    expect(compared).toEqual({ same: 3, differences: [] });
  });

  it('what happened once more, or a millisecond later, is a difference', () => {
    const later = toInstant('2005-07-20T09:00:00.001+08:00');
    expect(compareLines([line('a'), line('b')], [line('a'), line('a'), line('b', later)])).toEqual({
      same: 1,
      differences: [
        { ...line('a'), only: 'engine' },
        { ...line('b'), only: 'simulation' },
        { ...line('b', later), only: 'engine' },
      ],
    });
  });
});

it('a step is told bill by bill, channel by channel and task by task', () => {
  const rung = (stepKey: string) => ({ billNo: 'B2', stepKey, kind: 'preDueReminder' as const });
  const of = { customerNo: 'C1', period: '2005-07' as never, at: NINE };
  const lines = linesOf({
    customerNo: 'C1',
    steps: [
      {
        ...{
          ...of,
          stepKey: 'demand',
          kind: 'demand',
          billNos: ['B1'],
          because: ['weekCap', 'dayCap'],
        },
        ...{ merged: [rung('pre-due-1')], expired: [rung('pre-due-2')] },
        ...{ channels: ['sms', 'email'], tasks: ['letter'] },
      },
      {
        ...{ ...of, stepKey: 'demand/letter/B1', kind: 'taskEscalated', billNos: [], because: [] },
        ...{ merged: [], expired: [], channels: [], tasks: [] },
      },
    ],
    cycles: [
      {
        ...{ customerNo: 'C1', period: '2005-07' as never, level: 2, score: 40, openedAt: NINE },
        ...{ closedAt: NINE, outcome: 'paid' },
      },
    ],
    levels: [],
    payments: [],
  });
  expect(lines.map(({ what }) => what)).toEqual([
    'step B1 demand done after dayCap weekCap',
    'step B2 pre-due-1 merged into demand',
    'step B2 pre-due-2 expired',
    'message demand sms',
    'message demand email',
    'task demand/letter/B1 given',
    'task demand/letter/B1 escalated',
    'month 2005-07 opened at level 2',
    'month 2005-07 paid',
  ]);
});

describe('a slice', () => {
  const book = Array.from({ length: 1_000 }, (_, n) => `C${String(n).padStart(5, '0')}`);

  it('is the same whatever the order of the book, and a larger one holds it', () => {
    const small = sliceOf(book, 50);
    expect(sliceOf([...book].reverse(), 50)).toEqual(small);
    expect(sliceOf(book, 200)).toEqual(expect.arrayContaining(small));
  });

  it('is spread over the book', () => {
    const firstHalf = sliceOf(book, 200).filter((customerNo) => customerNo < 'C00500').length;
    expect(firstHalf).toBeGreaterThan(70);
    expect(firstHalf).toBeLessThan(130);
  });
});

describe('the clock of a rehearsal', () => {
  const after = (ms: number) => new Date(Date.parse(NINE) + ms).toISOString() as typeof NINE;

  it('takes out up to five minutes after an instant that was meant, and no more', () => {
    const clock = exactClock();
    clock.meant('C1', NINE);
    expect(clock.exact('C1', NINE)).toBe(NINE);
    expect(clock.exact('C1', after(300_000))).toBe(NINE);
    expect(clock.exact('C1', after(300_001))).toBe(after(300_001));
  });

  it('knows the latest of several, nothing of what is to come, and nothing of other customers', () => {
    const clock = exactClock();
    for (const at of [after(2_000), NINE, after(90_000)]) clock.meant('C1', at);
    expect(clock.exact('C1', after(3_000))).toBe(after(2_000));
    expect(clock.exact('C1', after(-1))).toBe(after(-1));
    expect(clock.exact('C2', after(3_000))).toBe(after(3_000));
  });
});

import gradePolicy from '../../db/policies/tabei-grade-v1.json';
import ladderPolicy from '../../db/policies/tabei-v1.json';
import { policyFaults, type GradingBody, type LadderBody } from '../../domain/policy-check';

const ladderV1 = ladderPolicy.body as unknown as LadderBody;
const gradingV1 = gradePolicy.body as unknown as GradingBody;
type Open<T> = { -readonly [K in keyof T]: Open<T[K]> };
const ladder = (change: (body: Open<LadderBody>) => void): string[] => {
  const body = structuredClone(ladderV1) as unknown as Open<LadderBody>;
  change(body);
  return policyFaults('ladder', body as unknown as LadderBody).map(
    ({ path, message }) => `${path}: ${message}`,
  );
};
const grading = (given: Partial<GradingBody>): string[] =>
  policyFaults('grading', { ...gradingV1, ...given }).map(({ path }) => path);
type Step = Open<LadderBody['ladders'][1][number]>;
const step = (body: Open<LadderBody>, level: 1 | 2 | 3, key: string): Step => {
  const found = (body.ladders[level] as Step[]).find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};
/** Changes one step of level Ⅲ. */
const with3 = (key: string, given: Partial<Step>) =>
  ladder((body) => Object.assign(step(body, 3, key), given));

it('what is shipped has no fault', () => {
  expect(policyFaults('ladder', ladderV1)).toEqual([]);
  expect(policyFaults('grading', gradingV1)).toEqual([]);
});

describe('a ladder', () => {
  it('begins with a bill notice, and has one', () => {
    expect(ladder((body) => (body.ladders[3] as Step[]).shift())).toEqual([
      'ladders.3: begins with the bill notice',
      'ladders.3: has one bill notice',
    ]);
  });

  it('has a formal demand', () => {
    const without = ladder((body) => {
      body.ladders[2] = (body.ladders[2] as Step[]).filter(({ kind }) => kind !== 'demand');
    });
    expect(without).toEqual(['ladders.2: has one formal demand']);
  });

  it.each<[string, string, Partial<Step>, string[]]>([
    [
      'lets no notice be skipped',
      'demand',
      { mandatory: false },
      ['ladders.3[4] (demand).mandatory: a notice is never skipped'],
    ],
    [
      'sends no reminder on a holiday',
      'overdue-1',
      { statutory: true },
      ['ladders.3[2] (overdue-1).statutory: only a demand may go out on a holiday'],
    ],
    [
      'reminds before the due date by a reminder for that',
      'pre-due-1',
      { day: 0 },
      ['ladders.3[1] (pre-due-1).day: counts from the due date, before it'],
    ],
    [
      'demands nothing on the due date',
      'demand',
      { anchor: 'issue', day: 20 },
      ['ladders.3[4] (demand).day: counts from the due date, after it'],
    ],
    [
      'writes to nobody without a channel',
      'overdue-2',
      { channels: [] },
      ['ladders.3[3] (overdue-2).channels: a message has a channel'],
    ],
    [
      'writes nothing in a review',
      'review',
      { channels: ['sms'] },
      ['ladders.3[6] (review).channels: this step is no message'],
    ],
    [
      'has somebody do the review',
      'review',
      { tasks: [] },
      ['ladders.3[6] (review).tasks: includes the review'],
    ],
    [
      'has its steps in the order of their days',
      'overdue-2',
      { day: 16 },
      ['ladders.3 (demand): comes after overdue-2, but 1 days earlier'],
    ],
  ])('%s', (_rule, key, given, faults) => {
    expect(with3(key, given)).toEqual(faults);
  });

  it.each([
    [2, ['overdue-2']],
    [1, []],
  ])('with a shortest gap of %i days has no two steps nearer than that', (gap, nearer) => {
    const faults = ladder((body) => {
      step(body, 3, 'overdue-2').day = 2;
      body.shortestGapDays = gap;
    });
    const ofLevel3 = faults.filter((fault) => fault.startsWith('ladders.3'));
    expect(ofLevel3).toEqual(
      nearer.map(
        (key) => `ladders.3 (${key}): nearer to overdue-1 than the shortest gap of ${gap} days`,
      ),
    );
  });

  it('names the same rung by the same key on every level', () => {
    const faults = ladder((body) => {
      step(body, 2, 'call').key = 'overdue-3';
      step(body, 1, 'call').kind = 'visitTask';
      step(body, 1, 'call').tasks = ['visit'];
      step(body, 2, 'overdue-2').key = 'call';
    });
    expect(faults).toEqual(['ladders.2 (call): is a visitTask on another level']);
  });

  it('has nothing rise above Ⅰ, and no key twice', () => {
    const faults = ladder((body) => {
      const rise = { ...step(body, 2, 'level-rise') };
      (body.ladders[1] as Step[]).push(rise, rise);
    });
    expect(faults).toEqual([
      'ladders.1: two steps have the same key',
      'ladders.1: nothing rises above Ⅰ',
    ]);
  });
});

describe('a policy charges no more than the law allows', () => {
  it.each([
    ['resident', 'sameYearPpm', 1_000],
    ['resident', 'priorYearPpm', 1_000],
    ['other', 'sameYearPpm', 2_000],
    ['other', 'priorYearPpm', 3_000],
  ] as const)('%s %s: at most %i', (who, rate, most) => {
    const at = (ppm: number) => ladder((body) => (body.penalty[who][rate] = ppm));
    expect([at(most - 1), at(most)]).toEqual([[], []]);
    expect(at(most + 1)).toEqual([`penalty.${who}.${rate}: at most ${most}`]);
  });

  it('as its least penalty at most ¥1', () => {
    const least = (fen: number) =>
      ladder((body) => Object.assign(body.penalty, { minimumFen: fen }));
    expect([least(100), least(101)]).toEqual([[], ['penalty.minimumFen: at most 100']]);
  });
});

it.each<[string, (body: Open<LadderBody>) => unknown, string]>([
  ['a window that is none', ({ limits }) => (limits.windowToMinute = 540), 'limits.windowToMinute'],
  ['no message a day', ({ limits }) => (limits.messagesPerDay = 0), 'limits.messagesPerWeek'],
  [
    'fewer a week than a day',
    ({ limits }) => (limits.messagesPerDay = 4),
    'limits.messagesPerWeek',
  ],
  ['no gap', (body) => (body.shortestGapDays = 0), 'shortestGapDays'],
  ['no time after the notice', (body) => (body.afterBillNoticeDays = 0), 'afterBillNoticeDays'],
])('%s is a fault', (_rule, change, path) => {
  expect(ladder(change)).toEqual([expect.stringMatching(`^${path}: `)]);
});

describe('a grading', () => {
  it.each<[string, Partial<GradingBody>, string[]]>([
    ['adds up to a hundred at most', { supplyArea: { default: 6 } }, ['points']],
    ['that adds up to a hundred is fine', { supplyArea: { default: 5 } }, []],
    ['has scales that begin at nothing', { lateMonths: [[1, 6]] }, ['lateMonths']],
    [
      'has scales that rise',
      {
        brokenPromises: [
          [0, 0],
          [2, 1],
          [1, 2],
        ],
      },
      ['brokenPromises'],
    ],
    [
      'gives no fewer points for more',
      {
        brokenPromises: [
          [0, 3],
          [1, 2],
        ],
      },
      ['brokenPromises'],
    ],
    ['needs more points for Ⅰ than for Ⅱ', { levelFrom: { 1: 35, 2: 35 } }, ['levelFrom']],
    ['leaves somebody at Ⅲ', { levelFrom: { 1: 60, 2: 0 } }, ['levelFrom']],
    ['lets Ⅰ be reached', { levelFrom: { 1: 96, 2: 35 } }, ['levelFrom.1']],
  ])('%s', (_rule, given, paths) => {
    expect(grading(given)).toEqual(paths);
  });
});

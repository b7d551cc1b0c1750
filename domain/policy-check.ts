import type { GradingPolicy } from './grading';
import { statutoryPenalty, type PenaltyRate, type PenaltyRules } from './penalty';
import type { LadderPolicy, LadderStep, Level, Limits, StepKind, TaskKind } from './policy';
import { levelLabel } from './policy';
import type { ReceiptPoints } from './receipt-points';
import type { Scale, Table } from './scale';

export type PolicyKind = 'ladder' | 'grading';
export type LadderBody = Omit<LadderPolicy, 'id'>;
export type GradingBody = Omit<GradingPolicy, 'id'>;
export type PolicyBody = LadderBody | GradingBody;

/** Something in a policy that cannot stand, and where. */
export type Fault = Readonly<{ path: string; message: string }>;

/**
 * What a well-formed policy must keep besides its shape: the laws of the ladder, and the bounds of the law. Every fault is named. Pure.
 * Source: docs/policy.md, "What a policy must keep".
 */
export const policyFaults = (kind: PolicyKind, body: PolicyBody): Fault[] =>
  kind === 'ladder' ? ladderFaults(body as LadderBody) : gradingFaults(body as GradingBody);

/** The same in one sentence that refuses the policy; null when nothing is wrong with it. */
export function policyRefusal(kind: PolicyKind, body: PolicyBody): string | null {
  const faults = policyFaults(kind, body).map(({ path, message }) => `${path}: ${message}`);
  return faults.length === 0 ? null : `The policy cannot be taken. ${faults.join('. ')}.`;
}

type Check = readonly [holds: boolean, path: string, message: string];
const broken = (checks: readonly Check[]): Fault[] =>
  checks.flatMap(([holds, path, message]) => (holds ? [] : [{ path, message }]));

function ladderFaults(policy: LadderBody): Fault[] {
  const levels = [1, 2, 3] as const;
  return [
    ...levels.flatMap((level) => ladderOf(level, policy)),
    ...sameRungs(policy),
    ...limitFaults(policy.limits),
    ...penaltyFaults(policy.penalty),
    ...broken([
      [policy.shortestGapDays >= 1, 'shortestGapDays', 'at least a day between two steps'],
      [policy.afterBillNoticeDays >= 1, 'afterBillNoticeDays', 'at least a day after the notice'],
    ]),
  ];
}

function ladderOf(level: Level, { ladders, shortestGapDays }: LadderBody): Fault[] {
  const ladder = ladders[level];
  const path = `ladders.${level}`;
  const count = (kind: StepKind): number => ladder.filter((step) => step.kind === kind).length;
  const keys = ladder.map(({ key }) => key);
  return [
    ...broken([
      [new Set(keys).size === keys.length, path, 'two steps have the same key'],
      [ladder[0]?.kind === 'billNotice', path, 'begins with the bill notice'],
      [count('billNotice') === 1, path, 'has one bill notice'],
      [count('demand') === 1, path, 'has one formal demand'],
      [level !== 1 || count('levelRise') === 0, path, `nothing rises above ${levelLabel[1]}`],
    ]),
    ...ladder.flatMap((step, index) => stepFaults(step, `${path}[${index}] (${step.key})`)),
    ...orderFaults(ladder, path, shortestGapDays),
  ];
}

const ANCHORS: Readonly<Record<StepKind, readonly [LadderStep['anchor'], 'before' | 'after']>> = {
  billNotice: ['issue', 'after'],
  preDueReminder: ['due', 'before'],
  overdueReminder: ['due', 'after'],
  demand: ['due', 'after'],
  callTask: ['due', 'after'],
  visitTask: ['due', 'after'],
  review: ['due', 'after'],
  levelRise: ['due', 'after'],
};
const MESSAGES: readonly StepKind[] = ['billNotice', 'preDueReminder', 'overdueReminder', 'demand'];
const OWN_TASK: Partial<Record<StepKind, TaskKind>> = {
  callTask: 'call',
  visitTask: 'visit',
  review: 'review',
};

function stepFaults(step: LadderStep, path: string): Fault[] {
  const { kind, channels, tasks, mandatory, statutory } = step;
  const notice = kind === 'billNotice' || kind === 'demand';
  const isMessage = MESSAGES.includes(kind);
  const own = OWN_TASK[kind];
  return broken([
    dayCheck(step, path),
    [!notice || mandatory, `${path}.mandatory`, 'a notice is never skipped'],
    [!statutory || kind === 'demand', `${path}.statutory`, 'only a demand may go out on a holiday'],
    [
      channels.length > 0 === isMessage,
      `${path}.channels`,
      isMessage ? 'a message has a channel' : 'this step is no message',
    ],
    [new Set(channels).size === channels.length, `${path}.channels`, 'names a channel twice'],
    [new Set(tasks).size === tasks.length, `${path}.tasks`, 'names a task twice'],
    [own === undefined || tasks.includes(own), `${path}.tasks`, `includes the ${own ?? ''}`],
    [kind !== 'levelRise' || tasks.length === 0, `${path}.tasks`, 'a level rise is no task'],
  ]);
}

function dayCheck({ kind, anchor, day }: LadderStep, path: string): Check {
  const [from, side] = ANCHORS[kind];
  const isThere = side === 'before' ? day < 0 : from === 'issue' ? day >= 0 : day > 0;
  return [anchor === from && isThere, `${path}.day`, dayRule(from, side)];
}

function dayRule(anchor: LadderStep['anchor'], side: 'before' | 'after'): string {
  if (anchor === 'issue') return 'counts from the day of issue, not before it';
  return side === 'before'
    ? 'counts from the due date, before it'
    : 'counts from the due date, after it';
}

/** Steps stand in the order in which they come, each far enough from the one before; a level rise is no step. */
function orderFaults(ladder: readonly LadderStep[], path: string, gapDays: number): Fault[] {
  const steps = ladder.filter(({ kind }) => kind !== 'levelRise');
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    if (before?.anchor !== step.anchor) return [];
    const gap = step.day - before.day;
    return broken([
      [gap >= 0, `${path} (${step.key})`, `comes after ${before.key}, but ${-gap} days earlier`],
      [
        gap < 0 || gap >= gapDays,
        `${path} (${step.key})`,
        `nearer to ${before.key} than the shortest gap of ${gapDays} days`,
      ],
    ]);
  });
}

/** A key names the same rung on every ladder: else who changes level would repeat a step, or miss one. */
function sameRungs({ ladders }: LadderBody): Fault[] {
  const kinds = new Map<string, StepKind>();
  return [1, 2, 3].flatMap((level) =>
    ladders[level as Level].flatMap(({ key, kind }) => {
      const known = kinds.get(key) ?? kind;
      kinds.set(key, known);
      return known === kind
        ? []
        : [{ path: `ladders.${level} (${key})`, message: `is a ${known} on another level` }];
    }),
  );
}

const limitFaults = (limits: Limits): Fault[] =>
  broken([
    [
      limits.windowFromMinute < limits.windowToMinute && limits.windowToMinute <= 1_440,
      'limits.windowToMinute',
      'after windowFromMinute, and in the same day',
    ],
    [
      limits.messagesPerDay >= 1 && limits.messagesPerWeek >= limits.messagesPerDay,
      'limits.messagesPerWeek',
      'at least messagesPerDay, and that at least 1',
    ],
  ]);

/** Less than the law allows may be charged, more may not. Source: 供电营业规则 1996 art. 98; 电力法 art. 44. */
function penaltyFaults({ resident, other, minimumFen, capPpm }: PenaltyRules): Fault[] {
  const rate = (path: string, wanted: PenaltyRate, most: PenaltyRate): Check[] => [
    [wanted.sameYearPpm <= most.sameYearPpm, `${path}.sameYearPpm`, `at most ${most.sameYearPpm}`],
    [
      wanted.priorYearPpm <= most.priorYearPpm,
      `${path}.priorYearPpm`,
      `at most ${most.priorYearPpm}`,
    ],
  ];
  const most = statutoryPenalty.minimumFen;
  return broken([
    ...rate('penalty.resident', resident, statutoryPenalty.resident),
    ...rate('penalty.other', other, statutoryPenalty.other),
    [minimumFen <= most, 'penalty.minimumFen', `at most ${most}`],
    [capPpm === null || capPpm >= 0, 'penalty.capPpm', 'not below 0'],
  ]);
}

const SCALES = [
  'lateMonths',
  'longestLateDays',
  'brokenPromises',
  'changePercent',
  'uncoveredPercent',
] as const;
const TABLES = ['businessCondition', 'industrialPolicy', 'industryProspect', 'supplyArea'] as const;
const POINTS_MAX = 100;

function gradingFaults(policy: GradingBody): Fault[] {
  const most = (scale: Scale): number => Math.max(0, ...scale.map(([, points]) => points));
  const highest = (table: Table | GradingBody['usage']): number =>
    Math.max(...Object.values(table));
  const { levelFrom, receipts } = policy;
  const ofReceipts =
    receipts === undefined
      ? 0
      : most(receipts.missedMonths) + Math.max(...Object.values(receipts.last));
  const total =
    ofReceipts +
    SCALES.reduce((sum, name) => sum + most(policy[name]), 0) +
    TABLES.reduce((sum, name) => sum + highest(policy[name]), highest(policy.usage));
  return [
    ...SCALES.flatMap((name) =>
      broken([[isRising(policy[name]), name, 'begins at 0, and both of a row rise']]),
    ),
    ...(receipts === undefined ? [] : receiptFaults(receipts)),
    ...broken([
      [
        levelFrom[1] > levelFrom[2] && levelFrom[2] > 0,
        'levelFrom',
        'Ⅰ from more points than Ⅱ, Ⅱ from more than 0',
      ],
      [levelFrom[1] <= total, 'levelFrom.1', `nobody can have more than ${total} points`],
      [total <= POINTS_MAX, 'points', `add up to ${total}; at most ${POINTS_MAX}`],
    ]),
  ];
}

const receiptFaults = ({ missedMonths, last }: ReceiptPoints): Fault[] =>
  broken([
    [isRising(missedMonths), 'receipts.missedMonths', 'begins at 0, and both of a row rise'],
    [
      last.inTime <= Math.min(last.afterDue, last.none),
      'receipts.last.inTime',
      'no more points than for what came late or not at all',
    ],
  ]);

const isRising = (scale: Scale): boolean =>
  scale[0]?.[0] === 0 &&
  scale.every(([from, points], index) => {
    const before = scale[index - 1];
    return before === undefined || (from > before[0] && points >= before[1]);
  });

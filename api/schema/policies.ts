import { z } from 'zod';
import { DateIn, DateOut, Fen, InstantOut, Level, printable, StepKey } from './common';
import { Next } from './customers';

export const PolicyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'not a policy id (a to z, digits, . _ -)');
const Category = z.enum([
  'residential',
  'commercial',
  'industrial',
  'agricultural',
  'dedicated_transformer',
  'government',
  'school',
]);
export const Channel = z.enum(['sms', 'email']);
const TaskKind = z.enum(['call', 'visit', 'letter', 'review']);
const StepKind = z.enum([
  'billNotice',
  'preDueReminder',
  'overdueReminder',
  'demand',
  'callTask',
  'visitTask',
  'review',
  'levelRise',
]);

const days = z.int().min(0).max(366);
const ppm = z.int().min(0).max(1_000_000);
const minute = z.int().min(0).max(1_440);
const messages = z.int().min(1).max(100);
const Step = z.strictObject({
  key: StepKey,
  kind: StepKind,
  anchor: z.enum(['issue', 'due']),
  day: z.int().min(-366).max(366),
  channels: z.array(Channel).max(2),
  tasks: z.array(TaskKind).max(4),
  mandatory: z.boolean(),
  statutory: z.boolean(),
});
const Ladder = z.array(Step).min(1).max(50);
const Rate = z.strictObject({ sameYearPpm: ppm, priorYearPpm: ppm });

/** The ladder, the limits, the penalty and the device, as docs/policy.md explains them. */
const LadderBody = z
  .strictObject({
    ladders: z.strictObject({ 1: Ladder, 2: Ladder, 3: Ladder }),
    limits: z.strictObject({
      windowFromMinute: minute,
      windowToMinute: minute,
      messagesPerDay: messages,
      messagesPerWeek: messages,
    }),
    shortestGapDays: days,
    afterBillNoticeDays: days,
    noRise: z.array(Category).max(7),
    taskDays: z.strictObject({ call: days, visit: days, letter: days, review: days }),
    device: z.strictObject({
      lateMonths: z.strictObject({ 1: z.int().min(0), 2: z.int().min(0), 3: z.int().min(0) }),
      restMonths: z.int().min(0).max(120),
      excluded: z.array(Category).max(7),
      taskDays: days,
    }),
    penalty: z.strictObject({
      resident: Rate,
      other: Rate,
      countPaymentDay: z.boolean(),
      minimumFen: Fen.min(0),
      capPpm: ppm.nullable(),
    }),
  })
  .meta({ id: 'LadderPolicy' });

const points = z.int().min(0).max(100);
const Scale = z
  .array(z.tuple([z.int().min(0), points]))
  .min(1)
  .max(50);
const Name = z.string().min(1).max(64).refine(printable, 'no control characters');
const Table = z
  .object({ default: points })
  .catchall(points)
  .refine((rows) => Object.keys(rows).every(printable), 'no control characters');
const GradingBody = z
  .strictObject({
    levelFrom: z.strictObject({ 1: points, 2: points }),
    hysteresis: points,
    cleanMonthsToFall: z.int().min(0).max(120),
    unpaidMonthsForced: z.int().min(1).max(12),
    lateMonths: Scale,
    longestLateDays: Scale,
    brokenPromises: Scale,
    changePercent: Scale,
    uncoveredPercent: Scale,
    usage: z.record(Category, points),
    businessCondition: Table,
    industrialPolicy: Table,
    industryProspect: Table,
    supplyArea: Table,
    forcedConditions: z.array(Name).max(50),
    receipts: z
      .strictObject({
        missedMonths: Scale,
        last: z.strictObject({ inTime: points, afterDue: points, none: points }),
        inRowForced: z.int().min(1).max(12),
        inTimeMonthsToFall: z.int().min(1).max(120),
      })
      .optional()
      .describe('whether anything came in time, month by month; absent: not looked at'),
    screening: z.strictObject({
      always: z.array(Category).max(7),
      onChange: z.array(Category).max(7),
      percent: z.int().min(0),
      fen: Fen.min(0),
    }),
  })
  .meta({ id: 'GradingPolicy' });

export const PolicyKind = z.enum(['ladder', 'grading']);
/** What a draft says; the same shape puts another in its place. */
export const DraftBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ladder'), effectiveFrom: DateIn, body: LadderBody }),
  z.strictObject({ kind: z.literal('grading'), effectiveFrom: DateIn, body: GradingBody }),
]);

const version = {
  id: z.string(),
  kind: PolicyKind,
  state: z.enum(['draft', 'toCome', 'inForce', 'past']),
  author: z.string(),
  effectiveFrom: DateOut,
  createdAt: InstantOut,
  activatedAt: InstantOut.nullable(),
  activatedBy: z.string().nullable(),
};
export const PolicyVersion = z.object(version).meta({ id: 'PolicyVersion' });

const Cell = z
  .object({
    on: z.string().describe('issue, or days from the due date D'),
    day: z.int(),
    channels: z.array(Channel),
    tasks: z.array(TaskKind),
    statutory: z.boolean(),
    text: z.string(),
  })
  .nullable();
const Row = z.object({
  key: z.string(),
  kind: StepKind,
  mandatory: z.boolean(),
  levels: z.object({ 1: Cell, 2: Cell, 3: Cell }),
});
export const Policy = z
  .object({
    ...version,
    body: z.record(z.string(), z.unknown()),
    columns: z.array(z.object({ level: Level, label: z.string() })),
    ladder: z.array(Row).describe('the steps by level; none for a grading policy'),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Policy' });

export const PolicyDiff = z
  .object({
    before: z.string(),
    after: z.string(),
    changes: z.array(
      z.object({ path: z.string(), before: z.unknown(), after: z.unknown(), text: z.string() }),
    ),
  })
  .meta({ id: 'PolicyDiff' });

export const MessagePreview = z
  .object({
    kind: z.string(),
    channel: Channel,
    language: z.string(),
    templateVersion: z.int(),
    address: z.string().nullable(),
    reachable: z.boolean().describe('by this channel'),
    subject: z.string(),
    body: z.string(),
    html: z.string(),
    sms: z
      .object({ encoding: z.string(), units: z.int(), parts: z.int() })
      .nullable()
      .describe('as how many messages it is sent and paid'),
    owedFen: Fen,
    penaltyFen: Fen,
  })
  .meta({ id: 'MessagePreview' });

/** A running month, and its next step as it is pinned and as it would be. */
export const MonthMove = z
  .object({
    customerNo: z.string(),
    period: z.string(),
    station: z.string(),
    level: Level,
    policyId: z.string().describe('what it is pinned to'),
    before: Next,
    after: Next,
    changes: z.boolean().describe('whether the next step differs'),
    refusedBecause: z.string().nullable().describe('why it would stay where it is'),
  })
  .meta({ id: 'MonthMove' });

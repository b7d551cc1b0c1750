import { z } from 'zod';
import { WORKS } from '../../domain/assumptions';
import { DateIn, DateOut, Fen, InstantOut } from './common';
import { PolicyId, PolicyKind } from './policies';

const counts = {
  sms: z.int(),
  email: z.int(),
  call: z.int(),
  visit: z.int(),
  letter: z.int(),
  review: z.int(),
  proposal: z.int(),
};
const Counts = z.object(counts).meta({ id: 'WorkCounts' });

const share = {
  chance: z.number().min(0).max(1).describe('the share of people who would pay'),
  withinDays: z.number().positive().max(366).describe('spread evenly over so many days'),
};
const STEPS = [
  ...['billNotice', 'preDueReminder', 'overdueReminder', 'demand'],
  ...['callTask', 'visitTask', 'review'],
] as const;

/** How people are assumed to pay, as a file of `--payments model:FILE` and a body have it. */
export const ResponseModel = z
  .strictObject({
    name: z.string().min(1).max(80),
    seed: z.int().min(0),
    limits: z.string().min(1).max(1_000).describe('what it can tell and what not'),
    base: z.strictObject(share).optional().describe('after the issue of a bill, whatever is done'),
    after: z.array(
      z.strictObject({
        step: z.enum(STEPS),
        levels: z.array(z.literal([1, 2, 3])).min(1),
        ...share,
      }),
    ),
  })
  .superRefine(({ after }, context) => {
    const seen = new Set<string>();
    for (const [nth, { step, levels }] of after.entries())
      for (const level of levels) {
        if (seen.has(`${step} ${level}`))
          context.addIssue({
            ...{ code: 'custom', path: ['after', nth] },
            message: `${step} at level ${level} is there twice`,
          });
        seen.add(`${step} ${level}`);
      }
  })
  .meta({ id: 'ResponseModel' });

const perDay = z.int().min(1).optional();
const Works = z.strictObject({
  ...{ sms: perDay, email: perDay, call: perDay, visit: perDay },
  ...{ letter: perDay, review: perDay, proposal: perDay },
});

/** What a provider and people can do in a day, as a file of `--capacities` and a body have it. */
export const Capacities = z
  .strictObject({
    name: z.string().min(1).max(80),
    perDay: Works.default({}).describe('of all stations together'),
    perStationAndDay: Works.default({}),
  })
  .meta({ id: 'Capacities' });

export const SimulationIn = {
  against: PolicyId.optional().describe('the one in force when absent'),
  from: DateIn.optional().describe('the first of the month six months ago when absent'),
  to: DateIn.optional().describe('the last day of the month before when absent'),
  model: ResponseModel.optional().describe(
    'who pays from the first day on; as recorded when absent',
  ),
  capacities: Capacities.optional().describe('what the work of each day is held against'),
};

export const Simulation = z
  .object({
    id: z.string(),
    kind: PolicyKind,
    policyId: z.string(),
    againstId: z.string(),
    besideId: z.string().describe('the version of the other kind, on both sides'),
    from: DateOut,
    to: DateOut,
    reason: z.string(),
    actor: z.string(),
    at: InstantOut,
    model: z.string().nullable().describe('by which payments are made up; null: as recorded'),
    capacities: z.string().nullable().describe('what the work is held against; null: nothing'),
    state: z.enum(['waiting', 'running', 'finished', 'stopped', 'failed']),
    total: z.int().describe('customers to be taken through, twice each; 0: not yet known'),
    done: z.int(),
    endedBy: z.string().nullable(),
    endedAt: InstantOut.nullable(),
    failure: z.string().nullable(),
    sha256: z.string().nullable().describe('of the report; null while there is none'),
    current: z.boolean().nullable().describe('false: the draft was replaced or taken back since'),
  })
  .meta({ id: 'Simulation' });

const Load = z
  .object({
    work: z.enum(WORKS),
    station: z.string().nullable().describe('null: all together'),
    perDay: z.int().describe('what can be done'),
    daysOver: z.int(),
    peakDay: DateOut.nullable(),
    peak: z.int(),
    ratio: z.number().describe('the peak over what can be done'),
  })
  .meta({ id: 'SimulatedLoad' });
const Busiest = z.object({ day: DateOut.nullable(), count: z.int() });
const Side = z
  .object({
    policyId: z.string(),
    gradingId: z.string(),
    costsId: z.string(),
    months: z.record(z.string(), z.int()).describe('by how they ended; open: at the end'),
    totals: Counts,
    busiest: z.object({
      sms: Busiest,
      email: Busiest,
      call: Busiest,
      visit: Busiest,
      letter: Busiest,
      review: Busiest,
      proposal: Busiest,
    }),
    costFen: Fen,
    payment: z.object({ bills: z.int(), paid: z.int(), medianDays: z.int().nullable() }),
    breaches: z.int().describe('limits broken'),
    loads: z.array(Load).default([]).describe('held against the capacities, where there are any'),
  })
  .meta({ id: 'SimulationSide' });

/** The report, as `simulation.json` has it. */
export const SimulationReport = z
  .object({
    simulation: z.string(),
    kind: PolicyKind,
    policyId: z.string(),
    againstId: z.string(),
    bodySha256: z.string(),
    from: DateOut,
    to: DateOut,
    readAt: InstantOut,
    customers: z.int(),
    model: z
      .object({ name: z.string(), seed: z.int(), limits: z.string() })
      .nullable()
      .default(null)
      .describe('by which payments are made up; null: as recorded'),
    capacities: z.string().nullable().default(null),
    policy: Side,
    against: Side,
    difference: z.object({ totals: Counts, costFen: Fen, customers: z.int() }),
    days: z.array(z.object({ day: DateOut, policy: Counts, against: Counts })),
  })
  .meta({ id: 'SimulationReport' });

/** How much more (below 0: less) the policy would have done than the other. */
export const SimulatedDifference = z
  .object({ customerNo: z.string(), station: z.string(), ...counts, costFen: Fen })
  .meta({ id: 'SimulatedDifference' });

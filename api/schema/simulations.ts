import { z } from 'zod';
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

export const SimulationIn = {
  against: PolicyId.optional().describe('the one in force when absent'),
  from: DateIn.optional().describe('the first of the month six months ago when absent'),
  to: DateIn.optional().describe('the last day of the month before when absent'),
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

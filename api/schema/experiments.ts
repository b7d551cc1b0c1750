import { z } from 'zod';
import { Fen, InstantOut } from './common';

export const Experiment = z
  .object({
    id: z.string(),
    championId: z.string(),
    challengerId: z.string(),
    sharePercent: z.int(),
    reason: z.string(),
    requestedBy: z.string(),
    approvedBy: z.string(),
    begunAt: InstantOut,
    endedAt: InstantOut.nullable(),
    endApprovedBy: z.string().nullable(),
  })
  .meta({ id: 'Experiment' });

const Arm = z
  .object({
    arm: z.enum(['champion', 'challenger']),
    customers: z.int(),
    months: z.int(),
    outcomes: z.record(z.string(), z.int()).describe('months by how they ended; open: they run'),
    moved: z.int().describe('months that were moved to another version since'),
    billedFen: Fen.describe('of the bills of those months'),
    receivedFen: Fen,
    medianDaysToPayment: z.int().nullable().describe("from a paid bill's issue to its last fen"),
    sms: z.int(),
    email: z.int(),
    tasks: z.int(),
    costFen: Fen.describe('by costs-v1: round figures to compare by'),
    curve: z
      .array(z.object({ day: z.int().min(0), receivedFen: Fen }))
      .describe('received so many days after the month was opened; 0: before, too'),
  })
  .meta({ id: 'ExperimentArm' });

export const ExperimentFigures = z
  .object({ experiment: Experiment, asOf: InstantOut, arms: z.array(Arm) })
  .meta({ id: 'ExperimentFigures' });

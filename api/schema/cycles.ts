import { z } from 'zod';
import { InstantOut, Level } from './common';

export const OUTCOMES = ['paid', 'carriedForward', 'handedOver', 'writtenOff'] as const;
const row = {
  customerNo: z.string(),
  name: z.string(),
  station: z.string(),
  period: z.string(),
  level: Level.describe('at which it was opened'),
  policyId: z.string(),
  experimentId: z.string().nullable(),
  arm: z.enum(['champion', 'challenger']).nullable().describe('of the experiment'),
  openedAt: InstantOut,
  outcome: z.enum(OUTCOMES).nullable().describe('null while open'),
  closedAt: InstantOut.nullable(),
};
const Step = z.object({
  billNo: z.string(),
  stepKey: z.string(),
  kind: z.string(),
  status: z.string().describe('done, or why not: deferred, merged, expired, skipped'),
  because: z.array(z.string()),
  mergedInto: z.string().nullable(),
  plannedAt: InstantOut,
  at: InstantOut,
  actor: z.string(),
  channels: z.array(
    z.object({
      channel: z.string(),
      messageId: z.string().nullable(),
      suppressedBecause: z.string().nullable().describe('why nothing was sent by it'),
    }),
  ),
});

export const Cycle = z.object(row).meta({ id: 'Cycle' });
export const CycleSteps = z.object({ ...row, steps: z.array(Step) }).meta({ id: 'CycleSteps' });

import { z } from 'zod';
import { DateOut, InstantOut } from './common';

export const PromiseToPay = z
  .object({
    id: z.string(),
    customerNo: z.string(),
    name: z.string(),
    station: z.string(),
    promisedOn: DateOut,
    madeAt: InstantOut,
    madeTo: z.string(),
    kept: z.boolean().nullable().describe('null while open'),
    settledAt: InstantOut.nullable(),
  })
  .meta({ id: 'PromiseToPay' });

export const Dispute = z
  .object({
    id: z.string(),
    billNo: z.string(),
    customerNo: z.string(),
    name: z.string(),
    station: z.string(),
    reason: z.string(),
    openedBy: z.string(),
    openedAt: InstantOut,
    resolution: z.enum(['upheld', 'rejected']).nullable(),
    resolvedBy: z.string().nullable(),
    resolvedAt: InstantOut.nullable(),
  })
  .meta({ id: 'Dispute' });

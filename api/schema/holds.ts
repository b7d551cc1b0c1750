import { z } from 'zod';
import { InstantOut } from './common';

export const Scope = z.enum(['customer', 'bill', 'station', 'everything']);
export const Hold = z
  .object({
    id: z.string(),
    scope: Scope,
    ref: z.string(),
    from: InstantOut,
    until: InstantOut.nullable(),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: InstantOut,
    releasedBy: z.string().nullable(),
    releasedAt: InstantOut.nullable(),
  })
  .meta({ id: 'Hold' });
export const Reach = z.object({
  customers: z.int().describe('customers with an open month that it concerns'),
});

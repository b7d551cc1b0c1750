import { z } from 'zod';
import { InstantOut } from './common';

export const Entry = z
  .object({
    id: z.string(),
    kind: z.string(),
    customerNo: z.string().nullable(),
    station: z.string().nullable(),
    body: z.unknown(),
    actor: z.string(),
    reason: z.string(),
    door: z.string(),
    refusedBecause: z.string().nullable(),
    at: InstantOut,
    recordedAt: InstantOut,
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

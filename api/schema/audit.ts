import { z } from 'zod';
import { CustomerNo, InstantOut, printable } from './common';

const word = z.string().min(1).max(64).refine(printable, 'no control characters');

/** Which entries a list or an export means. */
export const auditFilter = {
  actor: word.optional(),
  kind: word.optional(),
  customerNo: CustomerNo.optional(),
} as const;

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

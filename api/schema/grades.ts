import { z } from 'zod';
import { InstantOut, Level } from './common';

export const Grade = z
  .object({
    id: z.string(),
    asOf: InstantOut,
    level: Level,
    score: z.int(),
    reasons: z.array(
      z.object({
        factor: z.string(),
        points: z.int(),
        why: z.string(),
        text: z.string().describe('in the language of Accept-Language'),
      }),
    ),
    screened: z.boolean(),
    source: z.enum(['graded', 'rise', 'escalation', 'override']),
    policyId: z.string(),
  })
  .meta({ id: 'Grade' });

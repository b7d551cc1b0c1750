import { z } from 'zod';
import { Done } from './answers';
import { Level } from './common';

/** What a customer is, or would be, graded. */
export const Graded = z
  .object({
    customerNo: z.string(),
    level: Level,
    score: z.int(),
    reasons: z.array(z.object({ factor: z.string(), points: z.int(), why: z.string() })),
    screened: z.boolean(),
    source: z.enum(['graded', 'override']),
  })
  .meta({ id: 'Graded' });

export const GradedNow = Done.extend({
  levels: z
    .array(z.object({ level: Level, customers: z.int() }))
    .describe('how many were graded so; empty for a repeat'),
}).meta({ id: 'GradedNow' });

import { z } from 'zod';
import { Done } from './answers';
import { InstantOut, Level, OrderId, printable, Station } from './common';
import { Category } from './policies';

const Word = z.string().trim().min(1).max(100).refine(printable, 'no control characters');

/** Whom it is over: all who fit everything that is named. */
export const BulkFilter = z.strictObject({
  station: Station.optional(),
  level: Level.optional(),
  category: Category.optional(),
  collector: Word.optional(),
  supplyArea: Word.optional(),
  heldBy: OrderId.optional().describe('a bulk hold: only whom it holds, and only its holds'),
});

export const BulkOrder = z
  .object({
    id: z.string(),
    kind: z.enum(['hold', 'release']),
    filter: z.object({
      stations: z.array(z.string()).nullable(),
      station: z.string().nullable(),
      level: Level.nullable(),
      category: z.string().nullable(),
      collector: z.string().nullable(),
      supplyArea: z.string().nullable(),
      heldBy: z.string().nullable(),
    }),
    until: InstantOut.nullable(),
    reason: z.string(),
    actor: z.string(),
    at: InstantOut,
    total: z.int().describe('customers who fitted when it was ordered'),
    done: z.int(),
    refused: z.int(),
    state: z.enum(['running', 'stopped', 'finished']),
    endedBy: z.string().nullable(),
    endedAt: InstantOut.nullable(),
  })
  .meta({ id: 'BulkOrder' });

export const BulkDone = Done.extend({
  total: z.int().describe('customers who fit'),
  would: z.string().nullable().describe('of a dry run: what would be done'),
}).meta({ id: 'BulkDone' });

export const BulkOutcome = z.object({
  customerNo: z.string(),
  at: InstantOut,
  refusedBecause: z.string().nullable(),
});

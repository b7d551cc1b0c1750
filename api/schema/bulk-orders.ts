import { z } from 'zod';
import { Done } from './answers';
import { CustomerNo, InstantOut, OrderId } from './common';
import { customerFilter } from './customers';

/** With numbers of the longest kind they still fit into a request. */
const CHOSEN_MAX = 500;

/** Whom it is over: all who fit everything that is named. */
export const BulkFilter = z.strictObject({
  ...customerFilter,
  customerNos: z
    .array(CustomerNo)
    .min(1)
    .max(CHOSEN_MAX)
    .optional()
    .describe('only these, as somebody chose them one by one'),
  heldBy: OrderId.optional().describe('a bulk hold: only whom it holds, and only its holds'),
});

export const BulkOrder = z
  .object({
    id: z.string(),
    kind: z.enum(['hold', 'release', 'migrate']),
    filter: z.record(z.string(), z.unknown()).describe('as it was given; null: whoever'),
    until: InstantOut.nullable(),
    beginsAt: InstantOut.nullable().describe('not begun before; null: at once'),
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

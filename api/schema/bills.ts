import { z } from 'zod';
import { CustomerNo, DateOut, Fen, Period, Station } from './common';

/** Which bills a list or an export means. */
export const billFilter = {
  station: Station.optional(),
  customerNo: CustomerNo.optional(),
  period: Period.optional(),
  state: z.enum(['open', 'overdue', 'all']).default('all'),
} as const;

export const Bill = z
  .object({
    billNo: z.string(),
    customerNo: z.string(),
    name: z.string(),
    station: z.string(),
    period: z.string(),
    amountFen: Fen.describe('below zero: a credit'),
    outstandingFen: Fen.describe('by the one rule of allocation; 0 for a credit'),
    issuedOn: DateOut,
    dueOn: DateOut,
    closedAs: z.string().nullable().describe('handed over or written off'),
    disputed: z.boolean(),
  })
  .meta({ id: 'Bill' });

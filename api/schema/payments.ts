import { z } from 'zod';
import { CustomerNo, Fen, InstantOut, Station } from './common';

/** Which payments a list or an export means. */
export const paymentFilter = {
  station: Station.optional(),
  customerNo: CustomerNo.optional(),
  matched: z.enum(['true', 'false']).optional(),
} as const;

export const Payment = z
  .object({
    paymentRef: z.string(),
    customerNo: z.string(),
    amountFen: Fen,
    receivedAt: InstantOut,
    channel: z.string(),
    matched: z.boolean(),
    result: z.enum(['recorded', 'unchanged']),
  })
  .meta({ id: 'Payment' });

export const ReceivedPayment = z
  .object({
    paymentRef: z.string(),
    customerNo: z.string().nullable().describe('null while no such customer is on the book'),
    givenCustomerNo: z.string(),
    name: z.string().nullable(),
    station: z.string().nullable(),
    amountFen: Fen,
    receivedAt: InstantOut,
    channel: z.string(),
  })
  .meta({ id: 'ReceivedPayment' });

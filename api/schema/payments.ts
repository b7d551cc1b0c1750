import { z } from 'zod';
import { Fen, InstantOut } from './common';

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

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

import { z } from 'zod';
import { DateOut, Fen, InstantOut, Level } from './common';

export const Customer = z
  .object({
    customerNo: z.string(),
    name: z.string(),
    station: z.string(),
    category: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language: z.string(),
    collector: z.string().nullable(),
    level: Level.nullable(),
  })
  .meta({ id: 'Customer' });
const OpenBill = z.object({
  billNo: z.string(),
  period: z.string(),
  dueOn: DateOut,
  outstandingFen: Fen,
  level: Level,
});
export const Next = z
  .object({
    at: InstantOut.nullable().describe('null: when something changes'),
    do: z.string(),
    stepKey: z.string().nullable(),
    billNos: z.array(z.string()),
    channels: z.array(z.string()),
    tasks: z.array(z.string()),
    because: z.array(z.string()).describe('why it is later than the policy wanted'),
    why: z.string().nullable(),
  })
  .meta({ id: 'NextStep' });
export const Standing = Customer.extend({
  openCycle: z.string().nullable(),
  owedFen: Fen,
  penaltyFen: Fen,
  bills: z.array(OpenBill),
  next: Next.nullable(),
}).meta({ id: 'CustomerStanding' });
export const Happened = z.object({ at: InstantOut, what: z.string(), detail: z.string() });

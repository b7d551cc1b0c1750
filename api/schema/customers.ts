import { z } from 'zod';
import { KINDS } from '../../domain/happened';
import { FLAGS, STAGES } from '../../domain/standing';
import { DateOut, Fen, InstantOut, Level, printable, Station } from './common';

const text = (max: number) => z.string().min(1).max(max).refine(printable, 'no control characters');

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
    stage: z.enum(STAGES).nullable().describe('the last step of the open month; null without one'),
    owedFen: Fen.describe('of bills issued and not handed over or written off, without penalties'),
    oldestDueOn: DateOut.nullable().describe('of the oldest unpaid bill'),
    flags: z.array(z.enum(FLAGS)),
  })
  .meta({ id: 'Customer' });
/** Which customers a list, a count or a bulk order means. */
export const customerFilter = {
  station: Station.optional(),
  search: text(64)
    .optional()
    .describe('begins a number, is in a name, or is a whole phone number, also without +86'),
  category: text(40).optional(),
  collector: text(64).optional(),
  supplyArea: text(100).optional(),
  level: z.coerce.number().pipe(Level).optional(),
  stage: z.enum(STAGES).optional(),
  minOverdueDays: z.coerce.number().int().min(-10_000).max(10_000).optional(),
  maxOverdueDays: z.coerce.number().int().min(-10_000).max(10_000).optional(),
  minOwedFen: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  maxOwedFen: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  flags: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(',') : given),
      z.array(z.enum(FLAGS)),
    )
    .optional()
    .describe('all of these, with commas'),
} as const;
export const StationOut = z
  .object({ station: z.string(), customers: z.int() })
  .meta({ id: 'Station' });
export const CustomerCount = z
  .object({ customers: z.int(), owedFen: Fen })
  .meta({ id: 'CustomerCount' });
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
    text: z.string().describe("what it is, in the caller's language"),
  })
  .meta({ id: 'NextStep' });
export const Standing = Customer.extend({
  openCycle: z.string().nullable(),
  experiment: z
    .object({ id: z.string(), arm: z.enum(['champion', 'challenger']), policyId: z.string() })
    .nullable()
    .describe('in which the open month was opened; null: in none'),
  owedFen: Fen,
  penaltyFen: Fen,
  bills: z.array(OpenBill),
  next: Next.nullable(),
  text: z
    .string()
    .describe("where the customer stands and what comes next, in the caller's language"),
}).meta({ id: 'CustomerStanding' });
export const Happened = z
  .object({
    at: InstantOut,
    kind: z.enum(KINDS),
    params: z.record(z.string(), z.unknown()),
    text: z.string().describe("in the caller's language"),
  })
  .meta({ id: 'Happened' });

export const Erasable = z
  .object({
    customerNo: z.string(),
    station: z.string(),
    lastOn: z.string().nullable().describe('the last day on which anything happened'),
  })
  .meta({ id: 'ErasableCustomer' });

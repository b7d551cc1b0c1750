import { z } from 'zod';
import { CustomerNo, Fen, InstantOut, Period, Station } from './common';

const CHANNELS = ['sms', 'email'] as const;
const MESSAGE_STATES = [
  'sending',
  'waiting',
  'accepted',
  'undeliverable',
  'unknown',
  'dropped',
] as const;
/** Which messages a list or an export means. */
export const messageFilter = {
  station: Station.optional(),
  customerNo: CustomerNo.optional(),
  period: Period.optional(),
  channel: z.enum(CHANNELS).optional(),
  status: z.enum(MESSAGE_STATES).optional(),
} as const;

const row = {
  id: z.string(),
  customerNo: z.string(),
  name: z.string(),
  station: z.string(),
  period: z.string(),
  stepKey: z.string(),
  purpose: z.string(),
  channel: z.enum(CHANNELS),
  address: z.string(),
  language: z.string(),
  owedFen: Fen.describe('what it asked for'),
  penaltyFen: Fen,
  status: z.enum(MESSAGE_STATES),
  detail: z.string(),
  attempts: z.int(),
  receipt: z.string().nullable().describe("the provider's last word"),
  receiptAt: InstantOut.nullable(),
  sendingAt: InstantOut,
};

export const Message = z.object(row).meta({ id: 'Message' });
export const MessageText = z
  .object({
    ...row,
    subject: z.string(),
    body: z.string(),
    html: z.string().describe('of an e-mail; to be shown in a frame without scripts only'),
    bodySha256: z.string(),
    templateVersion: z.int(),
    provider: z.string(),
    providerId: z.string().nullable(),
    billNos: z.array(z.string()).describe('whose rung it was'),
  })
  .meta({ id: 'MessageText' });

import { validateRequest } from 'twilio';
import type { Receipt } from '../domain/receipt';
import type { Undeliverable } from './sms';

export type Fields = Readonly<Record<string, string | string[]>>;

/** Whether Twilio signed exactly this form for exactly this public address. `signature`: its header, whatever came. */
export const isSigned = (
  authToken: string,
  { signature, url, fields }: Readonly<{ signature: unknown; url: string; fields: Fields }>,
): boolean =>
  typeof signature === 'string' &&
  signature !== '' &&
  validateRequest(authToken, signature, url, fields);

/** Twilio's message states; one that is not here says nothing to us. Source: Twilio, Message resource, "Status values". */
export const receiptOf: Readonly<Partial<Record<string, Receipt>>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  canceled: 'undelivered',
};

/** Error codes of an undelivered message that are facts about the number. All others may pass: an unreachable phone, a filter, a setting of ours. */
export const endsAddress: Readonly<Partial<Record<string, Exclude<Undeliverable, 'refused'>>>> = {
  21610: 'optedOut',
  21614: 'landline',
  21635: 'landline',
  30005: 'badAddress',
  30006: 'landline',
};

import type { Instant } from '../domain/time';
import { raise, type Found } from './callbacks';
import { inTransaction, type Db } from './client';
import { suppress } from './messages';
import { nudgeCustomer } from './nudges';

/**
 * Keeps what a mail server wrote back about a letter. `unknown`: there is no letter of that id to that recipient, so the report is not about one
 * of ours, or is forged. Reading the same again changes nothing.
 */
export const recordBounce = (
  db: Db,
  {
    messageId,
    recipient,
    code,
    outcome,
    ends,
  }: Readonly<{
    messageId: string;
    recipient: string;
    code: string;
    outcome: 'failed' | 'later';
    ends: boolean;
  }>,
  at: Instant,
): Promise<'recorded' | 'repeated' | 'unknown'> =>
  inTransaction(db, async (tx) => {
    const [found] = await tx.$queryRaw<Found[]>`
      select id::text, customer_no as "customerNo", address, receipt from message
      where id = ${messageId}::uuid and channel = 'email' and lower(address) = lower(${recipient}) for update`;
    if (found === undefined) return 'unknown';
    const receipt = outcome === 'failed' ? 'undelivered' : 'sent';
    if (!(await raise(tx, found, { receipt, code, at }))) return 'repeated';
    if (ends) {
      const { customerNo, address } = found;
      const why = { reason: 'badAddress', code, at };
      await suppress(tx, { customerNo, channel: 'email', address, ...why });
      await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    }
    return 'recorded';
  });

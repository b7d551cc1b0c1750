import type { Level } from '../domain/policy';
import { parseInstant, type Instant, type Period } from '../domain/time';
import type { Db } from './client';
import { command as record, refused, type CommandResult, type Order } from './commands';
import { escalateCustomer } from './escalations';
import { customerOf, placeHold, releaseHold, type Over } from './holds';
import type { RuleBook } from './rules';

/** What came with a signal: anybody may have sent it, so nothing about its fields is believed. */
type Signalled = Readonly<{
  signal: 'pause' | 'resume' | 'escalate';
  command: Readonly<Record<string, unknown>>;
  fallbackId: string;
}>;
type Turn = Readonly<{ customerNo: string; period: Period; asOf: Instant }>;

/**
 * Applies an order that came by signal, unless the database knows it already (Tarim's own doors write first and signal then).
 * A payload that makes no sense is refused and on record; it never fails the workflow. A pause until no day that can be read is a pause
 * until further notice, the safe side. Safe to repeat.
 */
export async function applySignalCommand(
  db: Db,
  book: RuleBook,
  turn: Turn,
  { signal, command, fallbackId }: Signalled,
): Promise<CommandResult> {
  const order = orderFrom(command, `signal ${signal}`, fallbackId, turn);
  const billNo = text(command['billNo']);
  if (
    billNo !== null &&
    (await customerOf(db, { scope: 'bill', ref: billNo })) !== turn.customerNo
  ) {
    const entry = { kind: signal, customerNo: turn.customerNo, body: { billNo } };
    return record(db, order, entry, () =>
      Promise.resolve(refused(`Bill ${billNo} is not this customer's.`)),
    );
  }
  const over: Over =
    billNo === null ? { scope: 'customer', ref: turn.customerNo } : { scope: 'bill', ref: billNo };
  switch (signal) {
    case 'pause':
      return placeHold(db, order, {
        ...over,
        from: turn.asOf,
        until: parseInstant(text(command['until']) ?? ''),
      });
    case 'resume':
      return releaseHold(db, order, over);
    case 'escalate':
      return escalateCustomer(db, book, order, {
        customerNo: turn.customerNo,
        toLevel: level(command['toLevel']),
        toStep: text(command['toStep']),
      });
  }
}

/** Who and why, where the signal says so. */
const orderFrom = (
  command: Signalled['command'],
  what: string,
  fallbackId: string,
  { asOf }: Turn,
): Order => ({
  id: text(command['id']) ?? fallbackId,
  actor: text(command['actor']) ?? 'signal',
  reason: text(command['reason']) ?? what,
  at: asOf,
  door: 'signal',
});

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 500) : null;
const level = (value: unknown): Level | null =>
  value === 1 || value === 2 || value === 3 ? value : null;

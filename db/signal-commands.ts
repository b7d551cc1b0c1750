import type { Level } from '../domain/policy';
import { parseDate, parseInstant, type Instant } from '../domain/time';
import type { Db } from './client';
import { command as record, refused, type CommandResult, type Order } from './commands';
import { openDispute, resolveDispute } from './disputes';
import { escalateCustomer } from './escalations';
import { customerOf, placeHold, releaseHold, type Over } from './holds';
import { promise } from './promises';
import type { RuleBook } from './rules';
import { skipStep } from './skips';
import { assignTask } from './task-assignment';
import { customerOfTask, finishTask } from './task-outcomes';

/** What came with a signal: anybody may have sent it, so nothing about its fields is believed. */
type Signalled = Readonly<{
  signal: 'pause' | 'resume' | 'escalate' | 'changed';
  command: Readonly<Record<string, unknown>>;
  fallbackId: string;
}>;
type Turn = Readonly<{ customerNo: string; asOf: Instant }>;

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
  const { customerNo } = turn;
  const no = (because: string) => refuse(db, order, turn, signal, because);
  const billNo = text(command['billNo']);
  if (billNo !== null && (await customerOf(db, { scope: 'bill', ref: billNo })) !== customerNo)
    return no(`Bill ${billNo} is not this customer's.`);
  const over: Over =
    billNo === null ? { scope: 'customer', ref: customerNo } : { scope: 'bill', ref: billNo };
  switch (signal) {
    case 'pause':
      return placeHold(db, order, {
        ...over,
        from: instant(command['from']) ?? turn.asOf,
        until: instant(command['until']),
      });
    case 'resume':
      return releaseHold(db, order, over);
    case 'escalate':
      return escalateCustomer(db, book, order, {
        customerNo,
        toLevel: level(command['toLevel']),
        toStep: text(command['toStep']),
      });
    case 'changed':
      return applyChange({ db, book, turn, order, command, billNo, no });
  }
}

type Change = Readonly<{
  db: Db;
  book: RuleBook;
  turn: Turn;
  order: Order;
  command: Signalled['command'];
  billNo: string | null;
  no: (because: string) => Promise<CommandResult>;
}>;

/** What `changed` may order, by its `kind`. */
const CHANGES: Readonly<Record<string, (change: Change) => Promise<CommandResult>>> = {
  skip: ({ db, book, turn: { customerNo }, order, command, billNo }) =>
    skipStep(db, book, order, { customerNo, billNo, stepKey: text(command['stepKey']) ?? '' }),
  dispute: ({ db, order, billNo, no }) =>
    billNo === null ? no('Name the bill: billNo.') : openDispute(db, order, billNo),
  resolveDispute: ({ db, order, command: { resolution }, billNo, no }) => {
    if (billNo === null) return no('Name the bill: billNo.');
    return resolution === 'upheld' || resolution === 'rejected'
      ? resolveDispute(db, order, billNo, resolution)
      : no('A dispute ends as upheld or rejected: resolution.');
  },
  promise: ({ db, turn: { customerNo }, order, command, no }) => {
    const promisedOn = parseDate(text(command['promisedOn']) ?? '');
    return promisedOn === null
      ? no('A promise needs the day it is for: promisedOn, as 2026-03-31.')
      : promise(db, order, { customerNo, promisedOn });
  },
  finishTask: finishOwnTask,
  assignTask: assignOwnTask,
};

function applyChange(change: Change): Promise<CommandResult> {
  const kind = text(change.command['kind']) ?? '';
  const apply = Object.hasOwn(CHANGES, kind) ? CHANGES[kind] : undefined;
  return apply?.(change) ?? change.no(`kind is one of ${Object.keys(CHANGES).join(', ')}.`);
}

async function finishOwnTask({
  db,
  book,
  turn,
  order,
  command,
  no,
}: Change): Promise<CommandResult> {
  const taskId = text(command['taskId']) ?? '';
  if ((await customerOfTask(db, taskId)) !== turn.customerNo)
    return no(`Task ${taskId} is not this customer's.`);
  return finishTask(db, book, order, {
    taskId,
    outcome: text(command['outcome']) ?? '',
    note: text(command['note']) ?? '',
    promisedOn: parseDate(text(command['promisedOn']) ?? ''),
  });
}

async function assignOwnTask({ db, turn, order, command, no }: Change): Promise<CommandResult> {
  const taskId = text(command['taskId']) ?? '';
  if ((await customerOfTask(db, taskId)) !== turn.customerNo)
    return no(`Task ${taskId} is not this customer's.`);
  return assignTask(db, order, { taskId, assignee: text(command['assignee']) ?? '' });
}

/** On record, with the sentence. */
const refuse = (
  db: Db,
  order: Order,
  { customerNo }: Turn,
  kind: string,
  because: string,
): Promise<CommandResult> =>
  record(db, order, { kind, customerNo, body: {} }, () => Promise.resolve(refused(because)));

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

/** Postgres has no zero byte in a text, nor half a character; no other control character has a place in one either. */
const text = (value: unknown): string | null => {
  if (typeof value !== 'string') return null;
  const plain = value
    .trim()
    .slice(0, 500)
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .trim();
  return plain === '' ? null : plain;
};
const instant = (value: unknown): Instant | null => parseInstant(text(value) ?? '');
const level = (value: unknown): Level | null =>
  value === 1 || value === 2 || value === 3 ? value : null;

import { createHash } from 'node:crypto';
import { noteCampaign } from '../db/campaigns';
import { inTransaction, type Sql } from '../db/client';
import { lockAccount, type Account } from '../db/facts';
import { settleMessages } from '../db/messages';
import { dateRecalled, stepOnRecord, type Lack } from '../db/recall';
import type { RuleBook } from '../db/rules';
import { applySignalCommand } from '../db/signal-commands';
import { writeClaim, type MessageRow } from '../db/steps';
import { taskRow } from '../db/tasks';
import { letterKind, purposeOf } from '../domain/letter';
import type { Instant, Period } from '../domain/time';
import type { NamedCommand, Taken } from '../workflows/contract';
import { openMonths, rulesOf } from './campaign';
import type { Deps } from './deps';
import { isSettled } from './witness';

/** One thing that a run saw: a step taken, or an order that came. `wallAt` is the engine's time of it, ISO; `at` the station's. */
export type Seen = Readonly<{ at: Instant; wallAt: string }> &
  Readonly<{ taken: Taken } | { order: NamedCommand }>;

/** What the runs of one customer's month saw, in order. */
export type Told = Readonly<{
  customerNo: string;
  period: Period;
  openedAt: Instant;
  offsetMs: number;
  seen: readonly Seen[];
}>;

type Book = Pick<Deps, 'db' | 'book'>;

/**
 * Writes back what a month's runs saw and a database that was restored to an earlier day has forgotten: the month, its steps with their messages
 * and tasks, and the orders that came, in the order in which they came. `unknown`: the customer, or a bill of a step, has to be imported first.
 * `nothingOwed`: there is no month to be had. Safe to repeat.
 */
export async function recall(
  { db, book }: Book,
  told: Told,
  lack: Lack,
): Promise<'recalled' | 'unknown' | 'nothingOwed'> {
  if (!lack.customer) return 'unknown';
  if (lack.cycle === 'none' && !(await reopen({ db, book }, told))) return 'nothingOwed';
  let missing = false;
  for (const one of told.seen) {
    if ('taken' in one) {
      const known = await inTransaction(db, (tx) => writeBack(tx, book, told, one));
      missing ||= !known;
    } else if (lack.orders.includes(orderId(one.order))) {
      await applySignalCommand(db, book, { ...told, asOf: one.at }, one.order);
    }
  }
  return missing ? 'unknown' : 'recalled';
}

/** The id under which an order that came by signal is on record. */
export const orderId = ({ command, fallbackId }: NamedCommand): string => command.id ?? fallbackId;

/** Opens the month as its campaign did; false when nothing was owed then. */
async function reopen({ db, book }: Book, told: Told): Promise<boolean> {
  const { customerNo, period, openedAt: asOf, offsetMs } = told;
  const { station } = await db.customer.findUniqueOrThrow({ where: { customerNo } });
  const inForce = await rulesOf({ db, book }, asOf);
  const page = { station, period, asOf, offsetMs, openedBy: 'doctor' };
  await noteCampaign(db, { ...page, policyId: inForce.policyId });
  const opened = await inTransaction(db, (tx) => openMonths(tx, page, [customerNo], inForce));
  return opened.length > 0;
}

type Step = Extract<Seen, { taken: Taken }>;

/** One step; false when a bill of it is not on the book. */
async function writeBack(tx: Sql, book: RuleBook, told: Told, step: Step): Promise<boolean> {
  const { customerNo, period } = told;
  const { at, taken } = step;
  const account = await lockAccount(tx, customerNo, period, at);
  const record = await stepOnRecord(tx, { customerNo, ...taken, at });
  if (account === null || record.bills.length < taken.billNos.length) return false;
  const isNew = record.done.length === 0;
  const known = await tx.$queryRaw<{ id: string }[]>`
    select id::text from message where customer_no = ${customerNo} and step_key = ${taken.stepKey}`;
  const lost = taken.messages.filter(({ id }) => !known.some((message) => message.id === id));
  const kinds = isNew ? taken.tasks : [];
  if (isNew || lost.length > 0)
    await writeClaim(tx, {
      ...{ customerNo, station: account.customer.station, period, at },
      steps: taken.billNos
        .filter((billNo) => !record.done.includes(billNo))
        .map((billNo) => ({ ...DONE, billNo, ...taken, plannedAt: at })),
      messages: lost.map((message) => messageRow(account, taken, message, record.owedFen)),
      intents: intentsOf(taken, lost, record.intents),
      tasks: await tasksOf(book, account, taken, kinds, at),
    });
  await settle(tx, step, lost);
  await dateRecalled(
    tx,
    lost.map(({ id }) => id),
    step.wallAt,
  );
  return true;
}

const DONE = { status: 'done', because: [], mergedInto: null } as const;
type Lost = Taken['messages'][number];

/** What was asked for is reckoned anew; the text is lost, and empty. */
const messageRow = (
  { customer }: Account,
  { stepKey, kind }: Taken,
  { id, channel }: Lost,
  owedFen: number,
): MessageRow => ({
  ...{ id, stepKey, channel, owedFen, penaltyFen: 0 },
  purpose: purposeOf[letterKind(kind) ?? 'billNotice'],
  address: (channel === 'sms' ? customer.phone : customer.email) ?? '',
  language: customer.language,
  ...{ templateVersion: 0, subject: '', body: '', html: '' },
  bodySha256: createHash('sha256').update('').digest('hex'),
});

const intentsOf = ({ billNos, stepKey }: Taken, lost: readonly Lost[], there: readonly string[]) =>
  billNos.flatMap((billNo) =>
    lost
      .filter(({ channel }) => !there.includes(`${billNo}/${channel}`))
      .map(({ id, channel }) => ({
        ...{ billNo, stepKey, channel },
        ...{ messageId: id, suppressedBecause: null },
      })),
  );

async function tasksOf(
  book: RuleBook,
  { customer, policyId }: Account,
  { billNos, stepKey, kind: why }: Taken,
  kinds: Taken['tasks'],
  at: Instant,
) {
  if (policyId === null || kinds.length === 0) return [];
  const { policy } = await book.rules(policyId);
  const billNo = billNos[0] ?? null;
  return kinds.map((kind) => taskRow(customer, policy, { billNo, stepKey, kind, why }, at));
}

/**
 * What became of messages, where the run saw it. Of one that was on its way nobody can tell any more: its text, by which it would be looked up,
 * is lost.
 */
async function settle(tx: Sql, { at, taken }: Step, lost: readonly Lost[]): Promise<void> {
  const outcomes = taken.messages
    .filter((message) => lost.includes(message) || isSettled(message.status))
    .map(({ id, status }) => ({
      ...{ id, provider: '', providerId: null, detail: '' },
      status: status === 'sending' ? ('unknown' as const) : status,
      retryAt: status === 'waiting' ? at : null,
    }));
  await settleMessages(tx, outcomes, at);
}

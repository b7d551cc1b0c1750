import type { StepFact } from '../domain/facts';
import { followUpOf } from '../domain/tasks';
import { dateOf, type Instant } from '../domain/time';
import type { Order } from './commands';
import type { Sql } from './client';
import { openCycleOf } from './cycles';
import { loadAccounts } from './facts';
import { holdCustomerIn, releaseCustomerIn } from './holds';
import type { RuleBook } from './rules';
import { writeClaim } from './steps';
import { taskRow } from './tasks';

/** The task that was done, and what became of it. */
type Finished = Readonly<{
  id: string;
  kind: string;
  customerNo: string;
  billNo: string | null;
  outcome: string;
}>;

/** The hold that lasts as long as a review, by which the review ends it. */
const holdOf = (reviewId: string): string => `review/${reviewId}`;

/**
 * Gives out the task that an outcome calls for, in the caller's transaction, unless the customer has an open one of its kind or no open
 * month. One that needs the customer left alone holds policy time until it is due.
 */
export async function followUp(
  tx: Sql,
  book: RuleBook,
  order: Order,
  { id, kind, customerNo, billNo, outcome }: Finished,
): Promise<void> {
  const next = followUpOf(kind, outcome);
  if (next === null) return;
  const period = await openCycleOf(tx, customerNo);
  if (period === null || (await hasOpen(tx, customerNo, next.kind, id))) return;
  const { at } = order;
  const [account] = await loadAccounts(tx, [customerNo], period, at);
  if (account === undefined) throw new RangeError(`no customer ${customerNo}`);
  const { policy } = await book.rules(account.policyId ?? (await book.ladderInForce(dateOf(at))));
  const row = taskRow(
    account.customer,
    policy,
    { billNo, stepKey: `after/${id}`, kind: next.kind, why: next.why },
    at,
  );
  const from = latest(account.facts.steps, at);
  if (next.holds && from < row.dueAt) {
    const hold = { ...order, id: holdOf(row.id), reason: next.why };
    await holdCustomerIn(tx, hold, { customerNo, from, until: row.dueAt });
  }
  const { station } = account.customer;
  const none = { steps: [], messages: [], intents: [] };
  await writeClaim(tx, { customerNo, station, period, at, ...none, tasks: [row] });
}

/** A review that is done ends the hold that waited for it. */
export async function endHoldOf(
  tx: Sql,
  order: Order,
  { id, customerNo }: Finished,
): Promise<void> {
  const holdId = holdOf(id);
  const held = await tx.$queryRaw<unknown[]>`
    select from hold where id = ${holdId} and released_at is null and (until_at is null or until_at > ${order.at}::timestamptz)`;
  if (held.length === 0) return;
  await releaseCustomerIn(tx, { ...order, id: `${holdId}/end` }, { customerNo, holdId });
}

async function hasOpen(tx: Sql, customerNo: string, kind: string, but: string): Promise<boolean> {
  const open = await tx.$queryRaw<unknown[]>`
    select from task where customer_no = ${customerNo} and kind = ${kind} and outcome is null and id <> ${but}::uuid limit 1`;
  return open.length > 0;
}

/** A hold cannot begin before the last step that was taken, whose clock may be a little ahead. */
const latest = (steps: readonly StepFact[], at: Instant): Instant =>
  steps.reduce((last, step) => (step.status === 'done' && step.at > last ? step.at : last), at);

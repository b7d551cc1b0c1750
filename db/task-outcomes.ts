import { openBills } from '../domain/ladder';
import { needsOf, outcomesOf } from '../domain/tasks';
import { dateOf, type CivilDate, type Period } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { loadAccounts } from './facts';
import { endHoldOf, followUp } from './follow-ups';
import { suppress } from './messages';
import { nudgeDevice } from './devices';
import { nudgeCustomer } from './nudges';
import { recordPromise } from './promises';
import type { RuleBook } from './rules';

export type Outcome = Readonly<{
  taskId: string;
  outcome: string;
  note: string;
  promisedOn: CivilDate | null;
}>;
type OpenTask = Readonly<{
  id: string;
  kind: string;
  customerNo: string;
  billNo: string | null;
  outcome: string | null;
}>;

/**
 * Records what became of a task and what follows from it: a promise stops policy time, a wrong number ends a channel, whom it does not find
 * is looked for (followUpOf), a review may hand the debt over or write it off, a device task leads its proposal on. Idempotent by the
 * order's id; refused with a sentence.
 */
export async function finishTask(
  db: Db,
  book: RuleBook,
  order: Order,
  given: Outcome,
): Promise<CommandResult> {
  const task = await findTask(db, given.taskId);
  if (task === null) return refused(`There is no task ${given.taskId}.`);
  const entry = { kind: 'finishTask', customerNo: task.customerNo, body: { ...given } };
  return command(db, order, entry, async (tx) => {
    const no = whyNot(task, given, order);
    if (no !== null) return refused(no);
    const done = await tx.$executeRaw`
      update task set outcome = ${given.outcome}, note = ${given.note}, done_at = ${order.at}::timestamptz, done_by = ${order.actor}
      where id = ${task.id}::uuid and outcome is null`;
    if (done === 0) return refused(`Task ${task.id} is done already.`);
    await follow(tx, task, given, order);
    await followUp(tx, book, order, { ...task, outcome: given.outcome });
    return applied;
  });
}

/** Whose task it is; null when there is none. */
export const customerOfTask = async (sql: Sql, taskId: string): Promise<string | null> =>
  (await findTask(sql, taskId))?.customerNo ?? null;

async function findTask(sql: Sql, taskId: string): Promise<OpenTask | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(taskId)) return null;
  const [row] = await sql.$queryRaw<OpenTask[]>`
    select id::text, kind, customer_no as "customerNo", bill_no as "billNo", outcome from task where id = ${taskId}::uuid`;
  return row ?? null;
}

function whyNot(
  task: OpenTask,
  { outcome, note, promisedOn }: Outcome,
  order: Order,
): string | null {
  const allowed = outcomesOf(task.kind);
  if (!allowed.includes(outcome))
    return `A task of kind ${task.kind} ends as ${allowed.join(', ')}; not as ${outcome}.`;
  if (needsOf(outcome) === 'note' && note.trim() === '')
    return 'Say in the note where the letter was left, and who saw it.';
  if (outcome !== 'promise') return null;
  if (promisedOn === null) return 'A promise needs the day it is for.';
  return promisedOn < dateOf(order.at) ? `The promised day ${promisedOn} is over.` : null;
}

async function follow(
  tx: Sql,
  task: OpenTask,
  { outcome, promisedOn }: Outcome,
  order: Order,
): Promise<void> {
  const { kind, customerNo } = task;
  const { id, at, actor } = order;
  if (outcome === 'promise' && promisedOn !== null)
    await recordPromise(tx, { id, customerNo, promisedOn, at, actor });
  if (outcome === 'wrongNumber') await endChannel(tx, customerNo, order);
  if (outcome === 'handOver') await closeBills(tx, customerNo, 'handedOver', order);
  if (outcome === 'writeOff') await closeBills(tx, customerNo, 'writtenOff', order);
  if (kind === 'review') await endHoldOf(tx, order, { ...task, outcome });
  if (kind.startsWith('device')) await nudgeDevice(tx, customerNo);
  await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
}

async function endChannel(tx: Sql, customerNo: string, { at, actor }: Order): Promise<void> {
  const [row] = await tx.$queryRaw<
    { phone: string | null }[]
  >`select phone from customer where customer_no = ${customerNo}`;
  const address = row?.phone ?? null;
  if (address !== null)
    await suppress(tx, {
      customerNo,
      channel: 'sms',
      address,
      reason: 'wrongNumber',
      code: actor,
      at,
    });
}

/** The overdue bills leave the ladder: they are in a supervisor's case now, or written off. What falls due later is collected as usual. */
async function closeBills(
  tx: Sql,
  customerNo: string,
  closedAs: 'handedOver' | 'writtenOff',
  { at }: Order,
): Promise<void> {
  const [cycle] = await tx.$queryRaw<{ period: Period }[]>`
    select period from cycle where customer_no = ${customerNo} order by outcome is null desc, period desc limit 1`;
  if (cycle === undefined) return;
  const [account] = await loadAccounts(tx, [customerNo], cycle.period, at);
  if (account === undefined) return;
  const overdue = openBills(account.facts, at).filter(({ dueOn }) => dueOn < dateOf(at));
  await tx.$executeRaw`
    update bill set closed_as = ${closedAs}, closed_at = ${at}::timestamptz where bill_no = any(${overdue.map(({ billNo }) => billNo)})`;
}

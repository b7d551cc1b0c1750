import { openBills } from '../domain/ladder';
import { dateOf, type CivilDate, type Period } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { loadAccounts } from './facts';
import { suppress } from './messages';
import { nudgeDevice } from './devices';
import { nudgeCustomer } from './nudges';
import { recordPromise } from './promises';

/** What a person may report of each kind of task. Source: design 5 and issue 4.6. */
const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  call: ['reached', 'notReached', 'promise', 'refuses', 'wrongNumber', 'moved'],
  visit: ['reached', 'notReached', 'promise', 'refuses', 'moved'],
  letter: ['served', 'notServed'],
  review: ['continue', 'handOver', 'writeOff'],
  deviceContact: ['done', 'refuses'],
  deviceVisit: ['done', 'refuses'],
  deviceAgreement: ['agrees', 'refuses'],
  deviceSigning: ['done', 'refuses'],
  deviceInstallation: ['done', 'refuses'],
  deviceTopUp: ['done', 'refuses'],
  deviceSwitch: ['done', 'refuses'],
};

export type Outcome = Readonly<{
  taskId: string;
  outcome: string;
  note: string;
  promisedOn: CivilDate | null;
}>;
type OpenTask = Readonly<{ id: string; kind: string; customerNo: string; outcome: string | null }>;

/**
 * Records what became of a task and what follows from it: a promise stops policy time, a wrong number ends a channel, a review may hand
 * the debt over or write it off, a device task leads its proposal on. Idempotent by the order's id; refused with a sentence.
 */
export async function finishTask(db: Db, order: Order, given: Outcome): Promise<CommandResult> {
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
    return applied;
  });
}

/** Whose task it is; null when there is none. */
export const customerOfTask = async (sql: Sql, taskId: string): Promise<string | null> =>
  (await findTask(sql, taskId))?.customerNo ?? null;

async function findTask(sql: Sql, taskId: string): Promise<OpenTask | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(taskId)) return null;
  const [row] = await sql.$queryRaw<OpenTask[]>`
    select id::text, kind, customer_no as "customerNo", outcome from task where id = ${taskId}::uuid`;
  return row ?? null;
}

function whyNot(task: OpenTask, { outcome, promisedOn }: Outcome, order: Order): string | null {
  const allowed = OUTCOMES[task.kind] ?? [];
  if (!allowed.includes(outcome))
    return `A task of kind ${task.kind} ends as ${allowed.join(', ')}; not as ${outcome}.`;
  if (outcome !== 'promise') return null;
  if (promisedOn === null) return 'A promise needs the day it is for.';
  return promisedOn < dateOf(order.at) ? `The promised day ${promisedOn} is over.` : null;
}

async function follow(
  tx: Sql,
  { kind, customerNo }: OpenTask,
  { outcome, promisedOn }: Outcome,
  order: Order,
): Promise<void> {
  const { id, at, actor } = order;
  if (outcome === 'promise' && promisedOn !== null)
    await recordPromise(tx, { id, customerNo, promisedOn, at, actor });
  if (outcome === 'wrongNumber') await endChannel(tx, customerNo, order);
  if (outcome === 'handOver') await closeBills(tx, customerNo, 'handedOver', order);
  if (outcome === 'writeOff') await closeBills(tx, customerNo, 'writtenOff', order);
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

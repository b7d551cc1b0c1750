import { createHash } from 'node:crypto';
import { paperDemand, type PaperDemand } from '../domain/paper-letter';
import { dateOf, periodOf, type Instant } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';
import { stationNow } from './clock';
import { applied, command, type CommandResult, type Order } from './commands';
import { openCycleOf } from './cycles';
import { loadAccounts } from './facts';
import type { RuleBook } from './rules';

/** A demand letter with whom it is for and who serves it. */
export type PaperLetter = PaperDemand &
  Readonly<{
    taskId: string;
    station: string;
    customerNo: string;
    name: string;
    address: string | null;
    /** By name where one is on file, else as tasks name them. */
    collector: string;
    /** Until when it is to be served. */
    serveBy: Instant;
  }>;

type LetterTask = Readonly<{
  id: string;
  kind: string;
  customerNo: string;
  station: string;
  collector: string;
  serveBy: Instant;
  outcome: string | null;
}>;
type Refused = Extract<CommandResult, { kind: 'refused' }>;

/** Why a letter cannot be put on paper, such as a character that the font does not have; null: it can. */
type Unprintable = (letter: PaperLetter) => string | null;

/**
 * The letter of an open letter task, written from the ledger as it is under the customer's lock, so that nothing is in it that was paid and
 * committed before. That it was printed is on record, with what it asked for and its hash. Asked again under the same order's id it is
 * written anew, and on record once. Refused with a sentence when there is nothing to ask for.
 */
export async function printLetter(
  db: Db,
  book: RuleBook,
  order: Order,
  taskId: string,
  unprintable: Unprintable,
): Promise<PaperLetter | Refused> {
  const task = await findLetterTask(db, taskId);
  if (task === null) return noTask(taskId);
  const entry = { kind: 'printLetter', customerNo: task.customerNo, body: { taskId } };
  const written: PaperLetter[] = [];
  const result = await command(db, order, entry, async (tx) => {
    const letter = await write(tx, book, taskId, unprintable);
    if ('kind' in letter) return letter;
    written.push(letter);
    await tx.$executeRaw`update command set body = ${JSON.stringify(evidenceOf(letter))}::jsonb where id = ${order.id}`;
    return applied;
  });
  if (result.kind === 'refused') return result;
  return written[0] ?? inTransaction(db, (tx) => write(tx, book, taskId, unprintable));
}

async function write(
  tx: Sql,
  book: RuleBook,
  taskId: string,
  unprintable: Unprintable,
): Promise<PaperLetter | Refused> {
  const task = await findLetterTask(tx, taskId);
  if (task === null) return noTask(taskId);
  const { kind, outcome, customerNo, ...served } = task;
  if (kind !== 'letter') return no(`Task ${taskId} is a ${kind}: only a letter is printed.`);
  if (outcome !== null) return no(`Task ${taskId} is done already: ${outcome}.`);
  await tx.$queryRaw`select from customer where customer_no = ${customerNo} for update`;
  // The clock is looked at under the lock: what was committed before is in the ledger by then.
  const at = await stationNow(tx);
  const period = (await openCycleOf(tx, customerNo)) ?? periodOf(dateOf(at));
  const [account] = await loadAccounts(tx, [customerNo], period, at);
  if (account === undefined) return no(`There is no customer ${customerNo}.`);
  const { policy } = await book.rules(account.policyId ?? (await book.ladderInForce(dateOf(at))));
  const demand = paperDemand(account.facts, policy, at);
  if (typeof demand === 'string') return no(demand);
  const { name, address } = account.customer;
  const { station, collector, serveBy } = served;
  const letter = { ...demand, taskId, station, customerNo, name, address, collector, serveBy };
  const because = unprintable(letter);
  return because === null ? letter : no(because);
}

/** What is kept of a letter: nothing personal but by the customer's number, and the hash of all that it said. */
const evidenceOf = (letter: PaperLetter) => ({
  taskId: letter.taskId,
  billNos: letter.bills.map(({ billNo }) => billNo),
  owedFen: letter.owedFen,
  penaltyFen: letter.penaltyFen,
  totalFen: letter.totalFen,
  sha256: createHash('sha256').update(JSON.stringify(letter)).digest('hex'),
});

const no = (because: string): Refused => ({ kind: 'refused', because });
const noTask = (taskId: string): Refused => no(`There is no task ${taskId}.`);

async function findLetterTask(sql: Sql, taskId: string): Promise<LetterTask | null> {
  const [row] = await sql.$queryRaw<LetterTask[]>`
    select t.id::text, t.kind, t.customer_no as "customerNo", t.station, t.outcome, instant_text(t.due_at) as "serveBy",
      coalesce((select s.name from staff s where s.assignee = t.assignee and s.disabled_at is null order by s.username limit 1), t.assignee) as collector
    from task t where t.id = ${taskId}::uuid`;
  return row ?? null;
}

import type { Happened } from '../domain/happened';
import type { Level } from '../domain/policy';
import type { CivilDate, Instant } from '../domain/time';
import { viewCustomer, type CustomerView } from './customer-view';
import type { Sql } from './client';
import type { RuleBook } from './rules';
import { readTask, type Task } from './tasks';
import { timelineOf } from './timeline';

export type TaskView = Task &
  Readonly<{
    customer: Readonly<{
      category: string;
      phone: string | null;
      email: string | null;
      address: string | null;
      language: string;
      collector: string | null;
      level: Level;
    }>;
    owedFen: number;
    penaltyFen: number;
    bills: CustomerView['bills'];
    lastPromise: Readonly<{ promisedOn: CivilDate; madeAt: Instant; kept: boolean | null }> | null;
    recent: readonly Happened[];
  }>;

/** What somebody who is about to call or knock wants to know of what was. */
const CONTACTS: ReadonlySet<Happened['kind']> = new Set([
  ...(['message', 'taskDone', 'payment', 'promised', 'promiseKept', 'promiseBroken'] as const),
]);
const RECENT_MAX = 8;

/** One task with its customer, what is owed as of now, and the last contacts. Null when there is none. Reads only. */
export async function viewTask(
  sql: Sql,
  book: RuleBook,
  id: string,
  asOf: Instant,
): Promise<TaskView | null> {
  const task = await readTask(sql, id);
  if (task === null) return null;
  const view = await viewCustomer(sql, book, task.customerNo, asOf);
  if (view === null) return null;
  const happened = await timelineOf(sql, task.customerNo);
  const { facts, customer } = view.account;
  const { category, phone, email, address, language, collector } = customer;
  const [last] = [...facts.promises].sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  return {
    ...task,
    customer: { category, phone, email, address, language, collector, level: facts.level },
    owedFen: view.owedFen,
    penaltyFen: view.penaltyFen,
    bills: view.bills,
    lastPromise:
      last === undefined
        ? null
        : { promisedOn: last.promisedOn, madeAt: last.madeAt, kept: last.kept },
    recent: happened
      .filter(({ kind }) => CONTACTS.has(kind))
      .slice(-RECENT_MAX)
      .reverse(),
  };
}

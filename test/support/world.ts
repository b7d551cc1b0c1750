import type { CommandResult, Order } from '../../db/commands';
import { openDb, type Db } from '../../db/client';
import { openCycles } from '../../db/cycles';
import { loadAccounts } from '../../db/facts';
import type { Facts } from '../../domain/facts';
import type { Level } from '../../domain/policy';
import { toPeriod, type CivilDate, type Instant } from '../../domain/time';
import { freshDatabase } from './database';
import { on, someBill } from './facts';

/** The month of `someBill`. */
export const MONTH = toPeriod('2026-02');

/** A database of two people, each with a bill of ¥100 due on D: wang of TB01, who can be reached, and liu of TB02, who cannot. */
export type World = Readonly<{
  db: Db;
  url: string;
  /** Puts the book back to the two. */
  reset: () => Promise<void>;
  close: () => Promise<void>;
}>;

export async function openWorld(): Promise<World> {
  const database = await freshDatabase();
  const db = openDb(database.url, 5);
  return {
    db,
    url: database.url,
    async reset() {
      await empty(db);
      await addCustomer(db, 'wang', { phone: '+8613871281212', email: 'wang@example.test' });
      await addCustomer(db, 'liu', { station: 'TB02' });
      for (const name of ['wang', 'liu']) await addBill(db, name, { billNo: `b-${name}` });
    },
    async close() {
      await db.$disconnect();
      await database.drop();
    },
  };
}

/** Leaves the rules only. */
export const empty = (db: Db): Promise<number> =>
  db.$executeRaw`truncate customer, import_file, campaign, hold, command, nudge, business_clock cascade`;

type Given = Readonly<{ station?: string; phone?: string; email?: string; category?: string }>;

export async function addCustomer(db: Db, customerNo: string, given: Given = {}): Promise<void> {
  const row = { name: customerNo, station: 'TB01', category: 'residential', language: 'zh-CN' };
  await db.customer.create({ data: { customerNo, ...row, ...given } });
}

export async function addBill(
  db: Db,
  customerNo: string,
  given: Parameters<typeof someBill>[0] = {},
): Promise<void> {
  const { billNo, period, issuedOn, dueOn, amountFen } = someBill(given);
  const days = { issuedOn: midnight(issuedOn), dueOn: midnight(dueOn) };
  await db.bill.create({
    data: { billNo, customerNo, period, amountFen: BigInt(amountFen), ...days },
  });
}

const midnight = (day: CivilDate): Date => new Date(`${day}T00:00:00Z`);

/** Opens the customer's cycle of the month, as bill day does. */
export async function openMonth(
  db: Db,
  customerNo: string,
  {
    period = '2026-02',
    level = 3,
    at = on(-18),
  }: { period?: string; level?: Level; at?: Instant } = {},
): Promise<void> {
  const { station } = await db.customer.findUniqueOrThrow({ where: { customerNo } });
  const opening = { station, period: toPeriod(period), policyId: 'tabei-v1', at };
  await openCycles(db, [{ customerNo, level }], opening);
}

/** What is known of one customer. */
export async function factsOf(
  db: Db,
  customerNo: string,
  asOf: Instant,
  period = MONTH,
): Promise<Facts> {
  const [account] = await loadAccounts(db, [customerNo], period, asOf);
  if (account === undefined) throw new Error(`${customerNo} is not on the book`);
  return account.facts;
}

/** An order by chen. */
export const orderAt = (at: Instant, id = 'o1'): Order => ({
  id,
  actor: 'chen',
  reason: 'flood',
  at,
  door: 'cli',
});

/** The sentence of a refusal; throws when it is none. */
export function sentenceOf(result: CommandResult): string {
  if (result.kind !== 'refused') throw new Error(`was ${result.kind}, not refused`);
  return result.because;
}

/** What waits to be sent, as `run signal`, oldest first. */
export async function nudgesOf(db: Db): Promise<string[]> {
  const rows = await db.nudge.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ workflowId, signal }) => `${workflowId} ${signal}`);
}

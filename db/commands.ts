import type { Instant } from '../domain/time';
import { inTransaction, type Db, type Sql } from './client';

/** Who orders what, why, and by which door. The id makes it idempotent: the second of the same id changes nothing. */
export type Order = Readonly<{
  id: string;
  actor: string;
  reason: string;
  /** The station's clock, or the workflow's. */
  at: Instant;
  door: 'cli' | 'signal' | 'api' | 'import';
}>;
export type CommandResult = Readonly<
  { kind: 'applied' } | { kind: 'repeated' } | { kind: 'refused'; because: string }
>;

export const applied: CommandResult = { kind: 'applied' };
export const refused = (because: string): CommandResult => ({ kind: 'refused', because });

/**
 * One order as one transaction: the fact, the entry that says who and why, and the nudge. A refused one is on record too, with the sentence; one
 * about somebody who is not on the book leaves no row.
 * `customerNo` null: over a station or everything.
 */
export function command(
  db: Db,
  order: Order,
  {
    kind,
    customerNo,
    body,
  }: Readonly<{ kind: string; customerNo: string | null; body: Readonly<Record<string, unknown>> }>,
  work: (tx: Sql) => Promise<CommandResult>,
): Promise<CommandResult> {
  return inTransaction(db, async (tx) => {
    if (customerNo !== null) {
      const known = await tx.$queryRaw<
        unknown[]
      >`select from customer where customer_no = ${customerNo} for update`;
      if (known.length === 0) return refused(`There is no customer ${customerNo}.`);
    }
    const entered = await tx.$executeRaw`
      insert into command (id, kind, customer_no, body, actor, reason, door, at)
      values (${order.id}, ${kind}, ${customerNo}, ${JSON.stringify(body)}::jsonb, ${order.actor}, ${order.reason}, ${order.door},
        ${order.at}::timestamptz)
      on conflict (id) do nothing`;
    if (entered === 0) return { kind: 'repeated' };
    const result = await work(tx);
    if (result.kind === 'refused')
      await tx.$executeRaw`update command set refused_because = ${result.because} where id = ${order.id}`;
    return result;
  });
}

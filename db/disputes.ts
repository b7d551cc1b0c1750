import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { nudgeCustomer } from './nudges';

/**
 * Opens a dispute over one bill: its ladder stands still and no message names it; the customer's other bills go on.
 * Idempotent by the order's id.
 */
export async function openDispute(db: Db, order: Order, billNo: string): Promise<CommandResult> {
  const customerNo = await ownerOf(db, billNo);
  if (customerNo === null) return refused(`There is no bill ${billNo}.`);
  return command(db, order, { kind: 'dispute', customerNo, body: { billNo } }, async (tx) => {
    const opened = await tx.$executeRaw`
      insert into dispute (id, bill_no, customer_no, reason, opened_by, opened_at)
      values (${order.id}, ${billNo}, ${customerNo}, ${order.reason}, ${order.actor}, ${order.at}::timestamptz) on conflict do nothing`;
    if (opened === 0) return refused(`Bill ${billNo} is disputed already.`);
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
    return applied;
  });
}

/** Ends a dispute; the bill's ladder resumes where it stood. An upheld one wants a correcting bill, which comes by import. */
export async function resolveDispute(
  db: Db,
  order: Order,
  billNo: string,
  resolution: 'upheld' | 'rejected',
): Promise<CommandResult> {
  const customerNo = await ownerOf(db, billNo);
  if (customerNo === null) return refused(`There is no bill ${billNo}.`);
  return command(
    db,
    order,
    { kind: 'resolveDispute', customerNo, body: { billNo, resolution } },
    async (tx) => {
      const resolved = await tx.$executeRaw`
      update dispute set resolution = ${resolution}, resolved_by = ${order.actor}, resolved_at = ${order.at}::timestamptz
      where bill_no = ${billNo} and resolved_at is null`;
      if (resolved === 0) return refused(`Bill ${billNo} is not disputed.`);
      await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
      return applied;
    },
  );
}

async function ownerOf(sql: Sql, billNo: string): Promise<string | null> {
  const [row] = await sql.$queryRaw<
    { customerNo: string }[]
  >`select customer_no as "customerNo" from bill where bill_no = ${billNo}`;
  return row?.customerNo ?? null;
}

import type { Facts } from '../domain/facts';
import { openBills } from '../domain/ladder';
import { rungToSkip } from '../domain/skips';
import type { Instant, Period } from '../domain/time';
import type { Db, Sql } from './client';
import { applied, command, refused, type CommandResult, type Order } from './commands';
import { openCycleOf } from './cycles';
import { loadAccounts } from './facts';
import { nudgeCustomer } from './nudges';
import type { RuleBook } from './rules';

export type Skip = Readonly<{
  customerNo: string;
  /** Null: of every open bill that has the step before it. */
  billNo: string | null;
  stepKey: string;
}>;

/**
 * Passes over a step that is still to come; the ladder goes on as if it were behind. Idempotent by the order's id. Refused for a
 * mandatory notice (law 4), for a step that was taken or passed over already, and for one that the bill's ladder does not have.
 */
export function skipStep(
  db: Db,
  book: RuleBook,
  order: Order,
  { customerNo, billNo, stepKey }: Skip,
): Promise<CommandResult> {
  const entry = { kind: 'skip', customerNo, body: { billNo, stepKey } };
  return command(db, order, entry, async (tx) => {
    const month = await openMonth(tx, customerNo, order.at);
    if (month === null) return refused(`Customer ${customerNo} has no open cycle.`);
    const { facts, policyId, period } = month;
    const { policy } = await book.rules(policyId);
    const bills = openBills(facts, order.at).filter(
      (bill) => billNo === null || bill.billNo === billNo,
    );
    if (bills.length === 0)
      return refused(billNo === null ? 'No bill is open.' : `Bill ${billNo} is not open.`);
    const found = bills.map((bill) => rungToSkip(bill, stepKey, facts, policy, order.at));
    const rows = found.flatMap((one) => (typeof one === 'string' ? [] : [one]));
    const [because] = found.filter((one) => typeof one === 'string');
    if (rows.length === 0) return refused(because ?? '');
    await writeSkips(tx, order, rows, { customerNo, period });
    await nudgeCustomer(tx, customerNo, { signal: 'changed', body: { id: order.id } });
    return applied;
  });
}

type Month = Readonly<{ facts: Facts; policyId: string; period: Period }>;

/** What is known of the customer's open month; null when there is none. */
async function openMonth(tx: Sql, customerNo: string, at: Instant): Promise<Month | null> {
  const period = await openCycleOf(tx, customerNo);
  if (period === null) return null;
  const [account] = await loadAccounts(tx, [customerNo], period, at);
  const policyId = account?.policyId ?? null;
  return account === undefined || policyId === null
    ? null
    : { facts: account.facts, policyId, period };
}

async function writeSkips(
  tx: Sql,
  { at, actor, reason }: Order,
  rows: readonly object[],
  { customerNo, period }: Readonly<{ customerNo: string; period: Period }>,
): Promise<void> {
  await tx.$executeRaw`
    insert into step (bill_no, step_key, customer_no, period, kind, status, because, planned_at, at, actor)
    select "billNo", "stepKey", ${customerNo}, ${period}, kind, 'skipped', array[${reason}::text], "plannedAt", ${at}::timestamptz, ${actor}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row
      ("billNo" text, "stepKey" text, kind text, "plannedAt" timestamptz)
    on conflict (bill_no, step_key) do update set status = excluded.status, because = step.because || excluded.because,
      at = excluded.at, period = excluded.period, actor = excluded.actor
    where step.status = 'deferred'`;
}

import { settle } from '../domain/allocation';
import { addFen, toFen, yuanForPeople, type Fen } from '../domain/fen';
import { penaltyOf } from '../domain/letter';
import { dateOf, periodOf, type Instant } from '../domain/time';
import type { Sql } from './client';
import type { Order } from './commands';
import { openCycleOf } from './cycles';
import { loadAccounts } from './facts';
import { nudgeCustomer } from './nudges';
import type { RuleBook } from './rules';

export type WantedWaiver = Readonly<{ customerNo: string; billNo: string; amountFen: Fen }>;

/** The penalty of one bill: charged in all, waived of it, and what is left. `posted`: the bill is paid and its month over. */
export type BillPenalty = Readonly<{
  billNo: string;
  period: string;
  dueOn: string;
  outstandingFen: Fen;
  chargedFen: Fen;
  waivedFen: Fen;
  leftFen: Fen;
  posted: boolean;
}>;
type OnFile = Readonly<{ billNo: string; waivedFen: number; postedFen: number | null }>;

/**
 * The penalty of each of a customer's bills as of one instant, oldest due date first; bills without any are left out. What was posted
 * stands as posted. Null when the customer is not on the book. Reads only.
 */
export async function penaltiesOfCustomer(
  sql: Sql,
  book: RuleBook,
  customerNo: string,
  asOf: Instant,
): Promise<BillPenalty[] | null> {
  const today = dateOf(asOf);
  const period = (await openCycleOf(sql, customerNo)) ?? periodOf(today);
  const [account] = await loadAccounts(sql, [customerNo], period, asOf);
  if (account === undefined) return null;
  const { policy } = await book.rules(account.policyId ?? (await book.ladderInForce(today)));
  const { facts } = account;
  const onFile = await sql.$queryRaw<OnFile[]>`
    select b.bill_no as "billNo", p.amount_fen::float8 as "postedFen",
      (select coalesce(sum(w.amount_fen), 0) from waiver w where w.bill_no = b.bill_no)::float8 as "waivedFen"
    from bill b left join penalty p using (bill_no) where b.customer_no = ${customerNo}`;
  const rows = new Map(onFile.map((row) => [row.billNo, row]));
  return settle(facts.bills, facts.payments, asOf).bills.flatMap((bill) => {
    const { billNo, period: of, dueOn, outstandingFen } = bill;
    const row = rows.get(billNo);
    const posted = row?.postedFen !== undefined && row.postedFen !== null;
    const waivedFen = toFen(row?.waivedFen ?? 0);
    const leftFen = posted ? toFen(row.postedFen) : penaltyOf(bill, facts, policy, today);
    const chargedFen = posted
      ? addFen(leftFen, waivedFen)
      : penaltyOf(bill, { ...facts, waivers: [] }, policy, today);
    const shown = {
      billNo,
      period: of,
      dueOn,
      outstandingFen,
      chargedFen,
      waivedFen,
      leftFen,
      posted,
    };
    return chargedFen === 0 ? [] : [shown];
  });
}

/** Why penalty cannot be waived as of `at`, as a sentence; null when it can. Only penalty can: the debt stays. Reads only. */
export async function waiverRefused(
  tx: Sql,
  book: RuleBook,
  { customerNo, billNo, amountFen }: WantedWaiver,
  at: Instant,
): Promise<string | null> {
  if (amountFen <= 0) return 'Name an amount above zero to waive.';
  const bills = await tx.$queryRaw<unknown[]>`
    select from bill where bill_no = ${billNo} and customer_no = ${customerNo}`;
  if (bills.length === 0) return `Customer ${customerNo} has no bill ${billNo}.`;
  const penalties = await penaltiesOfCustomer(tx, book, customerNo, at);
  const leftFen = penalties?.find((row) => row.billNo === billNo)?.leftFen ?? 0;
  if (leftFen === 0) return `Bill ${billNo} bears no penalty that could be waived.`;
  return amountFen > leftFen
    ? `Bill ${billNo} bears ¥${yuanForPeople(toFen(leftFen))} of penalty; no more than that can be waived.`
    : null;
}

/**
 * Takes an approved waiver off the penalty: off what is asked for from now on, and off a penalty that was posted. Part of the approval's
 * transaction; its id is the approval's, so a repeat fails on the key.
 */
export async function beginWaiver(
  tx: Sql,
  { id, customerNo, billNo, amountFen }: WantedWaiver & Readonly<{ id: string }>,
  { at }: Pick<Order, 'at'>,
): Promise<void> {
  await tx.$executeRaw`
    insert into waiver (id, customer_no, bill_no, amount_fen, at)
    values (${id}, ${customerNo}, ${billNo}, ${amountFen}, ${at}::timestamptz)`;
  await tx.$executeRaw`
    update penalty set amount_fen = greatest(0, amount_fen - ${amountFen}::bigint) where bill_no = ${billNo}`;
  await nudgeCustomer(tx, customerNo, { signal: 'changed', body: {} });
}

export type WaiverRow = Readonly<{
  id: string;
  customerNo: string;
  station: string;
  billNo: string;
  amountFen: Fen;
  at: Instant;
  reason: string;
  requestedBy: string;
  approvedBy: string;
}>;

/** What was waived, the latest first. Reads only. */
export const listWaivers = (
  sql: Sql,
  {
    stations,
    station,
    customerNo,
    billNo,
    after,
    limit,
  }: Readonly<{
    /** Null: all. */
    stations: readonly string[] | null;
    station: string | null;
    customerNo: string | null;
    billNo: string | null;
    /** Key of the last row seen: when it was waived, and its id. */
    after: readonly [string, string] | null;
    limit: number;
  }>,
): Promise<WaiverRow[]> =>
  sql.$queryRaw`
    select w.id, w.customer_no as "customerNo", c.station, w.bill_no as "billNo", w.amount_fen::float8 as "amountFen",
      instant_text(w.at) as at, a.reason, a.requested_by as "requestedBy", a.decided_by as "approvedBy"
    from waiver w join approval a using (id) join customer c on c.customer_no = w.customer_no
    where (${stations === null} or c.station = any(${[...(stations ?? [])]})) and (${station}::text is null or c.station = ${station})
      and (${customerNo}::text is null or w.customer_no = ${customerNo}) and (${billNo}::text is null or w.bill_no = ${billNo})
      and (${after?.[0] ?? null}::timestamptz is null or (w.at, w.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by w.at desc, w.id desc limit ${limit}`;

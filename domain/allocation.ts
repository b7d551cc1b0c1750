import { addFen, sumFen, toFen, zeroFen, type Fen } from './fen';
import { compareText, inOrder } from './in-order';
import { Kept } from './kept';
import { dateOf, instantAt, type CivilDate, type Instant, type Period } from './time';

/** An electricity bill, due no earlier than issued. A negative amount is a credit from 00:00 of its issue day. */
export type Bill = Readonly<{
  billNo: string;
  period: Period;
  issuedOn: CivilDate;
  dueOn: CivilDate;
  amountFen: Fen;
  /** While the customer disputes it, money pays it after all others: who pays the next bill meant that one. */
  disputed?: readonly Dispute[];
}>;
/** The days of a dispute; `until` is the first day on which it is over, null while it goes on. */
export type Dispute = Readonly<{ from: CivilDate; until: CivilDate | null }>;
/** Money received, not below zero. */
export type Payment = Readonly<{ receivedAt: Instant; amountFen: Fen }>;
/** What one bill took of the customer's credit on one day; a bill has at most one of these a day. */
export type Paid = Readonly<{ on: CivilDate; amountFen: Fen }>;

/** A positive bill, what it was paid by day, and the day when its last fen was covered. */
export type SettledBill = Bill &
  Readonly<{ outstandingFen: Fen; settledOn: CivilDate | null; paid: readonly Paid[] }>;
/** Bills in the order in which they are paid, and the credit that found nothing to pay. */
export type Settlement = Readonly<{ bills: readonly SettledBill[]; creditFen: Fen }>;

/**
 * Which bills are paid, and since when, at the instant `asOf`. All credit pays the oldest due date
 * first (then issue day, then number) among the bills that exist on its day, so what is settled
 * once stays settled. Bills of zero are left out; none is filtered by its issue day: a bill yet to
 * be issued is outstanding in full and a credit yet to be issued is unused, which keeps
 * billed − received = outstanding − credit. A payment received after `asOf` does not count.
 * O(n log n), and one step for each pair of open bills that fall due in reverse order of issue.
 * @throws {RangeError} when a payment is negative: the caller leaves a returned payment out.
 * Source: 民法典 art. 560 (matured first, oldest due first).
 */
export function settle(
  bills: readonly Bill[],
  payments: readonly Payment[],
  asOf: Instant,
): Settlement {
  const kept = settled.get(bills);
  if (kept?.payments === payments && kept.since <= asOf) return kept.settlement;
  const settlement = settleAfresh(bills, payments, asOf);
  const since = lastChange(bills, payments);
  if (since <= asOf) settled.set(bills, { payments, since, settlement });
  return settlement;
}

/** From the last change on a settlement stays as it is, and lists never change: the ladder asks about the same ones over and over. */
const settled = new Kept<
  readonly Bill[],
  Readonly<{ payments: readonly Payment[]; since: Instant; settlement: Settlement }>
>();

/** The first instant from which everything is issued and received. */
function lastChange(bills: readonly Bill[], payments: readonly Payment[]): Instant {
  let last = '' as Instant;
  for (const { issuedOn } of bills) {
    const at = instantAt(issuedOn);
    if (at > last) last = at;
  }
  for (const { receivedAt } of payments) if (receivedAt > last) last = receivedAt;
  return last;
}

function settleAfresh(
  bills: readonly Bill[],
  payments: readonly Payment[],
  asOf: Instant,
): Settlement {
  const today = dateOf(asOf);
  const accounts = bills.filter((bill) => bill.amountFen > 0).map(unpaid);
  const credits = creditsOf(bills, payments, asOf);
  const usable = credits.filter((credit) => credit.on <= today);
  const toCome = credits.filter((credit) => credit.on > today);
  const leftFen = payInOrder(inOrder(accounts, byIssue), inOrder(usable, byDay), today);
  return {
    bills: inOrder(accounts, byDue),
    creditFen: addFen(leftFen, sumFen(toCome.map((credit) => credit.amountFen))),
  };
}

type Account = Bill & { outstandingFen: Fen; settledOn: CivilDate | null; paid: Paid[] };

const unpaid = (bill: Bill): Account => ({
  billNo: bill.billNo,
  period: bill.period,
  issuedOn: bill.issuedOn,
  dueOn: bill.dueOn,
  amountFen: bill.amountFen,
  disputed: bill.disputed ?? [],
  outstandingFen: bill.amountFen,
  settledOn: null,
  paid: [],
});

/** By day, which is fine enough: bills and credits begin at 00:00, before any payment of the day. */
function creditsOf(bills: readonly Bill[], payments: readonly Payment[], asOf: Instant): Paid[] {
  const credits: Paid[] = [];
  for (const { issuedOn, amountFen } of bills) {
    if (amountFen < 0) credits.push({ on: issuedOn, amountFen: toFen(0 - amountFen) });
  }
  for (const { receivedAt, amountFen } of payments) {
    if (amountFen < 0) throw new RangeError(`negative payment: ${amountFen}`);
    if (receivedAt <= asOf) credits.push({ on: dateOf(receivedAt), amountFen });
  }
  return credits;
}

/** Writes what was paid into `accounts` (by issue day) and returns the credit left over. */
function payInOrder(accounts: readonly Account[], credits: readonly Paid[], today: CivilDate): Fen {
  let open: Account[] = [];
  let issued = 0;
  let left: Fen = zeroFen;

  const issueUntil = (day: CivilDate): void => {
    for (let bill = accounts[issued]; bill && bill.issuedOn <= day; bill = accounts[++issued]) {
      // Credit is left only while no earlier bill is open, so this one may have all of it.
      left = pay(bill, left, bill.issuedOn);
      if (bill.outstandingFen > 0) insert(open, bill);
    }
  };

  for (const credit of credits) {
    issueUntil(credit.on);
    left = addFen(left, credit.amountFen);
    for (const bill of inTurn(open, credit.on)) left = pay(bill, left, credit.on);
    open = open.filter(({ outstandingFen }) => outstandingFen > 0);
  }
  issueUntil(today);
  return left;
}

/** The order in which a credit of that day pays: what is disputed then comes last. */
function inTurn(open: readonly Account[], on: CivilDate): readonly Account[] {
  const isDisputed = ({ disputed = [] }: Bill): boolean =>
    disputed.some(({ from, until }) => from <= on && (until === null || on < until));
  const last = open.filter(isDisputed);
  return last.length === 0 ? open : [...open.filter((bill) => !last.includes(bill)), ...last];
}

/** Pays what `creditFen` can on one bill and returns the rest of it. */
function pay(bill: Account, creditFen: Fen, on: CivilDate): Fen {
  const amountFen = creditFen < bill.outstandingFen ? creditFen : bill.outstandingFen;
  if (amountFen === 0) return creditFen;
  bill.outstandingFen = toFen(bill.outstandingFen - amountFen);
  if (bill.outstandingFen === 0) bill.settledOn = on;
  const last = bill.paid.at(-1);
  if (last?.on === on) {
    bill.paid[bill.paid.length - 1] = { on, amountFen: addFen(last.amountFen, amountFen) };
  } else {
    bill.paid.push({ on, amountFen });
  }
  return toFen(creditFen - amountFen);
}

/** Keeps `open` in paying order; from the end, where a new bill nearly always belongs. */
function insert(open: Account[], bill: Account): void {
  let at = open.length;
  for (let before = open[at - 1]; before && byDue(before, bill) > 0; before = open[--at - 1]) {
    open[at] = before;
  }
  open[at] = bill;
}

const byDay = (a: Paid, b: Paid): number => compareText(a.on, b.on);
const byDue = (a: Bill, b: Bill): number =>
  compareText(a.dueOn, b.dueOn) ||
  compareText(a.issuedOn, b.issuedOn) ||
  compareText(a.billNo, b.billNo);
const byIssue = (a: Bill, b: Bill): number => compareText(a.issuedOn, b.issuedOn) || byDue(a, b);

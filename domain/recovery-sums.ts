import { settle, type Bill, type Payment } from './allocation';
import { sumFen, toFen, type Fen } from './fen';
import type { RecoverySums } from './recovery';
import { dateOf, instantAt, toDate, yearOf, type Instant } from './time';

/**
 * One customer's part in the recovery figures at `asOf`: receivable are this year's bills, and what was still open of earlier ones when
 * the year began (陈欠); received is what has been paid of each. Source: docs/policy.md, "Recovery rate".
 */
export function recoverySums(
  bills: readonly Bill[],
  payments: readonly Payment[],
  asOf: Instant,
): RecoverySums {
  const newYear = instantAt(toDate(`${yearOf(dateOf(asOf))}-01-01`));
  const isPrior = ({ issuedOn }: Bill): boolean => instantAt(issuedOn) < newYear;
  const earlier = (payment: Payment): boolean => payment.receivedAt < newYear;
  const atNewYear = settle(bills.filter(isPrior), payments.filter(earlier), newYear).bills;
  const now = settle(bills, payments, asOf).bills;
  const open = (rows: readonly { outstandingFen: Fen }[]): Fen =>
    sumFen(rows.map(({ outstandingFen }) => outstandingFen));
  const priorReceivableFen = open(atNewYear);
  const currentFen = sumFen(now.filter((bill) => !isPrior(bill)).map(({ amountFen }) => amountFen));
  const priorOpenFen = open(now.filter(isPrior));
  const receivableFen = toFen(currentFen + priorReceivableFen);
  return {
    receivableFen,
    receivedFen: toFen(receivableFen - open(now)),
    priorReceivableFen,
    priorReceivedFen: toFen(priorReceivableFen - priorOpenFen),
  };
}

/** Field by field. */
export const addSums = (a: RecoverySums, b: RecoverySums): RecoverySums => ({
  receivableFen: toFen(a.receivableFen + b.receivableFen),
  receivedFen: toFen(a.receivedFen + b.receivedFen),
  priorReceivableFen: toFen(a.priorReceivableFen + b.priorReceivableFen),
  priorReceivedFen: toFen(a.priorReceivedFen + b.priorReceivedFen),
});

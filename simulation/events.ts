import type { Bill, Payment } from '../domain/allocation';
import { billOn, draftOf, type Facts } from '../domain/facts';
import { byInstant, type Event } from '../domain/fold';
import { inOrder } from '../domain/in-order';
import { levelOfBill } from '../domain/opening';
import type { Level } from '../domain/policy';
import { instantAt, type Period } from '../domain/time';
import type { BookCustomer } from './book';

/** The levels of the customer's months so far, in order; it grows while the simulation goes on. */
export type Levels = Map<Period, Level>;

/**
 * What the book says will happen, in order of time. A bill is known from the beginning of its day of issue and wakes nobody: it was imported
 * before. A payment wakes the open month.
 */
export function eventsOf({ bills, payments }: BookCustomer, levels: Levels): readonly Event[] {
  const issued = bills.map((bill): Event => ({
    at: instantAt(bill.issuedOn),
    change: (facts) => withBill(facts, bill, levels),
    silent: true,
  }));
  const paid = payments.map((payment): Event => ({
    at: payment.receivedAt,
    change: (facts) => withPayment(facts, payment),
  }));
  return inOrder([...issued, ...paid], byInstant);
}

function withBill(facts: Facts, bill: Bill, levels: Levels): Facts {
  const more = draftOf(facts);
  more.bills = [...facts.bills, billOn(bill, climbs(bill, facts, levels), null)];
  return more;
}

/** The facts once more was received. */
export function withPayment(facts: Facts, payment: Payment): Facts {
  const more = draftOf(facts);
  more.payments = [...facts.payments, payment];
  return more;
}

/** As db/facts.ts has it: the first cycle of the bill's month or later, else the one that is looked at. */
export const climbs = ({ period }: Pick<Bill, 'period'>, facts: Facts, levels: Levels): Level => {
  const found = [...levels].find(([opened]) => opened >= period)?.[1] ?? null;
  return levelOfBill(found, levels.get(facts.period) ?? null, facts.level);
};

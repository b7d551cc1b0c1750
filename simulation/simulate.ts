import type { PaymentModel } from '../domain/assumptions';
import { instantAt, plusDays, plusMs, type CivilDate, type Instant } from '../domain/time';
import type { BookCustomer } from './book';
import { simulateCustomer } from './customer';
import { openingsOf, OPEN_AT, type OpenAt } from './openings';
import type { CustomerRun, Under } from './run';

export type Setting = Readonly<{
  /** First and last day. */
  from: CivilDate;
  to: CivilDate;
  openAt?: OpenAt;
  /** Every morning, besides at the openings; `month` is what the product does by itself. */
  graded?: 'month' | 'day';
  /** Who pays when, from the first day on; absent: as recorded. */
  model?: PaymentModel | undefined;
}>;

/**
 * Takes every customer of a book through the months, as a station would whose capturing providers accept everything; customer by customer, so
 * that nothing but one of them is held. It sends nothing: it knows no provider (law 9).
 */
export function* simulateBook(
  book: Iterable<BookCustomer>,
  under: Under,
  { from, to, openAt = OPEN_AT, graded = 'month', model }: Setting,
): Generator<CustomerRun> {
  const openings = openingsOf({ from, to }, openAt);
  const paying = model === undefined ? null : { model, from };
  const span = { openings, to: endOf(to), dailyFrom: graded === 'day' ? from : null, paying };
  for (const customer of book) yield simulateCustomer(customer, under, span);
}

/** The last instant of a day. */
export const endOf = (day: CivilDate): Instant => plusMs(instantAt(plusDays(day, 1)), -1);

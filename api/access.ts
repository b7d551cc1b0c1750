import type { Sql } from '../db/client';
import { MissingRule, type RuleBook } from '../db/rules';
import type { GradingPolicy } from '../domain/grading';
import { sees, type Principal } from '../domain/permissions';
import type { CivilDate } from '../domain/time';
import { notFound, ProblemError } from './problem';

/** Lets on only who may see the customer. @throws ProblemError 404, the same for an unknown customer and for one of another station. */
export async function ownCustomer(
  sql: Sql,
  principal: Principal,
  customerNo: string,
): Promise<void> {
  const [row] = await sql.$queryRaw<
    { station: string }[]
  >`select station from customer where customer_no = ${customerNo}`;
  if (row === undefined || !sees(principal, row.station)) throw notFound(`customer ${customerNo}`);
}

/** The same for a bill; gives its customer. */
export async function ownBill(sql: Sql, principal: Principal, billNo: string): Promise<string> {
  const [row] = await sql.$queryRaw<{ station: string; customerNo: string }[]>`
    select station, customer_no as "customerNo" from bill join customer using (customer_no) where bill_no = ${billNo}`;
  if (row === undefined || !sees(principal, row.station)) throw notFound(`bill ${billNo}`);
  return row.customerNo;
}

/** The same for a station; one without customers is unknown. */
export async function ownStation(sql: Sql, principal: Principal, station: string): Promise<void> {
  const [row] = await sql.$queryRaw<
    unknown[]
  >`select from customer where station = ${station} limit 1`;
  if (row === undefined || !sees(principal, station)) throw notFound(`station ${station}`);
}

/** The stations that a list is asked for: the one named, which must be one of the caller's, or all of the caller's. */
export async function stationsOf(
  sql: Sql,
  principal: Principal,
  station: string | undefined,
): Promise<readonly string[] | null> {
  if (station === undefined) return principal.stations;
  await ownStation(sql, principal, station);
  return [station];
}

/** Whether what is about a customer may be seen; what is about none is for who has all stations. */
export async function mayReach(
  sql: Sql,
  principal: Principal,
  customerNo: string | null,
): Promise<boolean> {
  const [row] = await sql.$queryRaw<
    { station: string }[]
  >`select station from customer where customer_no = ${customerNo}`;
  return sees(principal, row?.station ?? null);
}

/** The grading policy of a day. @throws ProblemError 400 for a day before the first policies, on which nothing can be graded or collected. */
export async function gradingOn(book: RuleBook, day: CivilDate): Promise<GradingPolicy> {
  try {
    await book.ladderInForce(day);
    return await book.grading(day);
  } catch (error) {
    if (!(error instanceof MissingRule)) throw error;
    throw new ProblemError('badRequest', `No policy was in force on ${day}.`);
  }
}

/** Lets on only who has all stations. @throws ProblemError 403. */
export function allStations({ stations }: Principal, what: string): void {
  if (stations !== null)
    throw new ProblemError(
      'forbidden',
      `${what} is for all stations, and you are of ${stations.join(', ')}.`,
    );
}

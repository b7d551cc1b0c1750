import {
  dateOf,
  instantAt,
  periodOf,
  plusDays,
  plusMonths,
  toDate,
  type CivilDate,
  type Instant,
  type Period,
} from '../domain/time';
import type { Opening } from './run';

/** When the months are opened: on a day of each, so many minutes after midnight in Asia/Shanghai, as a campaign's Schedule has it. */
export type OpenAt = Readonly<{ day: number; minute: number }>;

/** Before the sending window opens, so that no step of an unfinished month is due at the same instant. */
export const OPEN_AT: OpenAt = { day: 1, minute: 8 * 60 };

/** The months whose opening falls between two days, both included. */
export function openingsOf(
  { from, to }: Readonly<{ from: CivilDate; to: CivilDate }>,
  { day, minute }: OpenAt = OPEN_AT,
): Opening[] {
  const openings: Opening[] = [];
  for (let period = periodOf(from); period <= periodOf(to); period = plusMonths(period, 1)) {
    const at = openingOf(period, day, minute);
    if (dateOf(at) >= from && dateOf(at) <= to) openings.push({ period, at });
  }
  return openings;
}

const openingOf = (period: Period, day: number, minute: number): Instant =>
  instantAt(plusDays(toDate(`${period}-01`), day - 1), minute);

import type { Calendar } from './calendar';
import { compareText, inOrder } from './in-order';
import { DAY_MINUTES, dateOf, daysLater, instantAt, minuteOfDay, plusDays } from './time';
import type { Limits } from './policy';
import type { CivilDate, Instant } from './time';

/** When a customer may be written to. All but `statutory` and `recentAt` comes from the policy. */
export type SendingLimits = Readonly<{
  /** Minutes after midnight in Shanghai, the first inclusive, the second exclusive. */
  window: Readonly<{ fromMinute: number; toMinute: number }>;
  /** A notice required by law goes out on holidays too. */
  statutory: boolean;
  /** Every message to this customer, in any order; one older than a week is harmless. */
  recentAt: readonly Instant[];
  /** Messages per day in Shanghai. */
  perDay: number;
  /** Messages in any 7 × 24 hours. */
  perWeek: number;
}>;
export type Deferral = 'window' | 'holiday' | 'dayCap' | 'weekCap';
/** `because` lists what stood in the way, in the order met; empty when nothing did. */
export type Sending = Readonly<{ at: Instant; because: readonly Deferral[] }>;

/**
 * The first instant from `at` on when a message may be sent. A message exactly 7 × 24 hours old no
 * longer counts for the week.
 * @throws {RangeError} when there is none for 60 days, or the limits allow none at all.
 */
export function earliestSending(at: Instant, limits: SendingLimits, calendar: Calendar): Sending {
  assertSatisfiable(limits);
  const circumstances = { limits, sentAt: inOrder(limits.recentAt, compareText), calendar };
  let bar = barAt(at, circumstances);
  // Mostly nothing stands in the way.
  if (bar === null) return { at, because: NOTHING };
  const lastAt = daysLater(at, DEFERRAL_DAYS_MAX);
  const because: Deferral[] = [];
  for (let next = at; next <= lastAt; bar = barAt(next, circumstances)) {
    if (bar === null) return { at: next, because };
    if (!because.includes(bar.because)) because.push(bar.because);
    next = bar.until;
  }
  throw new RangeError(`no instant to send at for 60 days from ${at}`);
}

const NOTHING: readonly Deferral[] = [];

/** When a task given out at `at` is due: so many civil days later, when the window closes. */
export const dueAfter = (
  at: Instant,
  days: number,
  { windowToMinute }: Pick<Limits, 'windowToMinute'>,
): Instant => instantAt(plusDays(dateOf(at), days), windowToMinute);

const DEFERRAL_DAYS_MAX = 60;

function assertSatisfiable({ window, perDay, perWeek }: SendingLimits): void {
  const { fromMinute, toMinute } = window;
  if (!(fromMinute >= 0 && fromMinute < toMinute && toMinute <= 1440))
    throw new RangeError(`not a daily window: ${fromMinute} to ${toMinute}`);
  if (!(perDay >= 1 && perWeek >= 1))
    throw new RangeError(`no message is allowed: ${perDay} a day, ${perWeek} a week`);
}

type Circumstances = Readonly<{
  limits: SendingLimits;
  /** In order. */
  sentAt: readonly Instant[];
  calendar: Calendar;
}>;
/** Nothing may be sent before `until`, which is later than the instant asked about. */
type Bar = Readonly<{ because: Deferral; until: Instant }>;

/** Whole days are looked at first, so that a day off is not blamed on the hour. */
function barAt(at: Instant, { limits, sentAt, calendar }: Circumstances): Bar | null {
  const { window, statutory, perDay, perWeek } = limits;
  const today = dateOf(at);
  const minute = minuteOfDay(at);
  const tomorrow = (): Instant => instantAt(plusDays(today, 1), window.fromMinute);

  if (!statutory && calendar.isHoliday(today)) return { because: 'holiday', until: tomorrow() };
  if (sentOn(today, sentAt) >= perDay) return { because: 'dayCap', until: tomorrow() };
  if (minute < window.fromMinute)
    return { because: 'window', until: instantAt(today, window.fromMinute) };
  if (minute >= window.toMinute) return { because: 'window', until: tomorrow() };
  const until = weekFreeAt(at, sentAt, perWeek);
  return until === null ? null : { because: 'weekCap', until };
}

function sentOn(day: CivilDate, sentAt: readonly Instant[]): number {
  const [from, until] = [instantAt(day), instantAt(day, DAY_MINUTES)];
  let count = 0;
  for (const sent of sentAt) if (from <= sent && sent < until) count += 1;
  return count;
}

/** When enough of the week's messages will be a week old for one more; null when one more is allowed now. */
function weekFreeAt(now: Instant, sentAt: readonly Instant[], perWeek: number): Instant | null {
  if (sentAt.length < perWeek) return null;
  const from = daysLater(now, -7);
  const counted = sentAt.filter((sent) => sent > from && sent <= now);
  const mustAge = counted.length < perWeek ? undefined : counted[counted.length - perWeek];
  return mustAge === undefined ? null : daysLater(mustAge, 7);
}

import type { LadderPolicy } from '../domain/policy';
import type { BookCustomer } from './book';
import type { CustomerRun, SimStep, Under } from './run';

/** A message that should not have been: whose, when, and which limit or law it broke. */
export type Breach = Readonly<{
  customerNo: string;
  at: string;
  what: 'hour' | 'holiday' | 'twiceADay' | 'tooManyAWeek' | 'nothingOwed' | 'beforeNotice';
}>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A message with its instant, and its instant by the wall clock of Shanghai, as milliseconds that UTC's methods can read. */
type Message = Readonly<{ step: SimStep; ms: number; wallMs: number }>;

/**
 * The breaches in one customer's run; there must be none. Found by arithmetic of its own, on purpose: neither the window, nor the ladder, nor the
 * allocation of domain/ is asked, because they decided what is checked here.
 */
export function breachesOf(run: CustomerRun, customer: BookCustomer, under: Under): Breach[] {
  const found: Breach[] = [];
  const note = ({ at }: SimStep, what: Breach['what']): void => {
    found.push({ customerNo: run.customerNo, at, what });
  };
  const messages: Message[] = [];
  for (const step of run.steps) {
    if (step.kind === 'demand' && !noticedBefore(run.steps, step)) note(step, 'beforeNotice');
    if (step.channels.length === 0) continue;
    const ms = Date.parse(step.at);
    messages.push({ step, ms, wallMs: ms + 8 * HOUR_MS });
    for (const what of ofMessage(messages, customer, under)) note(step, what);
  }
  return found;
}

/** What is wrong with the last of the messages so far. */
function ofMessage(
  messages: readonly Message[],
  customer: BookCustomer,
  { rules: { policy, calendar } }: Under,
): Breach['what'][] {
  const last = messages.at(-1);
  if (last === undefined) return [];
  const { windowFromMinute, windowToMinute, messagesPerDay, messagesPerWeek } = policy.limits;
  const minute = (last.wallMs % DAY_MS) / 60_000;
  const day = dayOf(last.wallMs);
  const isHoliday = calendar.isHoliday(day as Parameters<typeof calendar.isHoliday>[0]);
  const found: Breach['what'][] = [];
  if (minute < windowFromMinute || minute >= windowToMinute) found.push('hour');
  if (isHoliday && !isStatutory(last.step, policy)) found.push('holiday');
  const sameDay = (one: Message): boolean => dayOf(one.wallMs) === day;
  if (countBack(messages, sameDay) > messagesPerDay) found.push('twiceADay');
  const sameWeek = (one: Message): boolean => one.ms > last.ms - 7 * DAY_MS;
  if (countBack(messages, sameWeek) > messagesPerWeek) found.push('tooManyAWeek');
  if (owedFen(customer, last.step.at, day) <= 0) found.push('nothingOwed');
  return found;
}

/** Days are written once each: a book has few. */
const days = new Map<number, string>();
function dayOf(wallMs: number): string {
  const number = Math.floor(wallMs / DAY_MS);
  const known = days.get(number) ?? new Date(number * DAY_MS).toISOString().slice(0, 10);
  days.set(number, known);
  return known;
}

const isStatutory = ({ stepKey }: SimStep, { ladders }: LadderPolicy): boolean =>
  Object.values(ladders)
    .flat()
    .some(({ key, statutory }) => key === stepKey && statutory);

/** How many of the latest messages, the last one included, are so; back to the first that is not. */
function countBack(messages: readonly Message[], isSo: (one: Message) => boolean): number {
  let count = 0;
  for (let nth = messages.length - 1; nth >= 0; nth -= 1) {
    const one = messages[nth];
    if (one === undefined || !isSo(one)) break;
    count += 1;
  }
  return count;
}

/** Billed less received by an instant: with nothing left, law 2 is broken by any message. */
function owedFen({ bills, payments }: BookCustomer, at: string, day: string): number {
  let fen = 0;
  for (const bill of bills) if (bill.issuedOn <= day) fen += bill.amountFen;
  for (const payment of payments) if (payment.receivedAt <= at) fen -= payment.amountFen;
  return fen;
}

const noticedBefore = (steps: readonly SimStep[], demand: SimStep): boolean =>
  demand.billNos.every((billNo) =>
    steps.some(
      ({ at, kind, billNos }) =>
        kind === 'billNotice' && billNos.includes(billNo) && at < demand.at,
    ),
  );

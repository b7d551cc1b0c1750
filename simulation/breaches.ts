import { epochMs } from '../domain/time';
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

/**
 * The breaches in one customer's run; there must be none. Found by arithmetic of its own, on purpose: neither the window, nor the ladder, nor the
 * allocation of domain/ is asked, because they decided what is checked here.
 */
export function breachesOf(run: CustomerRun, customer: BookCustomer, under: Under): Breach[] {
  const messages = run.steps.filter(({ channels }) => channels.length > 0);
  const found = (step: SimStep, what: Breach['what'], broken: boolean): Breach[] =>
    broken ? [{ customerNo: run.customerNo, at: step.at, what }] : [];
  return [
    ...messages.flatMap((step, nth) => [
      ...found(step, 'hour', outOfHours(step, under)),
      ...found(step, 'holiday', onHoliday(step, under)),
      ...found(
        step,
        'twiceADay',
        sameDay(messages, nth) > under.rules.policy.limits.messagesPerDay,
      ),
      ...found(
        step,
        'tooManyAWeek',
        sameWeek(messages, nth) > under.rules.policy.limits.messagesPerWeek,
      ),
      ...found(step, 'nothingOwed', owedFen(customer, step.at) <= 0),
    ]),
    ...run.steps.flatMap((step) =>
      found(step, 'beforeNotice', step.kind === 'demand' && !noticedBefore(run.steps, step)),
    ),
  ];
}

/** The wall clock of Shanghai, as milliseconds that UTC's methods can read. */
const wallMs = (step: SimStep): number => epochMs(step.at) + 8 * HOUR_MS;
const dayOf = (step: SimStep): number => Math.floor(wallMs(step) / DAY_MS);

function outOfHours(step: SimStep, { rules }: Under): boolean {
  const { windowFromMinute, windowToMinute } = rules.policy.limits;
  const minute = (wallMs(step) % DAY_MS) / 60_000;
  return minute < windowFromMinute || minute >= windowToMinute;
}

function onHoliday(step: SimStep, { rules }: Under): boolean {
  const { policy, calendar } = rules;
  const rungs = Object.values(policy.ladders).flat();
  if (rungs.some(({ key, statutory }) => key === step.stepKey && statutory)) return false;
  const date = new Date(wallMs(step)).toISOString().slice(0, 10);
  return calendar.isHoliday(date as Parameters<typeof calendar.isHoliday>[0]);
}

/** How many there are of the day, or of the 7 × 24 hours, that end with this one. */
const sameDay = (messages: readonly SimStep[], nth: number): number =>
  countBack(messages, nth, (one, last) => dayOf(one) === dayOf(last));
const sameWeek = (messages: readonly SimStep[], nth: number): number =>
  countBack(messages, nth, (one, last) => epochMs(one.at) > epochMs(last.at) - 7 * DAY_MS);

function countBack(
  messages: readonly SimStep[],
  nth: number,
  counts: (one: SimStep, last: SimStep) => boolean,
): number {
  const upTo = messages.slice(Math.max(0, nth - 20), nth + 1);
  const last = upTo.at(-1);
  return last === undefined ? 0 : upTo.filter((one) => counts(one, last)).length;
}

/** Billed less received by an instant: with nothing left, law 2 is broken by any message. */
function owedFen({ bills, payments }: BookCustomer, at: string): number {
  const day = new Date(Date.parse(at) + 8 * HOUR_MS).toISOString().slice(0, 10);
  const billed = bills.reduce((sum, bill) => sum + (bill.issuedOn <= day ? bill.amountFen : 0), 0);
  const paid = payments.reduce((sum, one) => sum + (one.receivedAt <= at ? one.amountFen : 0), 0);
  return billed - paid;
}

const noticedBefore = (steps: readonly SimStep[], demand: SimStep): boolean =>
  demand.billNos.every((billNo) =>
    steps.some(
      ({ at, kind, billNos }) =>
        kind === 'billNotice' && billNos.includes(billNo) && at < demand.at,
    ),
  );

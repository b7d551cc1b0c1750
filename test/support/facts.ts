import ladderV1 from '../../db/policies/tabei-v1.json';
import type { Payment } from '../../domain/allocation';
import { calendarOf } from '../../domain/calendar';
import type { BillFact, Facts, Order, PromiseFact, StillnessFact } from '../../domain/facts';
import { toFen } from '../../domain/fen';
import type { Event } from '../../domain/fold';
import type { Rules } from '../../domain/plan';
import type { LadderPolicy } from '../../domain/policy';
import { instantAt, plusDays, toDate, toPeriod, type Instant } from '../../domain/time';

/** The due date D of every bill that does not say otherwise: a Friday, with no holiday near. */
export const D = toDate('2026-03-20');

/** `minute` minutes after midnight of D + `days`, in Shanghai; 09:00 when it does not matter. */
export const on = (days: number, minute = 9 * 60): Instant => instantAt(plusDays(D, days), minute);

type BillGiven = Partial<Omit<BillFact, 'issuedOn' | 'dueOn' | 'amountFen' | 'period'>> &
  Readonly<{ issued?: number; due?: number; fen?: number; period?: string }>;

/** A bill of ¥100, issued at D − 18 and due at D; days are counted from D. */
export const someBill = ({ issued = -18, due = 0, fen, period, ...given }: BillGiven = {}) =>
  ({
    billNo: 'b1',
    level: 3,
    closedAs: null,
    issuedOn: plusDays(D, issued),
    dueOn: plusDays(D, due),
    amountFen: toFen(fen ?? 10_000),
    period: toPeriod(period ?? '2026-02'),
    ...given,
  }) satisfies BillFact;

/** A resident at level Ⅲ who can be reached, with one bill and nothing done yet. A bill takes the level of the facts. */
export function someFacts({ bills, ...given }: Partial<Facts> = {}): Facts {
  const level = given.level ?? 3;
  return {
    customerNo: '1000000001',
    category: 'residential',
    level,
    period: toPeriod('2026-02'),
    openedAt: on(-18, 0),
    outcome: null,
    bills: bills ?? [someBill({ level })],
    payments: [],
    steps: [],
    messagesAt: [],
    undelivered: [],
    reachable: ['sms', 'email'],
    stillnesses: [],
    promises: [],
    tasks: [],
    orders: [],
    waivers: [],
    device: { caseOpen: false, restUntil: null, prepaid: false },
    ...given,
  };
}

/** The shipped ladder. */
export const policyV1 = (given: Partial<LadderPolicy> = {}): LadderPolicy => ({
  ...(ladderV1.body as unknown as Omit<LadderPolicy, 'id'>),
  id: ladderV1.id,
  ...given,
});

/** The shipped ladder with these days off. */
export const rulesV1 = (holidays: readonly string[] = []): Rules => ({
  policy: policyV1(),
  calendar: holidaysOn(holidays),
});

const holidaysOn = (days: readonly string[]): Rules['calendar'] =>
  calendarOf(days.map((date) => ({ date: toDate(date), kind: 'holiday', name: '假日' })));

/** The first to seventh of October 2026. */
export const NATIONAL_DAY = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`);

export type { Event };

export const pays = (at: Instant, fen: number): Event => {
  const payment: Payment = { receivedAt: at, amountFen: toFen(fen) };
  return { at, change: (facts) => ({ ...facts, payments: [...facts.payments, payment] }) };
};

/** A hold or a dispute becomes known at `at`; from then unless it is backdated, until further notice unless it has an end. */
export const held = (at: Instant, given: Partial<StillnessFact> = {}): Event => {
  const still: StillnessFact = { billNo: null, from: at, until: null, ...given };
  return { at, change: (facts) => ({ ...facts, stillnesses: [...facts.stillnesses, still] }) };
};

/** Every hold that has no end yet, or a later one, ends now. */
export const released = (at: Instant): Event => ({
  at,
  change: (facts) => ({
    ...facts,
    stillnesses: facts.stillnesses.map((still) => ({
      ...still,
      until: still.until === null || still.until > at ? at : still.until,
    })),
  }),
});

export const promises = (at: Instant, day: number): Event => {
  const promise: PromiseFact = {
    id: `p${day}`,
    madeAt: at,
    promisedOn: plusDays(D, day),
    kept: null,
  };
  return { at, change: (facts) => ({ ...facts, promises: [...facts.promises, promise] }) };
};

export const ordered = (at: Instant, given: Partial<Order>): Event => ({
  at,
  change: (facts) => ({
    ...facts,
    orders: [...facts.orders, { toLevel: null, toStep: null, at, ...given }],
  }),
});

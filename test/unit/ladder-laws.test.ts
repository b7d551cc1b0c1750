import fc from 'fast-check';
import type { Facts, StillnessFact } from '../../domain/facts';
import { standsStill } from '../../domain/holds';
import { stillnessOf } from '../../domain/rungs';
import { nextStep } from '../../domain/ladder';
import type { Category, Level } from '../../domain/policy';
import { dateOf, daysBetween, epochMs, instantAt, minuteOfDay, plusDays } from '../../domain/time';
import {
  NATIONAL_DAY,
  on,
  pays,
  held,
  ordered,
  promises,
  rulesV1,
  someBill,
  someFacts,
  type Event,
} from '../support/facts';
import { contacts, doneAt, fold, type Run } from '../support/fold';

/** Holidays in the middle of what the folds below look at. */
const holidays = [...NATIONAL_DAY, '2026-03-23', '2026-04-04', '2026-04-05', '2026-04-06'];
const rules = rulesV1(holidays);

const levels = fc.constantFrom<Level>(1, 2, 3);
const instants = fc
  .tuple(fc.integer({ min: -30, max: 60 }), fc.integer({ min: 0, max: 1439 }))
  .map(([day, minute]) => on(day, minute));

const billSets = fc
  .array(
    fc.record({
      level: levels,
      due: fc.integer({ min: -60, max: 40 }),
      notice: fc.integer({ min: 0, max: 30 }),
      fen: fc.integer({ min: -20_000, max: 50_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((given) =>
    given.map(({ level, due, notice, fen }, index) =>
      someBill({ billNo: `b${index}`, level, due, issued: Math.min(due - notice, 0), fen }),
    ),
  );

const holds = fc
  .record({
    billNo: fc.constantFrom(null, 'b0', 'b1'),
    from: instants,
    hours: fc.option(fc.integer({ min: 1, max: 500 })),
  })
  .map(({ billNo, from, hours }): StillnessFact => {
    const until = hours === null ? null : instantAt(dateOf(from), minuteOfDay(from) + hours * 60);
    return { billNo, from, until };
  });

const events = fc.array(
  fc.oneof(
    fc.tuple(instants, fc.integer({ min: 0, max: 30_000 })).map(([at, fen]) => pays(at, fen)),
    fc
      .tuple(instants, holds)
      .map(([at, hold]) => held(at, { ...hold, from: at < hold.from ? hold.from : at })),
    fc.tuple(instants, levels).map(([at, toLevel]) => ordered(at, { toLevel })),
    fc
      .tuple(instants, fc.constantFrom('demand', 'review', 'call', 'overdue-1'))
      .map(([at, toStep]) => ordered(at, { toStep })),
  ),
  { maxLength: 5 },
);

const customers = fc.record({
  bills: billSets,
  level: levels,
  category: fc.constantFrom<Category>('residential', 'commercial', 'government'),
  reachable: fc.constantFrom<Facts['reachable']>(['sms', 'email'], ['email'], []),
});

const START = on(0, 480);
/** Long enough for every ladder to run out, however it is moved: bills to D+40, holds of 3 × 21 days, the review 30 days after. */
const END = on(240);
const run = (given: Partial<Facts>, happens: readonly Event[] = [], from = START): Run =>
  fold(someFacts(given), { from, to: END, events: happens, rules });

const happening = (law: (ran: Run) => void): void => {
  fc.assert(
    fc.property(customers, events, (customer, happens) => {
      law(run(customer, happens));
    }),
  );
};

describe('whatever happens', () => {
  it('the ladder ends: closed, or quiet until a person or a payment', () => {
    happening(({ last, taken }) => {
      expect(last.do === 'close' || (last.do === 'wait' && last.at === null)).toBe(true);
      expect(taken.length).toBeLessThan(60);
    });
  });

  it('no rung of a bill is taken, merged or expired twice', () => {
    happening((ran) => {
      const keys = ran.facts.steps.map(({ billNo, stepKey }) => `${billNo}/${stepKey}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('a demand never comes before the bill notice, a review never before a demand', () => {
    happening(({ facts }) => {
      for (const { billNo } of facts.bills) {
        const at = (key: string) =>
          facts.steps.find((step) => step.billNo === billNo && step.stepKey === key)?.at;
        for (const [first, then] of [
          ['bill-notice', 'demand'],
          ['demand', 'review'],
        ] as const) {
          const [before, after] = [at(first), at(then)];
          if (after === undefined) continue;
          expect(before).toBeDefined();
          expect(daysBetween(dateOf(before ?? after), dateOf(after))).toBeGreaterThanOrEqual(1);
        }
      }
    });
  });

  it('two contacts about one bill are at least the shortest gap apart', () => {
    happening((ran) => {
      for (const { billNo } of ran.facts.bills) {
        const days = contacts(ran)
          .filter(({ billNos, merged }) =>
            [...billNos, ...merged.map((r) => r.billNo)].includes(billNo),
          )
          .map(({ takenAt }) => dateOf(takenAt));
        expect(new Set(days).size).toBe(days.length);
      }
    });
  });

  it('no message leaves outside of the window, on a holiday, or beyond the caps', () => {
    happening((ran) => {
      const sent = contacts(ran).filter(({ channels }) => channels.length > 0);
      const { limits } = rules.policy;
      for (const { takenAt, kind } of sent) {
        expect(minuteOfDay(takenAt)).toBeGreaterThanOrEqual(limits.windowFromMinute);
        expect(minuteOfDay(takenAt)).toBeLessThan(limits.windowToMinute);
        if (kind !== 'demand') expect(holidays).not.toContain(dateOf(takenAt));
      }
      const ms = ran.facts.messagesAt.map(epochMs);
      expect(new Set(ran.facts.messagesAt.map(dateOf)).size).toBe(ms.length);
      for (const from of ms) {
        expect(
          ms.filter((at) => at >= from && at < from + 7 * 86_400_000).length,
        ).toBeLessThanOrEqual(3);
      }
    });
  });

  it('no step is taken during a hold', () => {
    happening((ran) => {
      for (const { takenAt, billNos, merged } of contacts(ran)) {
        for (const billNo of [...billNos, ...merged.map((rung) => rung.billNo)]) {
          const still = stillnessOf(ran.facts, billNo, on(-200));
          expect(standsStill(takenAt, still)).toBe(false);
        }
      }
    });
  });

  it('a step that is put off or moved is never taken before the policy planned it, but by an order', () => {
    fc.assert(
      fc.property(customers, fc.array(holds, { maxLength: 3 }), (customer, stillnesses) => {
        for (const { takenAt, plannedAt } of contacts(run({ ...customer, stillnesses }))) {
          expect(takenAt >= plannedAt).toBe(true);
        }
      }),
    );
  });
});

describe('changes that must not matter, or only one way', () => {
  const oneBill = fc.record({
    level: levels,
    issued: fc.integer({ min: -28, max: 0 }),
    reachable: fc.constantFrom<Facts['reachable']>(['sms'], []),
  });
  const factsOf = ({
    level,
    issued,
    reachable,
  }: {
    level: Level;
    issued: number;
    reachable: Facts['reachable'];
  }) => ({
    level,
    reachable,
    bills: [someBill({ level, issued })],
  });

  it('one more hold makes no step earlier', () => {
    fc.assert(
      fc.property(oneBill, fc.array(holds, { maxLength: 2 }), holds, (given, before, added) => {
        const from = on(given.issued, 0);
        const without = doneAt(run({ ...factsOf(given), stillnesses: before }, [], from));
        const within = doneAt(
          run({ ...factsOf(given), stillnesses: [...before, added] }, [], from),
        );
        for (const [key, at] of Object.entries(within)) {
          const was = without[key];
          if (was !== undefined) expect(at >= was).toBe(true);
        }
      }),
    );
  });

  it('what settles everything closes the month at once', () => {
    fc.assert(
      fc.property(customers, instants, (customer, at) => {
        const from = at < START ? START : at;
        const owed = customer.bills.reduce((sum, bill) => sum + Math.max(0, bill.amountFen), 0);
        const ran = run(customer, [pays(from, owed)]);
        expect(ran.last).toMatchObject({ do: 'close', outcome: 'paid' });
        expect(ran.taken.at(-1)?.at).toBe(ran.taken.find(({ plan }) => plan.do === 'close')?.at);
        expect(ran.taken.every((step) => step.at <= from)).toBe(true);
      }),
    );
  });

  it('the order of bills, payments, steps and holds says nothing', () => {
    fc.assert(
      fc.property(customers, events, fc.integer({ min: 0, max: 90 }), (customer, happens, day) => {
        const facts = fold(someFacts(customer), {
          from: START,
          to: on(day),
          events: happens,
          rules,
        }).facts;
        const turned: Facts = {
          ...facts,
          bills: [...facts.bills].reverse(),
          payments: [...facts.payments].reverse(),
          steps: [...facts.steps].reverse(),
          stillnesses: [...facts.stillnesses].reverse(),
          orders: [...facts.orders].reverse(),
          messagesAt: [...facts.messagesAt].reverse(),
        };
        expect(nextStep(turned, rules, on(day))).toEqual(nextStep(facts, rules, on(day)));
      }),
    );
  });

  it('a promise that is broken delays every step by no less than it lasted', () => {
    fc.assert(
      fc.property(oneBill, fc.integer({ min: 1, max: 20 }), fc.nat(14), (given, day, days) => {
        const from = on(given.issued, 0);
        const without = doneAt(run(factsOf(given), [], from));
        const within = doneAt(run(factsOf(given), [promises(on(day, 0), day + days)], from));
        for (const [key, at] of Object.entries(within)) {
          const was = without[key];
          if (was === undefined || was < on(day, 0)) continue;
          expect(daysBetween(dateOf(was), dateOf(at))).toBeGreaterThanOrEqual(days);
        }
      }),
    );
  });

  it('an hour earlier, the plan is for the same instant or an earlier one', () => {
    fc.assert(
      fc.property(customers, instants, (customer, at) => {
        const facts = someFacts(customer);
        const [now, before] = [at, instantAt(plusDays(dateOf(at), 0), minuteOfDay(at) - 60)];
        const [later, earlier] = [nextStep(facts, rules, now), nextStep(facts, rules, before)];
        // The end is found when it is looked for: a credit of today ends the month today.
        if (later.at === null || earlier.at === null || later.do === 'close') return;
        expect(earlier.at <= later.at).toBe(true);
      }),
    );
  });
});

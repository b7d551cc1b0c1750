import fc from 'fast-check';
import type { Facts } from '../../domain/facts';
import { fold } from '../../domain/fold';
import { forecast } from '../../domain/forecast';
import { look, nextStep } from '../../domain/ladder';
import type { Plan } from '../../domain/plan';
import type { Level } from '../../domain/policy';
import { daysLater, instantAt, plusDays } from '../../domain/time';
import { D, on, pays, rulesV1, someBill, someFacts } from '../support/facts';

const rules = rulesV1(['2026-03-23', '2026-04-06']);
const customers = fc
  .record({
    bills: fc.array(
      fc.record({
        level: fc.constantFrom<Level>(1, 2, 3),
        due: fc.integer({ min: -60, max: 40 }),
        notice: fc.integer({ min: 0, max: 30 }),
        fen: fc.integer({ min: 1, max: 50_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    level: fc.constantFrom<Level>(1, 2, 3),
    category: fc.constantFrom<Facts['category']>('residential', 'government'),
    held: fc.option(
      fc.tuple(
        fc.integer({ min: -20, max: 30 }),
        fc.option(fc.integer({ min: 1, max: 40 }), { freq: 2 }),
      ),
      { freq: 1 },
    ),
    ordered: fc.option(
      fc.tuple(
        fc.constantFrom<Level | null>(1, 2, null),
        fc.constantFrom('demand', 'review', null),
        fc.integer({ min: -5, max: 30 }),
      ),
      { freq: 1 },
    ),
  })
  .map(({ bills, level, category, held, ordered }) =>
    someFacts({
      ...{ level, category },
      stillnesses:
        held === null
          ? []
          : [
              {
                billNo: null,
                from: on(held[0]),
                until: held[1] === null ? null : on(held[0] + held[1]),
              },
            ],
      orders:
        ordered === null ? [] : [{ toLevel: ordered[0], toStep: ordered[1], at: on(ordered[2]) }],
      bills: bills.map(({ due, notice, ...bill }, nth) =>
        someBill({ ...bill, billNo: `b${nth}`, due, issued: Math.min(due - notice, 0) }),
      ),
    }),
  );
const payments = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 30_000 })),
  { maxLength: 3 },
);
const START = on(0, 480);

/** The same facts in lists of their own, of which nothing was kept. */
const unknown = (facts: Facts): Facts => structuredClone(facts);

it('what was kept of earlier looks changes no plan', () => {
  fc.assert(
    fc.property(customers, payments, (facts, paid) => {
      const events = paid.map(([day, fen]) => pays(on(day, 700), fen));
      const taken = [...fold(facts, rules, { from: START, to: on(120), events })];
      for (const { at, before } of taken) {
        for (const days of [0, 1, 20]) {
          const asOf = days === 0 ? at : instantAt(plusDays(D, days), 600);
          if (asOf < at) continue;
          expect(nextStep(before, rules, asOf)).toEqual(nextStep(unknown(before), rules, asOf));
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('a plan that stands is found again at its instant', () => {
  let standing = 0;
  fc.assert(
    fc.property(customers, payments, (facts, paid) => {
      const events = paid.map(([day, fen]) => pays(on(day, 700), fen));
      for (const { at, before } of fold(facts, rules, { from: START, to: on(120), events })) {
        // A week before and a day after it was taken: each plan is looked at from several days.
        for (const days of [-7, -2, 0, 1]) {
          const { plan, stands } = look(unknown(before), rules, daysLater(at, days));
          if (!stands || plan.at === null) continue;
          standing += 1;
          const again = nextStep(unknown(before), rules, plan.at);
          expect(unhindered(again)).toEqual(unhindered(plan));
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(standing).toBeGreaterThan(1_000);
});

/** Without what put it off, which is known from the look before. */
const unhindered = (plan: Plan): Plan => (plan.do === 'contact' ? { ...plan, because: [] } : plan);

it('what is told to come is what comes, when nothing changes', () => {
  fc.assert(
    fc.property(customers, (facts) => {
      const told = forecast(facts, rules, START, 30).filter(({ do: what }) => what !== 'wait');
      const comes = [...fold(unknown(facts), rules, { from: START, to: null })];
      expect(told).toEqual(comes.slice(0, 30).map(({ plan }) => plan));
    }),
    { numRuns: 60 },
  );
});

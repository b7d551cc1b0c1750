import fc from 'fast-check';
import type { Facts } from '../../domain/facts';
import { fold } from '../../domain/fold';
import { forecast } from '../../domain/forecast';
import { nextStep } from '../../domain/ladder';
import type { Level } from '../../domain/policy';
import { instantAt, plusDays } from '../../domain/time';
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
    held: fc.boolean(),
  })
  .map(({ bills, level, category, held }) =>
    someFacts({
      ...{ level, category },
      stillnesses: held ? [{ billNo: null, from: on(2), until: on(9) }] : [],
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

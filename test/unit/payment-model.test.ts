import { join } from 'node:path';
import costsV1 from '../../db/policies/costs-v1.json';
import example from '../../samples/response-model.json';
import { shippedHolidays } from '../../db/shipped-holidays';
import { shareOf } from '../../domain/hash';
import { toDate } from '../../domain/time';
import type { BookCustomer } from '../../simulation/book';
import type { PaymentModel } from '../../domain/assumptions';
import { readBook } from '../../simulation/read-book';
import type { CustomerRun } from '../../simulation/run';
import { simulateBook } from '../../simulation/simulate';
import { summariseInThreads } from '../../simulation/threads';
import { policyV1 } from '../support/facts';
import { gradingV1 } from '../support/grades';
import { billOf, lines, months, paidOn, someCustomer, underV1 } from '../support/sim-book';

const span = { from: toDate('2026-05-01'), to: toDate('2026-07-31') };
const bills = [billOf('2026-05', 100), billOf('2026-06', 100)];
const people = Array.from({ length: 200 }, (_, nth) =>
  someCustomer({ customerNo: `C${nth}`, bills }),
);
const model = (given: Partial<PaymentModel> = {}): PaymentModel => ({
  ...{ name: 'test', seed: 1, limits: 'made up', after: [] },
  ...given,
});
const noticed = (chance: number): PaymentModel =>
  model({ after: [{ step: 'billNotice', levels: [1, 2, 3], chance, withinDays: 10 }] });
const runs = (book: readonly BookCustomer[], of?: PaymentModel): CustomerRun[] => [
  ...simulateBook(book, underV1(), { ...span, model: of }),
];
const firstPaid = (run: CustomerRun | undefined): number =>
  Date.parse(run?.payments[0]?.receivedAt ?? '9999-01-01T00:00:00.000Z');

describe('under a model of who pays', () => {
  it('the same seed gives the same payments, and another one others', () => {
    const half = noticed(0.5);
    expect(runs(people, half)).toEqual(runs(people, half));
    expect(runs(people, { ...half, seed: 2 })).not.toEqual(runs(people, half));
  });

  it('a higher chance makes each pay as soon or sooner, and more of them pay', () => {
    const [low, high] = [runs(people, noticed(0.3)), runs(people, noticed(0.6))];
    for (const [nth, run] of low.entries())
      expect(firstPaid(high[nth])).toBeLessThanOrEqual(firstPaid(run));
    const paying = (all: readonly CustomerRun[]) =>
      all.filter(({ payments }) => payments.length > 0).length;
    expect(paying(low)).toBeGreaterThan(60);
    expect(paying(high)).toBeGreaterThan(paying(low) + 20);
  });

  it('of those who would pay after a notice, so many do as its chance says, within its days', () => {
    const paid = runs(people, noticed(0.4)).filter(({ steps, payments: [first] }) => {
      const notice = steps.find(({ kind }) => kind === 'billNotice');
      const days =
        (Date.parse(first?.receivedAt ?? '') - Date.parse(notice?.at ?? '')) / 86_400_000;
      return days > 0 && days <= 10.001;
    });
    expect(paid.length).toBeGreaterThan(60);
    expect(paid.length).toBeLessThan(100);
  });

  it('who pays pays all that is owed then, once, and the month ends', () => {
    const [run] = runs([someCustomer({ bills })], noticed(1));
    expect(run?.payments.map(({ amountFen }) => amountFen)).toEqual([10_000, 10_000]);
    expect(run === undefined ? [] : months(run)).toEqual(['2026-05 2 paid', '2026-06 2 paid']);
  });

  it('what was recorded from the first day on does not happen, and what was before it does', () => {
    const payments = [paidOn('2026-04-20', 30), paidOn('2026-05-10', 70)];
    const [run] = runs([someCustomer({ bills, payments })], model());
    expect(run?.payments).toEqual(payments.slice(0, 1));
  });

  it('without a chance nobody pays; by himself he may, whatever is done', () => {
    expect(runs(people, model()).flatMap(({ payments }) => payments)).toEqual([]);
    const base = { chance: 1, withinDays: 5 };
    expect(runs(people, model({ base })).every(({ payments }) => payments.length === 2)).toBe(true);
  });

  it('as recorded, the runs are those of a book without a model', () => {
    const payments = [paidOn('2026-05-10', 100)];
    const [run] = runs([someCustomer({ bills, payments })]);
    expect(run?.payments).toEqual(payments);
    expect(run === undefined ? [] : lines(run).slice(0, 1)).toEqual([
      '05-01 09 bill-notice sms+email',
    ]);
  });

  it('the summary is the same in one piece and dealt out to threads, and tells whose word it is', async () => {
    const { customers } = await readBook(join(__dirname, '..', '..', 'samples'));
    const rules = { policy: policyV1(), grading: gradingV1, holidays: shippedHolidays() };
    const asked = {
      ...{ from: toDate('2005-07-01'), to: toDate('2005-08-31') },
      costs: { id: costsV1.id, ...costsV1.body },
      model: example as PaymentModel,
    };
    const some = customers.slice(0, 60);
    const whole = await summariseInThreads(some, rules, asked, 0);
    expect(whole).toMatchObject({ model: { name: 'example', seed: 1 }, breaches: [] });
    expect(whole.payment.paid).toBeGreaterThan(0);
    expect(await summariseInThreads(some, rules, asked, 3)).toEqual(whole);
  });
});

it('a share drawn by a hash is spread evenly from 0 up to 1', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let nth = 0; nth < 10_000; nth += 1) {
    const at = Math.floor(shareOf(`draw ${nth}`) * 10);
    tenths[at] = (tenths[at] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

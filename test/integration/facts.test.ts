import { Client } from 'pg';
import { inTransaction } from '../../db/client';
import { loadAccounts, lockAccount } from '../../db/facts';
import { gradeBook, type GradedCustomer } from '../../db/grading';
import { recoveryByStation } from '../../db/recovery-as-of';
import { openRuleBook } from '../../db/rules';
import { toFen } from '../../domain/fen';
import { gradeFacts } from '../../domain/grade-facts';
import { grade } from '../../domain/grading';
import { dateOf, periodOf, type Instant } from '../../domain/time';
import { on } from '../support/facts';
import * as support from '../support/world';

const { addBill, addCustomer, openMonth } = support;

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

let paid = 0;
/** `recorded`: milliseconds from when the cycle was opened by the machine's clock; now when absent. */
async function pays(
  customerNo: string,
  fen: number,
  receivedAt: Instant,
  recorded?: number,
): Promise<void> {
  paid += 1;
  const payment = { paymentRef: `P${paid}`, customerNo, givenCustomerNo: customerNo };
  const more = { amountFen: BigInt(fen), receivedAt, channel: 'counter' };
  await world.db.payment.create({ data: { ...payment, ...more } });
  if (recorded === undefined) return;
  await world.db.$executeRaw`
    update payment p set recorded_at = cy.recorded_at + ${recorded} * interval '1 millisecond'
    from cycle cy where cy.customer_no = p.customer_no and p.payment_ref = ${payment.paymentRef}`;
}

describe('a payment is seen', () => {
  const asOf = on(1);
  const seen = async () => (await support.factsOf(world.db, 'wang', asOf)).payments;

  test('when it was received by then', async () => {
    await pays('wang', 1, on(1));
    await pays('wang', 2, on(1, 541));
    expect(await seen()).toEqual([{ amountFen: 1, receivedAt: on(1) }]);
  });

  test('not from the future of a month that was opened as of a past day', async () => {
    await openMonth(world.db, 'wang');
    await pays('wang', 1, on(5), -1);
    await pays('wang', 2, on(0), -1);
    expect(await seen()).toEqual([{ amountFen: 2, receivedAt: on(0) }]);
  });

  test('whatever its date, once it is recorded after the month was opened', async () => {
    await openMonth(world.db, 'wang');
    await pays('wang', 1, on(5), 1);
    await pays('wang', 2, on(-30), 1);
    expect(await seen()).toEqual(
      expect.arrayContaining([
        { amountFen: 1, receivedAt: asOf },
        { amountFen: 2, receivedAt: on(-30) },
      ]),
    );
  });

  test('of the customer only', async () => {
    await openMonth(world.db, 'wang');
    await pays('liu', 1, on(0));
    expect(await seen()).toEqual([]);
  });
});

test('a payment under way makes whoever would send wait, and is then seen (law 2)', async () => {
  await openMonth(world.db, 'wang');
  const payer = new Client({ connectionString: world.url });
  await payer.connect();
  const waiters = async () =>
    (
      await payer.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rowCount;
  await payer.query('begin');
  await payer.query(
    `insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
     values ('under-way', 'wang', 'wang', 10000, '${on(1)}', 'counter')`,
  );
  const now = { committed: false, answered: false };
  const locked = inTransaction(world.db, async (tx) => {
    const account = await lockAccount(tx, 'wang', support.MONTH, on(1));
    now.answered = true;
    return { committed: now.committed, payments: account?.facts.payments };
  });
  while (!now.answered && (await waiters()) === 0);
  // Another customer's is not waited for.
  await inTransaction(world.db, (tx) => lockAccount(tx, 'liu', support.MONTH, on(1)));
  now.committed = true;
  await payer.query('commit');
  await payer.end();
  expect(await locked).toEqual({
    committed: true,
    payments: [{ amountFen: 10_000, receivedAt: on(1) }],
  });
});

describe('the facts of a customer', () => {
  test('are none for a number that is not on the book', async () => {
    expect(await loadAccounts(world.db, ['nobody'], support.MONTH, on(0))).toEqual([]);
    const locked = inTransaction(world.db, (tx) => lockAccount(tx, 'nobody', support.MONTH, on(0)));
    expect(await locked).toBeNull();
  });

  test('hold the bills issued by then, each at the level of its own month', async () => {
    await openMonth(world.db, 'wang', { level: 1 });
    await addBill(world.db, 'wang', { billNo: 'b-old', due: -30, issued: -48, period: '2026-01' });
    await addBill(world.db, 'wang', { billNo: 'b-new', issued: 2, due: 20, period: '2026-03' });
    const before = (await support.factsOf(world.db, 'wang', on(1))).bills;
    expect(before.map(({ billNo }) => billNo).sort()).toEqual(['b-old', 'b-wang']);
    await world.db.$executeRaw`update cycle set outcome = 'paid', closed_at = now()`;
    await openMonth(world.db, 'wang', { period: '2026-03', level: 2 });
    const after = (await support.factsOf(world.db, 'wang', on(2))).bills;
    expect(Object.fromEntries(after.map(({ billNo, level }) => [billNo, level]))).toEqual({
      ...{ 'b-wang': 1, 'b-new': 2, 'b-old': 1 },
    });
  });
});

describe('the recovery rate of a book', () => {
  const sums = (all: number, got: number, prior: number, gotPrior: number) => ({
    ...{ receivableFen: all * 100, receivedFen: got * 100 },
    ...{ priorReceivableFen: prior * 100, priorReceivedFen: gotPrior * 100 },
  });

  test('is received of receivable by station, of this year and of what was open at new year', async () => {
    const { db } = world;
    await addBill(db, 'wang', { billNo: 'old', issued: -108, due: -90, fen: 5_000 });
    // 50 of it pay the old bill, 30 this year's.
    await pays('wang', 8_000, on(1));
    // After the day asked for.
    await pays('liu', 10_000, on(6));
    await addBill(db, 'liu', { billNo: 'future', issued: 6, due: 20 });
    // Nobody who has no bill counts.
    await addCustomer(db, 'zhao', { station: 'TB03' });
    await pays('zhao', 700, on(1));
    expect(await recoveryByStation(db, on(5))).toEqual([
      { station: 'TB01', ...sums(150, 80, 50, 50), ...rates(53.3, 30, 100) },
      { station: 'TB02', ...sums(100, 0, 0, 0), ...rates(0, 0, null) },
      { station: '*', ...sums(250, 80, 50, 50), ...rates(32, 15, 100) },
    ]);
  });

  test('is nothing of nothing', async () => {
    await support.empty(world.db);
    expect(await recoveryByStation(world.db, on(5))).toEqual([
      { station: '*', ...sums(0, 0, 0, 0), ...rates(null, null, null) },
    ]);
  });

  const rates = (cumulative: number | null, currentYear: number | null, prior: number | null) => ({
    ...{ cumulative, currentYear, priorYear: prior },
  });
});

describe('the grading of a book', () => {
  const asOf = on(40);
  async function graded(): Promise<GradedCustomer[]> {
    const policy = await openRuleBook(world.db).grading(dateOf(asOf));
    const all: GradedCustomer[] = [];
    for await (const page of gradeBook(world.db, policy, asOf)) all.push(...page);
    return all;
  }

  test('grades each customer as if alone', async () => {
    const { db } = world;
    for (const month of [1, 2, 3, 4, 5]) {
      const days = { issued: -18 - 30 * month, due: -30 * month };
      const period = `2025-1${month % 3}`;
      await addBill(db, 'liu', { billNo: `l${month}`, ...days, fen: 9_000 * month, period });
      await addBill(db, 'wang', { billNo: `w${month}`, ...days, period });
      await pays('wang', 10_000, on(-30 * month));
    }
    await addCustomer(db, 'zhao', { category: 'industrial' });
    const policy = await openRuleBook(db).grading(dateOf(asOf));
    const alone = async (customerNo: string) => {
      const [account] = await loadAccounts(db, [customerNo], periodOf(dateOf(asOf)), asOf);
      if (account === undefined) throw new Error(customerNo);
      const { facts, customer, lastGrade } = account;
      const onFile = { ...customer, depositFen: toFen(customer.depositFen) };
      const drawn = gradeFacts(facts, onFile, lastGrade?.level ?? null, asOf);
      return { customerNo, ...grade(drawn, policy), source: 'graded' };
    };
    const all = await graded();
    expect(all).toEqual([await alone('liu'), await alone('wang'), await alone('zhao')]);
    // liu never paid.
    expect(all[0]?.level).toBeLessThan(all[1]?.level ?? 0);
  });

  test('grades everybody once, however many there are', async () => {
    await world.db.$executeRaw`
      insert into customer (customer_no, name, station, category, language)
      select 'n' || n, 'n', 'TB01', 'residential', 'en' from generate_series(1, 4001) n`;
    const numbers = (await graded()).map(({ customerNo }) => customerNo);
    expect([numbers.length, new Set(numbers).size]).toEqual([4_003, 4_003]);
  });
});

import { readBalances } from '../../db/balances';
import { openCycles } from '../../db/cycles';
import { loadAccounts } from '../../db/facts';
import { recordPayment } from '../../db/payments';
import { toFen } from '../../domain/fen';
import { nextStep } from '../../domain/ladder';
import type { Plan } from '../../domain/plan';
import { instantOf, plusMs, toPeriod } from '../../domain/time';
import { campaignId, cycleId } from '../../domain/run-ids';
import { startCycleBy } from '../../worker/starts';
import { plan as planQuery } from '../../workflows/contract';
import { crowd, takenBy, type Crowd } from '../support/crowd';
import { giveUpSooner } from '../support/dead-worker';
import { checkLaws, type Verdicts } from '../support/laws';
import { startProxy, type Proxy } from '../support/proxy';
import { at, scenario } from '../support/scenario';
import { seeded } from '../support/seeded';
import { startStation, type Station } from '../support/station';
import { forwardTo } from '../../simulation/rehearsal/time-skipping';
import { until } from '../support/until';

/** What may break while a campaign runs, on the real server. Bills are of July 2026, due on the 20th. */
const JULY = toPeriod('2026-07');
const OPENED = at('2026-07-01', 10);
let world: Station;
let postgres: Proxy;
beforeAll(async () => {
  world = await startStation(async (url) => {
    postgres = await startProxy();
    return postgres.via(url);
  });
}, 120_000);
afterAll(async () => {
  postgres.restore();
  await world.close();
  await postgres.close();
});

const runs = ({ customers }: Crowd): string[] =>
  customers.map(({ customerNo }) => cycleId(customerNo, JULY));

/** Opens the month without waiting for it; `now` is the station's clock meanwhile. */
function open({ station }: Crowd) {
  const offsetMs = Date.parse(OPENED) - Date.now();
  const opening = world.openCampaign(station, JULY, OPENED);
  // Whoever fails before it awaits this says so itself.
  opening.catch(() => undefined);
  return { opening, now: () => instantOf(Date.now() + offsetMs), offsetMs };
}

/** How many of a crowd's messages the providers have taken so far. */
function takenOf({ customers }: Crowd): number {
  const addresses = new Set(customers.flatMap(({ phone, email }) => [phone, email]));
  return takenBy(world.twilio, world.smtp).filter(({ address }) => addresses.has(address)).length;
}

const timesTaken = (address: string): number =>
  takenBy(world.twilio, world.smtp).filter((one) => one.address === address).length;

const pay = (customer: Crowd['customers'][number], receivedAt = OPENED) =>
  recordPayment(world.db, {
    paymentRef: `pays-${customer.customerNo}`,
    customerNo: customer.customerNo,
    amountFen: toFen(customer.owedFen),
    receivedAt,
    channel: 'counter',
  });

const cyclesOf = ({ station }: Crowd, where: object = {}) =>
  world.db.cycle.count({ where: { station, ...where } });

/** Nothing is under way any more: each open cycle has its first step, and each message an end. */
const untilQuiet = (people: Crowd) =>
  until('every first message has an end', async () => {
    const [row] = await world.db.$queryRaw<{ left: number }[]>`
      select ((select count(*) from cycle y where y.station = ${people.station} and y.outcome is null
          and not exists (select from step s where s.customer_no = y.customer_no and s.status = 'done'))
        + (select count(*) from message m join customer using (customer_no)
          where station = ${people.station} and m.status in ('sending', 'waiting'))
        + (select count(*) from campaign g where g.station = ${people.station} and finished_at is null))::int as left`;
    return row?.left === 0;
  });

/** What was under way at a kill is looked up a minute later by the run's own clock. */
async function passLookUps({ station }: Crowd): Promise<void> {
  const rows = await world.db.$queryRaw<{ customerNo: string }[]>`
    select distinct customer_no as "customerNo" from message join customer using (customer_no)
    where station = ${station} and status = 'sending'`;
  await forward(rows, Date.now() + 90_000);
}

const forward = (customers: readonly { customerNo: string }[], toMs: number) =>
  Promise.all(
    customers.map(({ customerNo }) =>
      forwardTo(world.connection, world.namespace, cycleId(customerNo, JULY), toMs),
    ),
  );

/** Runs of which an activity failed by itself, rather than ended with its worker. */
async function failedIn(people: Crowd): Promise<string[]> {
  const found = runs(people).map(async (id) => {
    const { events } = await world.client.workflow.getHandle(id).fetchHistory();
    const failures = events?.flatMap(
      ({ activityTaskStartedEventAttributes: started }) => started?.lastFailure ?? [],
    );
    return failures?.some(({ timeoutFailureInfo }) => !timeoutFailureInfo) === true ? [id] : [];
  });
  return (await Promise.all(found)).flat();
}

async function lawsOf(): Promise<Verdicts> {
  const balances = [];
  for await (const balance of readBalances(world.databaseUrl, null)) balances.push(balance);
  return checkLaws(world.db, { taken: takenBy(world.twilio, world.smtp), balances });
}

async function expectLaws(): Promise<Verdicts> {
  const verdicts = await lawsOf();
  expect(Object.values(verdicts).flatMap(({ broken }) => broken)).toEqual([]);
  return verdicts;
}

test('a worker killed twice in a campaign: every customer has one cycle and hears once', async () => {
  const people = await crowd(world.db, { station: 'KILLED', owing: 150, settled: 10 });
  const { opening } = open(people);
  const all = [campaignId(people.station, JULY), ...runs(people)];

  await until('cycles are opened', async () => (await cyclesOf(people)) > 0, { everyMs: 2 });
  await world.killWorker();
  const cut = await world.db.campaign.findFirstOrThrow({ where: { station: people.station } });
  expect(cut.finishedAt).toBeNull();
  await giveUpSooner(world, all);
  await world.startAgain();

  await until('messages go out', () => takenOf(people) >= 40, { everyMs: 2 });
  await world.killWorker();
  expect(takenOf(people)).toBeLessThan(300);
  expect(await giveUpSooner(world, all)).toBeGreaterThan(0);
  await world.startAgain();

  expect(await opening).toEqual({ seen: 160, opened: 150 });
  await passLookUps(people);
  await untilQuiet(people);
  const { law1, law5, law6 } = await expectLaws();
  expect(law1.checked).toBeGreaterThanOrEqual(900);
  expect(law5.checked).toBe(160);
  expect(law6.checked).toBeGreaterThanOrEqual(460);
  expect(await failedIn(people)).toEqual([]);
  const letters = await world.db.message.findMany({ where: { channel: 'email' } });
  const unknown = new Set(
    letters.filter(({ status }) => status === 'unknown').map(({ address }) => address),
  );
  for (const { phone, email } of people.customers) {
    expect([phone, timesTaken(phone)]).toEqual([phone, 1]);
    if (!unknown.has(email)) expect([email, timesTaken(email)]).toEqual([email, 1]);
    expect(timesTaken(email)).toBeLessThanOrEqual(1);
  }
});

test('who pays while the campaign sends is not written to after that, and the cycle ends', async () => {
  const people = await crowd(world.db, { station: 'PAYING', owing: 150 });
  const random = seeded(20260701);
  const payers = people.customers
    .map((customer) => ({ customer, dice: random(), after: Math.floor(random() * 170) }))
    .sort((a, b) => a.dice - b.dice)
    .slice(0, 60)
    .sort((a, b) => a.after - b.after);
  const { opening, now } = open(people);
  await until('cycles are opened', async () => (await cyclesOf(people)) > 0, { everyMs: 2 });
  const paid: Promise<unknown>[] = [];
  for (const { customer, after } of payers) {
    // The ninety who do not pay get two messages each.
    await until(`${after} messages`, () => takenOf(people) >= after, { everyMs: 2 });
    paid.push(pay(customer, now()));
  }
  await Promise.all(paid);
  expect(await opening).toEqual({ seen: 150, opened: 150 });
  await until('60 cycles paid', async () => (await cyclesOf(people, { outcome: 'paid' })) === 60);
  await untilQuiet(people);
  const { law2 } = await expectLaws();
  expect(law2.checked).toBeGreaterThan(0);
  expect(await failedIn(people)).toEqual([]);
});

test('Postgres goes away when a step is due: the step is done once when it is back', async () => {
  const gao = await scenario(world, 'cut', 3);
  await gao.billed('2026-07', 100);
  await gao.opens('2026-07');
  await gao.until('2026-07-16');
  postgres.cut();
  const stepping = gao.until('2026-07-18');
  const handle = world.client.workflow.getHandle(gao.workflowId());
  await until('the step has failed three times', async () => {
    const { raw } = await handle.describe();
    return (raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 0) > 3);
  });
  postgres.restore();
  await stepping;
  expect(await gao.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-17 pre-due-1: sms',
  ]);
  expect(timesTaken(gao.phone)).toBe(2);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await expectLaws();
});

test('Postgres comes back after the hour until which a customer may be written to: what was due goes out in the morning', async () => {
  const people = await crowd(world.db, { station: 'EVENING', owing: 1 });
  const [customer] = people.customers;
  if (customer === undefined) throw new Error('nobody there');
  const { customerNo, phone, email } = customer;
  const closing = at('2026-07-01', 20);
  const asOf = plusMs(closing, -5_000);
  const offsetMs = Date.parse(asOf) - Date.now();
  const opening = { station: 'EVENING', period: JULY, policyId: 'tabei-v1', at: asOf };
  await openCycles(world.db, [{ customerNo, level: 3 }], opening);
  const [account] = await loadAccounts(world.db, [customerNo], JULY, asOf);
  if (account === undefined) throw new Error('nobody there');
  const next = nextStep(account.facts, await world.book.rules('tabei-v1'), asOf);
  expect(next).toMatchObject({ do: 'contact', at: asOf });

  postgres.cut();
  await startCycleBy(world.client, world.taskQueue)(
    { customerNo, period: JULY, next, offsetMs },
    0,
  );
  const run = world.client.workflow.getHandle(cycleId(customerNo, JULY));
  await until('the step has failed', async () => {
    const { raw } = await run.describe();
    return (raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 0) > 1);
  });
  await until('the evening', () => Date.now() + offsetMs >= Date.parse(closing));
  postgres.restore();
  const morning = at('2026-07-02', 9);
  await until('it was looked at again', async () => {
    const { at: plannedAt } = await run.query<Plan>(planQuery.name);
    return plannedAt === morning;
  });
  expect([timesTaken(phone), timesTaken(email)]).toEqual([0, 0]);
  await forward(people.customers, Date.parse(morning) - offsetMs + 60_000);
  expect([timesTaken(phone), timesTaken(email)]).toEqual([1, 1]);
  await expectLaws();
});

test('a stalled SMS provider stops neither e-mail nor payments, and every text is taken once', async () => {
  const people = await crowd(world.db, { station: 'STALLED', owing: 40 });
  world.twilio.always('stall');
  // Taken, and the answer lost: to be found by look-up.
  people.customers
    .filter((_, n) => n % 10 === 0)
    .forEach(({ phone }) => world.twilio.plan(phone, 'dropTaken'));
  const { opening, now, offsetMs } = open(people);
  const { opened } = await opening;
  const startedAt = performance.now();
  expect(opened).toBe(40);
  await until('the letters are out', () =>
    people.customers.every(({ email }) => timesTaken(email) === 1),
  );
  // Before the first text is given up.
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  const texts = (status: string) =>
    world.db.message.findMany({
      where: { channel: 'sms', status, customerNo: { startsWith: 'STALLED' } },
    });
  await until('every text has an answer or none', async () =>
    (await texts('sending')).every(({ retryAt }) => retryAt !== null),
  );
  const waiting = await texts('waiting');
  expect([(await texts('sending')).length > 0, waiting.length > 1]).toEqual([true, true]);

  const [payer, ...others] = people.customers.filter(({ phone }) =>
    waiting.some(({ address }) => address === phone),
  );
  if (payer === undefined) throw new Error('no text waits');
  await pay(payer, now());
  await until('the cycle ends', async () => (await cyclesOf(people, { outcome: 'paid' })) === 1, {
    limitMs: 5_000,
  });
  // Tried again and again while the breaker is open, and not given up.
  await forward(others, Date.parse(OPENED) - offsetMs + 10 * 60_000);
  expect(await texts('undeliverable')).toEqual([]);

  world.twilio.always('accept');
  // A new one knows nothing of the breaker.
  await world.startAgain();
  await forward(people.customers, Date.parse(OPENED) - offsetMs + 120 * 60_000);
  await untilQuiet(people);
  await expectLaws();
  expect(await texts('unknown')).toEqual([]);
  expect(await failedIn(people)).toEqual([]);
  for (const { phone } of people.customers)
    expect([phone, timesTaken(phone)]).toEqual([phone, phone === payer.phone ? 0 : 1]);
});

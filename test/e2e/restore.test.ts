import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readBalances } from '../../db/balances';
import { cycleId } from '../../domain/run-ids';
import { toPeriod, type Instant } from '../../domain/time';
import { readRun } from '../../worker/histories';
import { monthOf } from '../chaos/month';
import { startStack, type Stack } from '../chaos/stack';
import { crowd, takenBy, type Crowd } from '../support/crowd';
import { checkLaws } from '../support/laws';
import { at } from '../support/scenario';
import { openSnapshots, type Snapshots } from '../support/snapshots';
import { forwardTo } from '../../simulation/rehearsal/time-skipping';
import { until } from '../support/until';

/** One of the two databases goes back to an earlier day. Bills are of July 2026, due on the 20th; the snapshots are of the 18th. */
const JULY = toPeriod('2026-07');
const OPENED = at('2026-07-01', 10);
const SAVED = at('2026-07-18', 12);
const LOST = at('2026-07-22', 12);
const ENGINE = ['temporal', 'temporal_visibility'] as const;
let stack: Stack;
let snapshots: Snapshots;
beforeAll(async () => {
  stack = await startStack(() => undefined);
  snapshots = await openSnapshots(stack.databaseUrl);
}, 180_000);
afterAll(async () => {
  await snapshots.close();
  await stack.close();
}, 60_000);

const month = (people: Crowd) => monthOf(stack, [people], OPENED);

type Said = Readonly<{ code: number; out: Record<string, unknown> }>;
async function doctor(...args: string[]): Promise<Said> {
  const program = join(__dirname, '..', '..', 'bin', 'tarim.mjs');
  const child = spawn(process.execPath, [program, 'doctor', '--json', ...args], {
    env: {
      ...process.env,
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      TEMPORAL_NAMESPACE: stack.namespace,
      TEMPORAL_TASK_QUEUE: 'tarim',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number]>;
  const [out, [code]] = await Promise.all([text(child.stdout), ended]);
  return { code, out: JSON.parse(out) as Record<string, unknown> };
}

/** What `doctor` says of months and their runs. */
async function monthsCheck(): Promise<{ ok: boolean; detail: string }> {
  const { out } = await doctor();
  const checks = out['checks'] as { name: string; ok: boolean; detail: string }[];
  const found = checks.find(({ name }) => name === 'months');
  if (found === undefined) throw new Error(`no check of months in ${JSON.stringify(checks)}`);
  return found;
}

const openOf = async ({ station }: Crowd): Promise<string[]> => {
  const rows = await stack.db.cycle.findMany({ where: { station, outcome: null } });
  return rows.map(({ customerNo }) => customerNo);
};

/** Lets each customer's month go on until an instant of the station's clock, by the clock that its run began with. */
async function forward(customers: readonly string[], to: Instant): Promise<void> {
  await Promise.all(
    customers.map(async (customerNo) => {
      const workflowId = cycleId(customerNo, JULY);
      const { runId } = await stack.client.workflow.getHandle(workflowId).describe();
      const told = await readRun(stack.client, { workflowId, runId });
      const toMs = Date.parse(to) - (told?.offsetMs ?? 0);
      await forwardTo(stack.connection, stack.namespace, workflowId, toMs);
    }),
  );
}

const isUp = (): Promise<boolean> =>
  stack.client.workflow
    .count()
    .then(() => stack.db.customer.count())
    .then(() => true)
    .catch(() => false);
const untilUp = () => until('both answer again', isUp, { limitMs: 90_000, everyMs: 500 });

const untilNudged = () =>
  until('every nudge is sent', async () => {
    const [row] = await stack.db.$queryRaw<{ left: number }[]>`
      select count(*)::int as left from nudge where attempts > 0 or not_before <= clock_timestamp()`;
    return row?.left === 0;
  });

/** Two pay, one is held, and another station opens its month, all of it after the snapshot. */
async function liveOn(people: Crowd, others: Crowd): Promise<void> {
  const [first, second, held] = people.customers;
  if (!first || !second || !held) throw new Error('too few customers');
  for (const payer of [first, second]) await month(people).pay(payer, SAVED);
  const hold = { scope: 'customer', ref: held.customerNo, reason: 'asked for time' };
  await month(people).at(SAVED, () => month(people).order('/holds', hold));
  await month(others).open();
  await until(
    'two months end',
    async () => (await openOf(people)).length === people.customers.length - 2,
  );
  await untilNudged();
  await forward(await openOf(people), LOST);
}

async function expectLaws(): Promise<void> {
  const balances = [];
  for await (const balance of readBalances(stack.databaseUrl, null)) balances.push(balance);
  const laws = await checkLaws(stack.db, { taken: takenBy(stack.twilio, stack.smtp), balances });
  expect(Object.values(laws).flatMap(({ broken }) => broken)).toEqual([]);
}

/** Releases the one who was held, and lets all go on to the end of the month. */
async function goOn(people: Crowd, others: Crowd): Promise<void> {
  const ref = people.customers[2]?.customerNo ?? '';
  const release = { scope: 'customer', ref, reason: 'paid a part' };
  await month(people).at(LOST, () => month(people).order('/holds/release', release));
  await untilNudged();
  const before = takenBy(stack.twilio, stack.smtp).length;
  await forward([...(await openOf(people)), ...(await openOf(others))], at('2026-07-31', 12));
  expect(takenBy(stack.twilio, stack.smtp).length).toBeGreaterThan(before);
  await expectLaws();
  expect(await monthsCheck()).toMatchObject({ ok: true, detail: 'runs and facts agree' });
}

test('the engine goes back to an earlier day: missing runs are started, surplus ones end, nothing goes out twice', async () => {
  const people = await crowd(stack.db, { station: 'ENGINE', owing: 9 });
  const others = await crowd(stack.db, { station: 'LATER', owing: 6 });
  await month(people).open();
  await forward(await openOf(people), SAVED);
  expect(await monthsCheck()).toMatchObject({ ok: true });
  for (const database of ENGINE) await snapshots.take(database);
  await untilUp();
  await liveOn(people, others);

  // A worker that remembers what the engine has forgotten would answer from it: none may live on.
  process.kill(stack.pidOf('worker') ?? 0, 'SIGKILL');
  process.kill(stack.pidOf('temporal') ?? 0, 'SIGKILL');
  for (const database of ENGINE) await snapshots.restore(database);
  await untilUp();
  const found = await monthsCheck();
  expect(found.ok).toBe(false);
  expect(found.detail).toContain('6 open months without a run');
  expect(found.detail).toContain('runs without an open month or proposal');

  await month(people).at(LOST, async () => {
    const orders = await stack.db.command.count();
    const dry = await doctor('--repair', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: { recalled: 0, unknown: [], dryRun: true } });
    expect(await stack.db.command.count()).toBe(orders);
    const done = await doctor('--repair');
    expect(done).toMatchObject({ code: 0, out: { recalled: 0, unknown: [] } });
    expect(done.out['started']).toBe(dry.out['started']);
    expect(done.out['started']).toBeGreaterThanOrEqual(6);
    expect(done.out['ended']).toBeGreaterThanOrEqual(2);
    await untilNudged();
    const again = await doctor('--repair');
    expect(again.out).toMatchObject({ recalled: 0, started: 0, ended: 0, unknown: [] });
  });
  await goOn(people, others);
}, 600_000);

test('Postgres goes back to an earlier day: nothing is done before the repair, and after it nothing goes out twice', async () => {
  const people = await crowd(stack.db, { station: 'BOOK', owing: 9 });
  const others = await crowd(stack.db, { station: 'AFTER', owing: 6 });
  await month(people).open();
  await forward(await openOf(people), SAVED);
  await snapshots.take('tarim');
  await untilUp();
  await liveOn(people, others);
  await until('every first message is out', async () => {
    const where = { customerNo: { startsWith: 'AFTER' }, status: 'accepted' };
    return (await stack.db.message.count({ where })) === 12;
  });
  const before = takenBy(stack.twilio, stack.smtp).length;
  const orders = await stack.db.command.count();

  await snapshots.restore('tarim');
  await untilUp();
  // Ⅱ: its second overdue reminder is of the 24th, and the database does not know of the first.
  const due = people.customers[3]?.customerNo ?? '';
  const passing = forward([due], at('2026-07-24', 12));
  const handle = stack.client.workflow.getHandle(cycleId(due, JULY));
  await until('the run refuses', async () => {
    const { raw } = await handle.describe();
    return (raw.pendingActivities ?? []).some(
      ({ lastFailure }) => lastFailure?.applicationFailureInfo?.type === 'FactsForgotten',
    );
  });
  await passing;
  expect(takenBy(stack.twilio, stack.smtp)).toHaveLength(before);
  const found = await monthsCheck();
  expect(found.ok).toBe(false);
  expect(found.detail).toContain('months of which the engine knows more than the database');

  // The operator imports the payments received since, and repairs.
  for (const payer of people.customers.slice(0, 2)) await month(people).pay(payer, SAVED);
  await month(people).at(LOST, async () => {
    const done = await doctor('--repair');
    expect(done).toMatchObject({ code: 0, out: { unknown: [] } });
    expect(done.out['recalled']).toBeGreaterThanOrEqual(13);
    await untilNudged();
    await until('those who paid end again', async () => (await openOf(people)).length === 7);
    const again = await doctor('--repair');
    expect(again.out).toMatchObject({ recalled: 0, started: 0, ended: 0, unknown: [] });
  });
  expect(await openOf(others)).toHaveLength(6);
  const held = await stack.db.hold.findMany({
    where: { ref: people.customers[2]?.customerNo ?? '' },
  });
  expect(held).toMatchObject([{ scope: 'customer', releasedAt: null }]);
  expect(await stack.db.command.count()).toBeGreaterThanOrEqual(orders);
  await goOn(people, others);
}, 600_000);

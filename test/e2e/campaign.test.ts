import { choosePorts } from '../../engine/ports';
import { periodOf, dateOf, instantOf } from '../../domain/time';
import { scheduleId } from '../../domain/run-ids';
import { startApi, type TestApi } from '../support/api';
import { tarimWith, type Ended, type Run } from '../support/cli';
import { scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';
import { until } from '../support/until';

let world: Station;
let api: TestApi;
let run: Run;
let metrics: string;
beforeAll(async () => {
  const { worker } = await choosePorts(['worker']);
  metrics = `127.0.0.1:${worker}`;
  world = await startStation(undefined, { WORKER_METRICS: metrics });
  api = await startApi({ TEMPORAL_TASK_QUEUE: world.taskQueue }, { url: world.databaseUrl });
  const { token } = await api.as('supervisor');
  run = tarimWith({
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_TASK_QUEUE: world.taskQueue,
    TARIM_API_URL: await api.listen(),
    TARIM_TOKEN: token,
  });
}, 120_000);
afterAll(async () => {
  await api.close();
  await world.close();
});

/** The command line, against the test's own API, database, engine and queue. */
const tarim = (...args: string[]): Promise<Ended> => run(args);

test('the monthly schedule opens the month in which it fires', async () => {
  const one = await scenario(world, 'scheduled', 3);
  const period = periodOf(dateOf(instantOf(Date.now())));
  await one.billed(period, 100);
  expect((await tarim('campaign', 'schedule')).out).toContain('Each month opens on day 1 at 9:00');
  const handle = world.client.schedule.getHandle(scheduleId('S-scheduled'));
  await handle.trigger();
  const where = { customerNo: one.customerNo, period };
  await until('the month is opened', async () => (await world.db.cycle.count({ where })) === 1);
  expect((await tarim('campaign', 'schedule', '--remove')).code).toBe(0);
  await expect(handle.describe()).rejects.toThrow();
});

test('a campaign opened twice opens nothing twice', async () => {
  const one = await scenario(world, 'twice', 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  // A second run over the same pages, as after a kill; then the command line, which finds the first one.
  await one.opens('2026-07');
  const again = await tarim(
    'campaign',
    'open',
    '--period',
    '2026-07',
    '--station',
    'S-twice',
    '--json',
  );
  expect(JSON.parse(again.out)).toEqual({
    period: '2026-07',
    stations: ['S-twice'],
    dryRun: false,
  });
  await one.until('2026-07-02');
  expect(await world.db.cycle.count({ where: { customerNo: one.customerNo } })).toBe(1);
  expect(await one.calendar()).toEqual(['2026-07-01 bill-notice: sms+email']);
  expect(world.twilio.taken.filter(({ to }) => to === one.phone)).toHaveLength(1);
});

test('a hold, a payment and a release by the command line reach the running month', async () => {
  const one = await scenario(world, 'byhand', 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  await one.until('2026-07-02');
  const at = ['--from', '2026-07-10'];
  const held = await tarim('customer', 'hold', one.customerNo, '--reason', 'away', ...at);
  expect(held.out).toBe('Held.\n');
  await one.until('2026-07-20');
  expect(await one.calendar()).toEqual(['2026-07-01 bill-notice: sms+email']);
  const received = ['--received-at', '2026-07-20T12:00:00+08:00'];
  expect((await tarim('pay', one.customerNo, '100', ...received)).code).toBe(0);
  expect(await one.ends()).toBe('paid');
});

test("the worker gives Temporal's figures of its work where it is told to, and none is of a customer", async () => {
  const one = await scenario(world, 'counted', 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  await one.until('2026-07-02');
  const answer = await fetch(`http://${metrics}/metrics`);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text).toMatch(/^temporal_activity_execution_latency.*activity_type="takeTurn"/m);
  expect(text).toMatch(/^temporal_workflow_task_execution_latency/m);
  expect(text).not.toContain(one.customerNo);
});

import { openCycles } from '../../db/cycles';
import { readBalances } from '../../db/balances';
import { loadAccounts } from '../../db/facts';
import { placeHold, releaseHold, type Over } from '../../db/holds';
import { relayNudges } from '../../db/nudges';
import { nextStep } from '../../domain/ladder';
import type { Plan } from '../../domain/plan';
import { cycleId } from '../../domain/run-ids';
import { epochMs, instantOf, plusMs, toPeriod, type Instant } from '../../domain/time';
import { sendNudgeBy, startCycleBy } from '../../worker/starts';
import { plan as planQuery } from '../../workflows/contract';
import { crowd, takenBy, type Crowd } from '../support/crowd';
import { BUSY } from '../support/fake-twilio';
import { checkLaws } from '../support/laws';
import { at } from '../support/scenario';
import { startStation, type Station } from '../support/station';
import { forwardTo } from '../../simulation/rehearsal/time-skipping';
import { until } from '../support/until';

/** A station is held while its campaign sends, by a provider that is slow and few texts a second. Bills are of July 2026, due on the 20th. */
const JULY = toPeriod('2026-07');
const OPENED = at('2026-07-01', 10);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: Station;
beforeAll(async () => {
  // Both answer at last, however busy the machine is: an answer that nobody awaits would leave a letter in doubt.
  const PROVIDER_TIMEOUT_MS = '20000';
  const perSecond = { SMS_PER_SECOND: '10', MAIL_PER_SECOND: '10' };
  world = await startStation(undefined, { ...perSecond, PROVIDER_TIMEOUT_MS });
}, 120_000);
afterAll(() => world.close());

const order = (id: string, when: Instant) =>
  ({ id, actor: 'chen', reason: 'flood', at: when, door: 'cli' }) as const;
const runsOf = ({ customers }: Crowd): string[] =>
  customers.map(({ customerNo }) => cycleId(customerNo, JULY));

/** Moves every run's clock to an instant of the station's, some at a time: the providers take no more. */
async function forward(people: Crowd, toMs: number): Promise<void> {
  const queue = runsOf(people);
  const lane = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift())
      await forwardTo(world.connection, world.namespace, run, toMs);
  };
  await Promise.all(Array.from({ length: 10 }, lane));
}

const planOf = (workflowId: string): Promise<Plan> =>
  world.client.workflow.getHandle(workflowId).query<Plan>(planQuery.name);

/** When each attempt that a provider saw began. */
const begunMs = (): number[] => [
  ...world.twilio.taken.map(({ createdAt }) => createdAt.getTime()),
  ...world.smtp.taken.map(({ takenAt }) => takenAt.getTime()),
];

const resumes = () => world.db.nudge.count({ where: { signal: 'resume' } });
const waiting = () => world.db.nudge.count({ where: { lastError: 'its run is not there yet' } });
const messages = (status: string) => world.db.message.count({ where: { status } });

test('a hold over a station stops a campaign that is sending within 5 s; after its release each month goes on where it stood', async () => {
  const people = await crowd(world.db, { station: 'HELD', owing: 90 });
  const over: Over = { scope: 'station', ref: 'HELD' };
  world.twilio.slow(1_000);
  // Some are put back whatever the machine's speed: one that starts fewer months a second than texts may go never comes over the rate.
  for (const { phone } of people.customers.filter((_, n) => n % 3 === 0))
    world.twilio.plan(phone, BUSY);
  const offsetMs = epochMs(OPENED) - Date.now();
  const now = () => instantOf(Date.now() + offsetMs);
  const opening = world.openCampaign('HELD', JULY, OPENED);
  const { taken: texts, refused } = world.twilio;
  await until('texts go out', () => texts.length >= 8 && refused.length > 0, { everyMs: 5 });
  const from = now();
  expect(await placeHold(world.db, order('hold', from), { ...over, from, until: null })).toEqual({
    kind: 'applied',
  });
  const heldMs = Date.now();
  await opening;

  await until('what was under way has an end', async () => (await messages('sending')) === 0);
  const heard = takenBy(world.twilio, world.smtp).length;
  expect(Math.max(...begunMs())).toBeLessThan(heldMs + 5_000);
  // It came in the middle: some had heard, some messages were put back, and some months had not begun to speak.
  expect(heard).toBeLessThan(120);
  expect(await messages('waiting')).toBeGreaterThan(0);
  await forward(people, heldMs + 3 * HOUR_MS);
  expect(takenBy(world.twilio, world.smtp)).toHaveLength(heard);
  expect(await messages('dropped')).toBe(0);

  world.twilio.slow(0);
  const releasedAt = plusMs(from, 4 * HOUR_MS);
  expect(await releaseHold(world.db, order('release', releasedAt), over)).toEqual({
    kind: 'applied',
  });
  await until('everybody was told', async () => (await resumes()) === 0);
  for (let minutes = 5; (await untold(people)) > 0 && minutes < 240; minutes += 30)
    await forward(people, heldMs + 4 * HOUR_MS + minutes * MINUTE_MS);
  expect(await untold(people)).toBe(0);

  const taken = takenBy(world.twilio, world.smtp);
  const times = (address: string) => taken.filter((one) => one.address === address).length;
  for (const { phone, email } of people.customers)
    expect([phone, times(phone), email, times(email)]).toEqual([phone, 1, email, 1]);
  const plans = await Promise.all(runsOf(people).map(planOf));
  const heldForMs = epochMs(releasedAt) - epochMs(from);
  const nexts = [15, 17].map((day) => plusMs(at(`2026-07-${day}`, 9), heldForMs));
  const planned = plans.map((plan) => (plan.do === 'contact' ? plan.plannedAt : plan.do));
  expect(new Set(planned)).toEqual(
    // At level Ⅰ somebody has a call to make first.
    new Set([...nexts, 'escalateTask']),
  );
  await expectLaws(taken);
});

/** Customers of whose bill notice some message has not arrived. */
async function untold({ station, customers }: Crowd): Promise<number> {
  const [row] = await world.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from message join customer using (customer_no)
    where station = ${station} and status = 'accepted' and step_key = 'bill-notice'`;
  return customers.length * 2 - (row?.n ?? 0);
}

async function expectLaws(taken: ReturnType<typeof takenBy>): Promise<void> {
  const balances = [];
  for await (const balance of readBalances(world.databaseUrl, null)) balances.push(balance);
  const verdicts = await checkLaws(world.db, { taken, balances });
  expect(Object.values(verdicts).flatMap(({ broken }) => broken)).toEqual([]);
}

test('a release that comes between the opening of a month and the start of its run is not lost', async () => {
  const people = await crowd(world.db, { station: 'BETWEEN', owing: 1 });
  const [customer] = people.customers;
  const customerNo = customer?.customerNo ?? '';
  const over: Over = { scope: 'station', ref: 'BETWEEN' };
  const offsetMs = epochMs(OPENED) - Date.now();
  await placeHold(world.db, order('before', OPENED), { ...over, from: OPENED, until: null });
  const opening = { station: 'BETWEEN', period: JULY, policyId: 'tabei-v1', at: OPENED };
  await openCycles(world.db, [{ customerNo, level: 3 }], opening);
  const [account] = await loadAccounts(world.db, [customerNo], JULY, OPENED);
  if (account === undefined) throw new Error('nobody there');
  const next = nextStep(account.facts, await world.book.rules('tabei-v1'), OPENED);
  expect(next).toMatchObject({ do: 'wait', at: null, why: 'held' });

  await releaseHold(world.db, order('between', plusMs(OPENED, 1_000)), over);
  const send = sendNudgeBy(world.client, world.taskQueue);
  await relayNudges(world.db, send);
  await until('its nudge found nobody', async () => (await waiting()) === 1);

  const start = startCycleBy(world.client, world.taskQueue);
  await start({ customerNo, period: JULY, next, offsetMs }, 0);
  await until('the bill notice goes out', () =>
    world.twilio.taken.some(({ to }) => to === customer?.phone),
  );
});

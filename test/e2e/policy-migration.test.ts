import ladderPolicy from '../../db/policies/tabei-v1.json';
import { orderBulk } from '../../db/bulk-orders';
import { NO_FILTER } from '../../db/customer-filter';
import { scenario, type Scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';
import { until } from '../support/until';

/** A running month moved to another version, on the real server with its time skipped. Bills are of July 2026, due on the 20th. */
let world: Station;
beforeAll(async () => {
  world = await startStation();
}, 120_000);
afterAll(() => world.close());

/** The default ladder with other days for level Ⅲ, in force. */
async function version(id: string, days: Readonly<Record<string, number>>): Promise<void> {
  const body = structuredClone(ladderPolicy.body);
  for (const step of body.ladders['3']) step.day = days[step.key] ?? step.day;
  const effectiveFrom = new Date('2005-01-01');
  const row = { id, kind: 'ladder', body, author: 'chen', effectiveFrom };
  // Earlier than the default one was put on file: nobody's month is opened under it.
  const createdAt = new Date('2005-01-01');
  await world.db.policy.create({
    data: { ...row, createdAt, activatedAt: createdAt, activatedBy: 'li' },
  });
}

async function opened(name: string): Promise<Scenario> {
  const one = await scenario(world, name, 3);
  await one.billed('2026-07', 100);
  await one.opens('2026-07');
  return one;
}

/** Moves the customer's month; the order is given twice. */
async function move(one: Scenario, toPolicy: string, when: Parameters<Scenario['order']>[1]) {
  const station = `S-${one.customerNo.slice(2)}`;
  const filter = { ...NO_FILTER, station, stations: null, heldBy: null, toPolicy };
  const wanted = { kind: 'migrate', filter, until: null, beginsAt: null, expected: 1 } as const;
  const order = one.order('move', when);
  for (let times = 0; times < 2; times += 1)
    expect((await orderBulk(world.db, order, wanted)).kind).not.toBe('refused');
  // The worker carries it out; until it has, time must not go on.
  await until('the month moved', async () => {
    const { state, done } = await world.db.bulkOrder.findUniqueOrThrow({ where: { id: order.id } });
    return state === 'finished' && done === 1;
  });
}

test('after the first reminder the rest comes on the days of the new version; nothing twice, no notice left out', async () => {
  const he = await opened('moved');
  await version('sooner', { 'overdue-1': 1, 'overdue-2': 4, demand: 9, review: 15 });
  await move(he, 'sooner', await he.until('2026-07-22'));
  await he.until('2026-08-05');
  expect(await he.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-17 pre-due-1: sms',
    '2026-07-21 overdue-1: sms+email',
    '2026-07-24 overdue-2: sms+email',
    '2026-07-29 demand: letter task, sms+email',
    '2026-08-04 level-rise: level',
    '2026-08-04 review: review task',
  ]);
  expect(await world.db.cycleMigration.count({ where: { customerNo: he.customerNo } })).toBe(1);
});

test('moved to a version by which the demand was due already, the demand comes first, the day after the last step', async () => {
  const lu = await opened('overtaken');
  await version('soonest', { 'overdue-1': 1, 'overdue-2': 2, demand: 3, review: 30 });
  await move(lu, 'soonest', await lu.until('2026-07-28'));
  await lu.until('2026-08-02');
  expect(await lu.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-17 pre-due-1: sms',
    '2026-07-21 overdue-1: sms+email',
    '2026-07-27 overdue-2: sms+email',
    '2026-07-28 demand: letter task, sms+email',
  ]);
});

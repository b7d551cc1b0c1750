import { scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';

let world: Station;
beforeAll(async () => {
  world = await startStation();
}, 120_000);
afterAll(() => world.close());

test('who pays early hears once, and the month ends', async () => {
  const wang = await scenario(world, 'early');
  await wang.graded(3);
  await wang.billed('2026-03', 100);
  await wang.opens('2026-03');
  const then = await wang.until('2026-03-10');
  await wang.pays(100, then);
  expect(await wang.ends()).toBe('paid');
  expect(await wang.calendar()).toEqual([
    '2026-03-01 bill-notice: sms+email',
    '2026-03-10 end: paid',
  ]);
});

test('who never pays at level Ⅲ climbs the whole ladder', async () => {
  const li = await scenario(world, 'never3');
  await li.graded(3);
  await li.billed('2026-03', 100);
  await li.opens('2026-03');
  await li.until('2026-04-22');
  expect(await li.calendar()).toEqual([]);
});

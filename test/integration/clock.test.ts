import { wrongClock } from '../../db/clock';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test.each([
  [0, null],
  [-25_000, null],
  [25_000, null],
])('a clock that is %i ms ahead is borne with', async (aheadMs, wrong) => {
  expect(await wrongClock(world.db, () => Date.now() + aheadMs)).toBe(wrong);
});

test.each([
  [120_000, /^this machine's clock is 1[12]\d s ahead of the database's$/],
  [-120_000, /^this machine's clock is 1[12]\d s behind the database's$/],
])('a clock that is %i ms ahead is wrong', async (aheadMs, wrong) => {
  expect(await wrongClock(world.db, () => Date.now() + aheadMs)).toMatch(wrong);
});

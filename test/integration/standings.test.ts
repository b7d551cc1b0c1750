import type { Db } from '../../db/client';
import { freshenStandings } from '../../db/standings';
import { on } from '../support/facts';
import { addBill, addCustomer, empty, openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The same database, and how many transactions were begun in it. */
function counted(db: Db) {
  const begun = { count: 0 };
  const watched = new Proxy(db, {
    get(target, name) {
      if (name === '$transaction') begun.count += 1;
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
  return { begun, watched };
}

test('whoever is marked by each piece of an import is brought up to date once', async () => {
  await empty(world.db);
  const names = Array.from({ length: 300 }, (_, n) => `C${String(n).padStart(3, '0')}`);
  for (const name of names) {
    await addCustomer(world.db, name);
    await addBill(world.db, name, { billNo: `b-${name}` });
  }
  for (let pieces = 0; pieces < 3; pieces += 1)
    await world.db
      .$executeRaw`insert into standing_stale (customer_no) select customer_no from customer order by 1`;
  const { begun, watched } = counted(world.db);
  await freshenStandings(watched, on(1));
  // 250 at once, and the other 50.
  expect(begun.count).toBe(2);
  expect(await world.db.standingStale.count()).toBe(0);
  const owing = await world.db.customerStanding.count({ where: { owedFen: 10_000n } });
  expect(owing).toBe(300);
});

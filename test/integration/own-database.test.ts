import { migrate } from '../../db/migrate';
import { makeOwnDatabase } from '../../db/own-database';
import { openDb } from '../../db/client';
import { copyCustomers, copyRules } from '../../simulation/rehearsal/copy-rows';
import { loadBook } from '../../simulation/load-book';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const exists = async (url: string): Promise<boolean> => {
  const name = new URL(url).pathname.slice(1);
  const [row] = await world.db.$queryRaw<{ there: boolean }[]>`
    select exists (select from pg_database where datname = ${name}) as there`;
  return row?.there === true;
};

it('a database of its own is dropped by its maker, and another is left alone while its maker lives', async () => {
  const first = await makeOwnDatabase(world.url, 'trial');
  const second = await makeOwnDatabase(world.url, 'trial');
  expect([await exists(first.url), await exists(second.url)]).toEqual([true, true]);
  await first.drop();
  expect([await exists(first.url), await exists(second.url)]).toEqual([false, true]);
  await second.drop();
  expect(await exists(second.url)).toBe(false);
});

it('one whose maker was killed is dropped by the next', async () => {
  const orphan = await makeOwnDatabase(world.url, 'trial');
  // As the server sees it when a process is killed: its connections are gone.
  await world.db.$queryRaw`
    select pg_terminate_backend(pid) from pg_stat_activity where query like '%create database%' and pid <> pg_backend_pid()`;
  const next = await makeOwnDatabase(world.url, 'trial');
  expect(await exists(orphan.url)).toBe(false);
  await next.drop();
});

it('a role that may not create a database is told so', async () => {
  await world.db.$executeRaw`create role modest login password 'modest'`;
  const url = new URL(world.url);
  [url.username, url.password] = ['modest', 'modest'];
  try {
    await expect(makeOwnDatabase(url.href, 'trial')).rejects.toThrow(/modest may not create/);
  } finally {
    await world.db.$executeRaw`drop role modest`;
  }
});

it('customers are copied with bills, payments and dead addresses, the rules with their drafts, and nobody else', async () => {
  await world.db.$executeRaw`
    insert into payment (payment_ref, customer_no, given_customer_no, amount_fen, received_at, channel)
    values ('p1', 'wang', 'wang', 500, '2026-02-03T10:00:00+08:00', 'counter')`;
  await world.db.$executeRaw`
    insert into suppression (customer_no, channel, address, reason, since)
    values ('wang', 'sms', '+8613871281212', 'invalid', '2026-01-01')`;
  await world.db.$executeRaw`
    insert into policy (id, kind, body, author, effective_from) select 'draft-2', kind, body, 'chen', '2026-03-01' from policy where id = 'tabei-v1'`;
  const own = await makeOwnDatabase(world.url, 'trial');
  try {
    await migrate(own.url);
    await copyRules(world.url, own.url);
    await copyCustomers(world.url, own.url, ['wang']);
    const db = openDb(own.url, 1);
    const [book, all] = [await loadBook(db), await loadBook(world.db)];
    const policies = await db.$queryRaw<{ id: string }[]>`select id from policy order by id`;
    await db.$disconnect();
    expect(book).toEqual(all.filter(({ customerNo }) => customerNo === 'wang'));
    expect(book[0]).toMatchObject({
      ...{
        reachable: ['email'],
        payments: [{ receivedAt: '2026-02-03T02:00:00.000Z', amountFen: 500 }],
      },
      bills: [{ billNo: 'b-wang' }],
    });
    expect(policies.map(({ id }) => id)).toEqual(['draft-2', 'tabei-grade-v1', 'tabei-v1']);
  } finally {
    await own.drop();
    await world.db.$executeRaw`delete from policy where id = 'draft-2'`;
  }
});

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('a process whose connections are ended in the middle of transactions, again and again, lives on', async () => {
  const child = fork(join(__dirname, '..', 'support', 'cut-child.ts'), [database.url], {
    execArgv: ['--import', 'tsx'],
  });
  const ended = once(child, 'exit');
  await once(child, 'message');
  const admin = new Client({ connectionString: database.url });
  await admin.connect();
  let cut = 0;
  for (let times = 0; times < 40; times += 1) {
    const { rowCount } = await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    cut += rowCount ?? 0;
    await sleep(50);
  }
  await admin.end();
  expect(cut).toBeGreaterThan(20);
  if (child.connected) child.send('stop');
  expect(await ended).toEqual([0, null]);
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { startApi, type Caller, type TestApi } from '../support/api';
import { customersCsv } from '../support/books';
import { until } from '../support/until';

const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');
/** What an import of customers takes before it reads a row (db/import-sql.ts). */
const LOCK = [7_305_002, 1];
const ROWS = 500;

let api: TestApi;
let clerk: Caller;
beforeAll(async () => {
  api = await startApi();
  clerk = await api.as('clerk');
});
afterAll(() => api.close());

/** The API as a process of its own, to be killed. */
async function started(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [PROGRAM, 'api'], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: api.databaseUrl, API_PORT: '0' },
      TARIM_HOME: join(process.env['TARIM_TEST_FOLDER'] ?? '', 'killed-home'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  await until('the API listens', () => /listens at \S+\./.test(said));
  return { child, url: /listens at (\S+)\./.exec(said)?.[1] ?? '' };
}

test('an import whose server is killed leaves nothing, is stated as broken, and is taken up by the same order', async () => {
  const file = customersCsv(
    ...Array.from({ length: ROWS }, (_, n) => `k${n},Name,TB01,residential,,,en`),
  );
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'killed' };
  const other = new Client({ connectionString: api.databaseUrl });
  await other.connect();
  await other.query('select pg_advisory_lock($1, $2)', LOCK);
  const { child, url } = await started();
  const answer = await fetch(`${url}/api/v1/imports?kind=customers`, {
    ...{ method: 'POST', body: file },
    headers: { ...headers, authorization: `Bearer ${clerk.token}` },
  });
  const { id } = (await answer.json()) as { id: string };
  const state = async () => (await clerk.get(`/imports/${id}`)).json<{ state: string }>().state;
  const waiting = async () => {
    const { rowCount } = await other.query(
      `select from pg_locks where locktype = 'advisory' and not granted and classid = $1`,
      LOCK.slice(0, 1),
    );
    return rowCount === 1;
  };
  await until('the import waits', waiting);
  expect(await state()).toBe('reading');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  await other.end();
  // The silence of half a minute, without the wait.
  await api.db.$executeRaw`update import_run set beat_at = beat_at - interval '31 seconds'`;
  expect(await state()).toBe('broken');
  expect(await api.db.customer.count()).toBe(0);
  const again = await clerk.send('POST', '/imports?kind=customers', file, headers);
  expect(again.json()).toMatchObject({ id });
  await until('it is done', async () => (await state()) === 'done');
  expect(await api.db.customer.count()).toBe(ROWS);
  expect(await api.db.importRun.count()).toBe(1);
  expect(await api.db.importPiece.count()).toBe(0);
});

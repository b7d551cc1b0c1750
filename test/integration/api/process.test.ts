import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDb } from '../../../db/client';
import { freshDatabase, type TestDatabase } from '../../support/database';

const PROGRAM = join(__dirname, '..', '..', '..', 'bin', 'tarim.mjs');
let database: TestDatabase;
let child: ChildProcess;
let url = '';
let output = '';
beforeAll(async () => {
  database = await freshDatabase();
  child = spawn(process.execPath, [PROGRAM, 'api'], {
    env: { ...process.env, DATABASE_URL: database.url, API_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [word] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (word !== 'ready') throw new Error(`the API ended before it was ready: ${output}`);
  url = /listens at (\S+)\./.exec(output)?.[1] ?? '';
});
afterAll(async () => {
  if (child.exitCode === null) child.kill('SIGKILL');
  await database.drop();
});

test('the log of a request holds nothing personal: no query, no token, no cookie', async () => {
  const secrets = ['13871281212', '王小明', 'tarim_0123456789ab_nobodyknowsthissecret'];
  const [phone = '', name = '', token = ''] = secrets;
  const answer = await fetch(
    `${url}/api/v1/customers?search=${phone}&name=${encodeURIComponent(name)}`,
    {
      headers: {
        authorization: `Bearer ${token}`,
        cookie: `tarim=${token}`,
        'user-agent': name.length.toString(),
      },
    },
  );
  expect(answer.status).toBe(401);
  expect(output).toContain('/api/v1/customers');
  for (const secret of secrets) {
    expect(output).not.toContain(secret);
    expect(output).not.toContain(encodeURIComponent(secret));
  }
});

test('told to stop, it answers what is under way and ends with 0', async () => {
  const db = openDb(database.url, 1);
  // The readiness check waits for a lock on the table that it reads; we hold it until the order to stop was given.
  const answer = await db.$transaction(async (tx) => {
    await tx.$executeRaw`lock table _prisma_migrations in access exclusive mode`;
    const waiting = fetch(`${url}/readyz`);
    for (;;) {
      const [row] = await tx.$queryRaw<
        { n: number }[]
      >`select count(*)::int as n from pg_locks where not granted`;
      if ((row?.n ?? 0) > 0) break;
    }
    child.kill('SIGTERM');
    return waiting;
  });
  expect(answer.status).toBe(503);
  const [code] =
    child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
  expect(code).toBe(0);
  await db.$disconnect();
});

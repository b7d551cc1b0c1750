import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { setClock } from '../../db/clock';
import { startApi, type TestApi } from '../support/api';
import { emptyHome, expectEach, tarimWith, type Run } from '../support/cli';
import { freshDatabase } from '../support/database';
import { on } from '../support/facts';
import * as support from '../support/world';

const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');

let world: support.World;
let api: TestApi;
let run: Run;
let asChen: Readonly<{ TARIM_API_URL: string; TARIM_TOKEN: string }>;
beforeAll(async () => {
  world = await support.openWorld();
  api = await startApi({}, { url: world.url });
  const { token } = await api.as('supervisor', { username: 'chen' });
  asChen = { TARIM_API_URL: await api.listen(), TARIM_TOKEN: token };
  run = tarimWith({ DATABASE_URL: world.url, ...asChen });
});
afterAll(async () => {
  await api.close();
  await world.close();
});
beforeEach(() => world.reset());

test('what is not on the book is refused with 4 and a sentence', () =>
  expectEach(run, [
    ['campaign status', 4, 'There is no campaign yet. Open one: npx tarim campaign open'],
    ['campaign open --station TB99', 4, 'There is no station TB99.'],
  ]));

test('a mistake of usage ends with 2 and says what was meant', () =>
  expectEach(run, [
    ['grade --as-of 2026-02-30', 2, '2026-02-30 is neither a day (2026-03-31) nor an instant'],
    ['balances --as-of 2026-3-1', 2, '2026-3-1 is not a day.'],
    ['campaign open --period 2026-13', 2, '2026-13 is not a period. Write it as 2026-03.'],
    ['campaign open --limit none', 2, 'none is not a whole number above 0.'],
    ['campaign schedule --day 29', 2, '29 is not a whole number from 1 to 28.'],
    ['kpi --lang fr', 2, '--lang <lang>'],
  ]));

test('a month is opened by the worker, at once or later: the order waits with its nudges', async () => {
  const opened = await run('campaign open --period 2026-03 --reason monthly --id march');
  expect(opened).toMatchObject({
    code: 0,
    out: expect.stringContaining('Opening 2026-03') as string,
  });
  const nudges = await world.db.nudge.findMany({ orderBy: { id: 'asc' } });
  expect(nudges.map(({ workflowId }) => workflowId)).toEqual([
    ...['campaign/TB01/2026-03', 'campaign/TB02/2026-03'],
  ]);
  expect(nudges[0]?.body).toEqual({
    ...{ station: 'TB01', period: '2026-03', openedBy: 'chen', offsetMs: 0 },
  });
  expect((await run('campaign open --period 2026-03 --id march')).code).toBe(0);
  expect(await world.db.nudge.count()).toBe(2);
});

test('a campaign opens nothing on an empty book', async () => {
  await support.empty(world.db);
  const { code, err } = await run('campaign open');
  expect([code, err]).toEqual([...[4, 'Refused: There are no customers. Import some first.\n']]);
});

test('a campaign’s dry run names the stations and moves no clock; live, no clock is moved', async () => {
  const open = 'campaign open --as-of 2026-03-02 --json';
  expect(JSON.parse((await run(`${open} --dry-run`)).out)).toEqual({
    ...{ period: '2026-03', stations: ['TB01', 'TB02'], dryRun: true },
  });
  expect(await world.db.businessClock.count()).toBe(0);
  const live = await startApi(
    {
      ...{ DELIVERY: 'live', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.test' },
      ...{ MAIL_ID_DOMAIN: 'example.test', TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` },
      ...{ TWILIO_AUTH_TOKEN: 'x'.repeat(32), TWILIO_FROM: '+8613800000000' },
    },
    { url: world.url },
  );
  const { code, err } = await run(open, { TARIM_API_URL: await live.listen() });
  expect([code, err]).toEqual([4, expect.stringContaining('refused while DELIVERY=live')]);
  await live.close();
  expect(await world.db.businessClock.count()).toBe(0);
});

test('what is printed for programs has a shape that stays', async () => {
  await setClock(world.db, on(5), 'test');
  const grades = await run('grade --csv --as-of 2026-03-25');
  expect(grades.out).toMatch(/^customer_no,level,score\nliu,[123],\d+\nwang,[123],\d+\n$/);
  const [first] = JSON.parse((await run('grade --json --station TB02')).out) as unknown[];
  expect(first).toMatchObject({
    ...{ customerNo: 'liu', score: expect.any(Number) as number, source: 'graded' },
  });
});

test('a database without tables is migrated; a second time nothing is missing', async () => {
  const database = await freshDatabase();
  const bare = { DATABASE_URL: database.url };
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
  expect((await run('db migrate --dry-run', bare)).out).toMatch(/^Missing: 0001_the_book/);
  expect((await run('db migrate', bare)).out).toMatch(/^Applied: 0001_the_book/);
  const again = await run('db migrate', bare);
  expect(again).toEqual({ code: 0, out: 'Nothing is missing.\n', err: '' });
  await database.drop();
});

test('with nothing running a command says what to do, and ends with 75', async () => {
  const nothing = { DATABASE_URL: '', TARIM_API_URL: '', TARIM_TOKEN: '' };
  const sentence = `Nothing is running in ${emptyHome}. Start it: npx tarim up --detach\n`;
  const ended = await Promise.all([run('grade', nothing), run('balances', nothing)]);
  for (const { code, err } of ended) expect([code, err]).toEqual([75, sentence]);
});

test('a database that does not answer ends with 75', async () => {
  const absent = { DATABASE_URL: 'postgres://tarim:x@127.0.0.1:1/tarim' };
  const { code, err } = await run('db migrate', absent);
  expect([code, err]).toEqual([75, 'The database does not answer. Is it running?\n']);
});

describe('the program', () => {
  const started = (args: string[], language: string): Promise<readonly [number, string, string]> =>
    new Promise((done) => {
      const env = { ...process.env, LC_ALL: language, DATABASE_URL: world.url, ...asChen };
      execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) =>
        done([error === null ? 0 : Number(error.code), out, err]),
      );
    });

  test('tells the shell how it ended, and writes results and mistakes apart', async () => {
    const [balances, mistake, refused] = await Promise.all([
      started(['balances'], 'en_US.UTF-8'),
      started(['balances', '--as-of', 'soon'], 'C'),
      started(['campaign', 'status'], 'en'),
    ]);
    expect(balances).toEqual([0, 'customer_no,balance\nliu,100.00\nwang,100.00\n', '']);
    expect(mistake).toEqual([2, '', 'soon 不是日期，应写作 2026-03-31。\n']);
    expect(refused).toEqual([4, '', expect.stringContaining('There is no campaign yet.')]);
  });

  test('gives its help in both languages, and help is no mistake', async () => {
    const [chinese, english] = await Promise.all([
      started(['customer', 'hold', '--help'], 'zh_CN.UTF-8'),
      started(['help', '--lang', 'en'], 'zh_CN.UTF-8'),
    ]);
    expect(chinese).toEqual([0, expect.stringContaining('暂停对该客户的催收'), '']);
    expect(english).toEqual([0, expect.stringContaining('Runs electricity-fee collection'), '']);
  });
});

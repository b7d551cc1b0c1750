import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { setClock } from '../../db/clock';
import { freshDatabase } from '../support/database';
import { on } from '../support/facts';
import * as support from '../support/world';

const PROGRAM = resolve(__dirname, '../../bin/tarim.mjs');
// Nothing was ever started here.
const home = join(process.env['TARIM_TEST_FOLDER'] ?? '', 'cli-home');

let world: support.World;
beforeAll(async () => {
  world = await support.openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

type Ended = Readonly<{ code: number; out: string; err: string }>;

function tarim(args: readonly string[], given: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: world.url, TARIM_HOME: home, ...given };
  return new Promise((done) => {
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}
const said = async (command: string, given?: NodeJS.ProcessEnv): Promise<Ended> =>
  tarim(command.split(' '), given);

/** Several at a time: most of a command is its start. */
async function expectEach(rows: readonly (readonly [string, number, string])[]): Promise<void> {
  for (let first = 0; first < rows.length; first += 3) {
    await Promise.all(
      rows.slice(first, first + 3).map(async ([command, code, sentence]) => {
        const ended = await said(command);
        expect({ command, ...ended }).toEqual({
          ...{ command, code, out: '', err: expect.stringContaining(sentence) as string },
        });
      }),
    );
  }
}

test('what is not on the book is refused with 4 and a sentence', () =>
  expectEach([
    ['customer show nobody', 4, 'There is no customer nobody.'],
    ['customer hold nobody --reason flood', 4, 'Refused: There is no customer nobody.'],
    ['customer escalate wang --level 1 --reason debt', 4, 'Customer wang has no open cycle.'],
    ['task done T1 reached', 4, 'Refused: There is no task T1.'],
    ['policy show tabei-v0', 4, 'There is no policy tabei-v0. See: npx tarim policy list'],
    ['campaign status', 4, 'No campaign was opened yet. Open one: npx tarim campaign open'],
    ['campaign open --station TB99', 4, 'There is no station TB99: there are TB01, TB02.'],
  ]));

test('a mistake of usage ends with 2 and says what was meant', () =>
  expectEach([
    ['grade --as-of 2026-02-30', 2, '2026-02-30 is neither a day (2005-09-01) nor an instant'],
    ['balances --as-of 2026-3-1', 2, '--as-of takes a day'],
    ['campaign open --period 2026-13', 2, '2026-13 is not a period. Write it as 2005-09.'],
    ['task list --limit some', 2, 'some is not a number of tasks.'],
    ['task done T1 promise --promised-on soon', 2, 'soon is not a day (2026-03-31).'],
    ['customer hold wang', 2, "required option '--reason <text>' not specified"],
    ['customer escalate wang --level 4 --reason x', 2, '4 is not a level: 1 (gravest), 2 or 3.'],
    ['customer hold --scope everything X --reason x', 2, 'A hold over everything names nobody.'],
    ['customer release --scope bill --reason x', 2, 'Name the bill.'],
    ['customer dispute b-wang --resolve won --reason x', 2, 'resolved as upheld or rejected.'],
  ]));

test('an order needs a reason that says something', async () => {
  const { code, err } = await tarim(['customer', 'hold', 'wang', '--reason', ' ']);
  expect([code, err]).toEqual([2, 'Say why: --reason.\n']);
});

test('an order is carried out once, with who and why, and seen afterwards', async () => {
  const hold = 'customer hold wang --reason flood --actor chen --id h1 --until 2099-01-01';
  expect(await said(hold)).toEqual({ code: 0, out: 'Held.\n', err: '' });
  expect((await said(hold)).out).toBe('This order was given before; nothing changed.\n');
  expect(await world.db.command.findMany()).toMatchObject([
    { id: 'h1', actor: 'chen', reason: 'flood', door: 'cli', refusedBecause: null },
  ]);
  const shown = await said('customer show wang');
  expect(shown.out).toMatch(/^wang wang, station TB01, residential\nLevel Ⅱ\. Owed ¥100\.00/);
  expect(shown.out).toMatch(/No month is open\.[^]*chen: flood/);
  expect((await said('customer release wang --reason over')).out).toBe('Released.\n');
});

test('an order stands also when Temporal does not answer; a month cannot be opened then', async () => {
  const absent = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const [hold, open] = await Promise.all([
    said('customer hold wang --reason flood', absent),
    said('campaign open', absent),
  ]);
  expect(hold).toEqual({ code: 0, out: 'Held.\n', err: '' });
  expect(open).toEqual({
    ...{ code: 75, out: '', err: 'Temporal does not answer at 127.0.0.1:1. Is it running?\n' },
  });
});

test('a dry run says how many, and does nothing', async () => {
  await support.openMonth(world.db, 'wang');
  const { out } = await said('customer hold TB01 --scope station --reason flood --dry-run');
  expect(out).toBe('Would stop the ladder of 1 customers with an open month.\n');
  expect(await world.db.command.count()).toBe(0);
});

test('a campaign opens nothing on an empty book', async () => {
  await support.empty(world.db);
  const { code, err } = await said('campaign open');
  expect([code, err]).toEqual([
    ...[4, 'There are no customers. Import some first: npx tarim import customers FILE\n'],
  ]);
});

test('a campaign’s dry run names the stations and moves no clock; live, no clock is moved', async () => {
  const open = 'campaign open --as-of 2026-03-02 --json';
  expect(JSON.parse((await said(`${open} --dry-run`)).out)).toEqual({
    ...{ period: '2026-03', stations: ['TB01', 'TB02'], dryRun: true },
  });
  expect(await world.db.businessClock.count()).toBe(0);
  const live = {
    ...{ DELIVERY: 'live', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.test' },
    ...{ MAIL_ID_DOMAIN: 'example.test', TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` },
    ...{ TWILIO_AUTH_TOKEN: 'x'.repeat(32), TWILIO_FROM: '+8613800000000' },
  };
  const { code, err } = await said(open, live);
  expect([code, err]).toEqual([4, expect.stringContaining('refused while DELIVERY=live')]);
});

test('what is printed for programs has a shape that stays', async () => {
  await setClock(world.db, on(5), 'test');
  const [grades, balances, kpi, policies, next] = await Promise.all([
    said('grade --csv --as-of 2026-03-25'),
    said('balances'),
    said('kpi --json'),
    said('policy list --json'),
    said('customer next wang --json'),
  ]);
  expect(grades.out).toMatch(/^customer_no,level,score\nliu,[123],\d+\nwang,[123],\d+\n$/);
  expect(balances.out).toBe('customer_no,balance\nliu,100.00\nwang,100.00\n');
  const [first] = JSON.parse(kpi.out) as unknown[];
  expect(first).toEqual({
    ...{ station: 'TB01', receivableFen: 10_000, receivedFen: 0 },
    ...{ priorReceivableFen: 0, priorReceivedFen: 0 },
    ...{ cumulative: 0, currentYear: 0, priorYear: null },
  });
  expect(JSON.parse(policies.out)).toEqual([
    expect.objectContaining({ id: 'tabei-grade-v1', kind: 'grading' }),
    expect.objectContaining({ id: 'tabei-v1', kind: 'ladder', effectiveFrom: '2005-01-01' }),
  ]);
  expect(JSON.parse(next.out)).toEqual([]);
});

test('a database without tables says so until it is migrated; a second time nothing is missing', async () => {
  const database = await freshDatabase();
  const bare = { DATABASE_URL: database.url };
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
  const { code, err } = await said('kpi', bare);
  expect([code, err]).toEqual([1, 'The database has no tables yet. Run: npx tarim db migrate\n']);
  expect((await said('db migrate --dry-run', bare)).out).toMatch(/^Missing: 0001_the_book/);
  expect((await said('db migrate', bare)).out).toMatch(/^Applied: 0001_the_book/);
  const again = await said('db migrate', bare);
  expect(again).toEqual({ code: 0, out: 'Nothing is missing.\n', err: '' });
  await database.drop();
});

test('with nothing running a command says what to do, and ends with 75', async () => {
  const nothing = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: '' };
  const sentence = `Nothing is running in ${home}. Start it: npx tarim up --detach\n`;
  const ended = await Promise.all([said('kpi', nothing), said('balances', nothing)]);
  for (const { code, err } of ended) expect([code, err]).toEqual([75, sentence]);
});

test('a database that does not answer ends with 75', async () => {
  const absent = { DATABASE_URL: 'postgres://tarim:x@127.0.0.1:1/tarim' };
  const ended = await Promise.all([
    said('kpi', absent),
    said('balances', absent),
    said('db migrate', absent),
  ]);
  for (const { code, err } of ended)
    expect([code, err]).toEqual([75, 'The database does not answer. Is it running?\n']);
});

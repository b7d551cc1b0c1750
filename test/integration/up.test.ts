import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readRun, type Run } from '../../engine/home';
import { hasEnded, isAlive, type Identity } from '../../engine/process';
import { outsideFolderOf } from '../../engine/unprivileged';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'tarim.mjs');
// Below a closed folder, as a home under /root is: a Postgres that may not run as root has to live elsewhere then.
const closed = mkdtempSync(join(process.env['TARIM_TEST_FOLDER'] ?? '', 'up-'));
const home = join(closed, 'home');

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  // Those of the run's own engine are not for this one; an empty variable counts as absent.
  ...{ DATABASE_URL: '', TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: '' },
  TARIM_HOME: home,
});

function tarim(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    env: env(),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

type Check = { name: string; ok: boolean; detail: string; remedy: string | null };

function doctor(): { checks: Check[]; status: number | null } {
  const { stdout, status } = tarim('doctor', '--json');
  return { ...(JSON.parse(stdout) as { checks: Check[] }), status };
}

const complaints = (): string[] =>
  doctor()
    .checks.filter(({ ok }) => !ok)
    .map(({ name }) => name);

function running(): Run {
  const run = readRun(home);
  if (run === null) throw new Error('nothing was ever started');
  return run;
}

const recorded = (run: Run): Identity[] => [
  ...Object.values(run.services),
  ...(run.supervisor ? [run.supervisor] : []),
];

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!(await what())) {
    if (Date.now() > limit) throw new Error('it did not happen in 30 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

afterAll(() => {
  tarim('down', '--purge');
  rmSync(closed, { recursive: true, force: true });
});

test('`up --detach` returns when everything answers, and `doctor` agrees', () => {
  const up = tarim('up', '--detach', '--no-worker');
  expect(up.stderr).toContain(`Tarim is up in ${home}`);
  expect(up.status).toBe(0);
  const run = running();
  expect(run.ready).toBe(true);
  expect(Object.keys(run.services).sort()).toEqual(['postgres', 'temporal']);

  const { checks, status } = doctor();
  expect(complaints()).toEqual(['worker']);
  expect(checks.find(({ name }) => name === 'time skipping tarim')?.detail).toMatch(/^off/);
  expect(status).toBe(1);
});

test('the password never stands where another user can read it', () => {
  const password = readFileSync(join(home, 'postgres.password'), 'utf8');
  const shown = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
  expect(shown).not.toContain(password);
  expect(readFileSync(join(home, 'logs', 'up.log'), 'utf8')).not.toContain(password);
});

test('a second `up` says so and leaves the first alone', () => {
  const before = running();
  for (const args of [['up'], ['up', '--detach']]) {
    const second = tarim(...args);
    expect(second.status).toBe(4);
    expect(second.stderr).toContain('already runs');
  }
  expect(running()).toEqual(before);
  expect(recorded(before).every(isAlive)).toBe(true);
});

test('a service that dies is started again at its address, with its data', async () => {
  const before = running();
  const { postgres, temporal } = before.services;
  if (!postgres || !temporal || before.databaseUrl === null) throw new Error('not up');
  const query = async (sql: string) => {
    const client = new Client({ connectionString: before.databaseUrl ?? '' });
    await client.connect();
    try {
      return (await client.query<{ n: number }>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await query('create table kept as select 7 as n');
  process.kill(postgres.pid, 'SIGKILL');
  process.kill(temporal.pid, 'SIGKILL');
  await Promise.all([hasEnded(postgres, 5_000), hasEnded(temporal, 5_000)]);
  // Each may end once more meanwhile: Temporal finds no database yet, Postgres its old children.
  await until(() => complaints().join() === 'worker');
  expect(await query('select n from kept')).toEqual([{ n: 7 }]);
  const { services } = running();
  expect(Object.values(services).every(isAlive)).toBe(true);
  expect(services['postgres']?.pid).not.toBe(postgres.pid);
  expect(running().databaseUrl).toBe(before.databaseUrl);
});

test('what a killed `up` left behind is ended by the next one', async () => {
  const before = running();
  if (!before.supervisor) throw new Error('not up');
  process.kill(before.supervisor.pid, 'SIGKILL');
  await hasEnded(before.supervisor, 5_000);
  expect(Object.values(before.services).every(isAlive)).toBe(true);
  expect(tarim('up', '--detach', '--no-worker').status).toBe(0);
  expect(recorded(before).some(isAlive)).toBe(false);
  const after = running();
  expect(recorded(after).every(isAlive)).toBe(true);
  expect(after.ports).toEqual(before.ports);
});

test('what a killed `up` left behind is ended by `down`', async () => {
  const { supervisor, services } = running();
  if (!supervisor) throw new Error('not up');
  process.kill(supervisor.pid, 'SIGKILL');
  await hasEnded(supervisor, 5_000);
  expect(tarim('down')).toMatchObject({ status: 0, stderr: 'Stopped.\n' });
  expect(Object.values(services).some(isAlive)).toBe(false);
  expect(tarim('down')).toMatchObject({ status: 0, stderr: `Nothing is running in ${home}.\n` });
});

test('a command that needs the engine says what to do when there is none', () => {
  const { status, stderr } = tarim('worker');
  expect(stderr).toContain(`Nothing is running in ${home}. Start it: npx tarim up --detach`);
  expect(status).toBe(75);
});

test('a bad environment is a mistake of usage', () => {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'doctor'], {
    env: { ...env(), LOG_LEVEL: 'loud', DELIVERY: 'maybe' },
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/DELIVERY[\s\S]*LOG_LEVEL/);
});

test('an `up` that is told to stop while it starts ends what it has started', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'up', '--no-worker'], {
    env: env(),
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await until(() => 'postgres' in running().services);
  const { services } = running();
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(Object.values(services).some(isAlive)).toBe(false);
});

test('`down --purge` leaves no file', () => {
  expect(tarim('down', '--purge').status).toBe(0);
  expect(existsSync(home)).toBe(false);
  expect(existsSync(outsideFolderOf(home))).toBe(false);
});

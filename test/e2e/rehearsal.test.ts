import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Rehearsed } from '../../simulation/rehearsal/rehearse';
import { startFakeSmtp } from '../support/fake-smtp';
import { startFakeTwilio } from '../support/fake-twilio';
import { liveAgainst } from '../support/station';

/** A real slice of samples/ over three months of 2005 (design 7): the proof that the workflow adds no rule of its own. */
const ROOT = join(__dirname, '..', '..');
const LIMIT_MS = 30 * 60_000;
const ADMIN_URL = process.env['TARIM_TEST_DATABASE_ADMIN_URL'] ?? '';

type Ended = Readonly<{ code: number; out: string; err: string }>;

/** Runs a program to its end, whatever that is. */
async function ended(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const databases = async (): Promise<string[]> => {
  const client = new Client({ connectionString: ADMIN_URL });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like '%\\_rehearsal\\_%'`,
  );
  await client.end();
  return rows.map(({ datname }) => datname);
};

test(
  'the engine does for 300 customers over three months what the simulation says, one for one, and sends nothing though it is told to',
  async () => {
    const [twilio, smtp] = await Promise.all([startFakeTwilio(), startFakeSmtp()]);
    const { code, out, err } = await ended(
      [
        ...[join(ROOT, 'bin', 'tarim.mjs'), 'rehearse', '--json', '--book', join(ROOT, 'samples')],
        ...['--customers', '300', '--from', '2005-07-01', '--to', '2005-09-30'],
      ],
      { ...liveAgainst(twilio, smtp), DATABASE_URL: ADMIN_URL },
    );
    const [texts, mails] = [twilio.taken.length, smtp.taken.length];
    await Promise.all([twilio.close(), smtp.close()]);
    const done = JSON.parse(out || '{}') as Rehearsed;
    expect({
      code,
      err: code === 0 ? '' : err,
      differences: done.differences.slice(0, 20),
    }).toEqual({
      ...{ code: 0, err: '', differences: [] },
    });
    expect(done).toMatchObject({ customers: 300, months: 3 });
    // Each customer has some: nothing was compared with nothing.
    expect(done.same).toBeGreaterThan(300 * 10);
    expect([texts, mails]).toEqual([0, 0]);
    expect(await databases()).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'a rule that one line of the workflow adds is found: demands a day later are listed, of no other customers',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tarim-planted-'));
    try {
      const done = await rehearsedBy(plantedIn(folder));
      const demands = done.differences.filter(({ what }) => what.includes(' demand'));
      expect(demands.map(({ only }) => only)).toEqual(
        expect.arrayContaining(['simulation', 'engine']),
      );
      expect(new Set(done.differences.map(({ customerNo }) => customerNo))).toEqual(
        new Set(demands.map(({ customerNo }) => customerNo)),
      );
      expect(done.same).toBeGreaterThan(done.differences.length);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  LIMIT_MS,
);

/** A copy of the workflows in which one line of collectMonth waits a day more before a demand. */
function plantedIn(folder: string): string {
  const copy = join(folder, 'workflows');
  mkdirSync(copy);
  cpSync(join(ROOT, 'workflows'), copy, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const file = join(copy, 'collect-month.ts');
  const code = readFileSync(file, 'utf8');
  const planted = code.replace(
    'await inbox.wokenBefore(ownMs(plan.at, cycle.offsetMs))',
    `await inbox.wokenBefore((ownMs(plan.at, cycle.offsetMs) ?? 0) + (plan.do === 'contact' && plan.kind === 'demand' ? 86_400_000 : 0))`,
  );
  if (planted === code) throw new Error('collect-month.ts has no such line any more');
  writeFileSync(file, planted);
  return join(copy, 'index.ts');
}

async function rehearsedBy(workflowsPath: string): Promise<Rehearsed> {
  const child = join(ROOT, 'test', 'support', 'rehearsal-child.ts');
  const { code, out, err } = await ended(['--import', 'tsx', child, workflowsPath], {
    DATABASE_URL: ADMIN_URL,
  });
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Rehearsed;
}

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import gradingV1 from '../../db/policies/tabei-grade-v1.json';
import ladderV1 from '../../db/policies/tabei-v1.json';
import type { Loads } from '../../simulation/load';
import { expectEach, tarimWith, type Run } from '../support/cli';
import { openWorld, type World } from '../support/world';

const SAMPLES = join(__dirname, '..', '..', 'samples');
const CUSTOMERS = 40;

let folder: string;
let slice: string;
let world: World;
let run: Run;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tarim-simulate-'));
  slice = join(folder, 'slice');
  sliceOfSamples(slice);
  world = await openWorld();
  run = tarimWith({ DATABASE_URL: world.url });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => world.reset());

/** The first customers of samples/, with their bills and payments. */
function sliceOfSamples(into: string): void {
  mkdirSync(into);
  const linesOf = (name: string) => readFileSync(join(SAMPLES, name), 'utf8').trimEnd().split('\n');
  const customers = linesOf('customers.csv').slice(0, CUSTOMERS + 1);
  const column = (head: string | undefined) => (head ?? '').split(',').indexOf('customer_no');
  const at = column(customers[0]);
  const numbers = new Set(customers.slice(1).map((line) => line.split(',')[at]));
  for (const name of ['customers.csv', 'bills.csv', 'payments.csv']) {
    const [head = '', ...lines] = linesOf(name);
    const theirs = lines.filter((line) => numbers.has(line.split(',')[column(head)]));
    writeFileSync(join(into, name), `${[head, ...theirs].join('\n')}\n`);
  }
}

const SPAN = '--from 2005-07-01 --to 2005-08-31';
const json = async <T>(command: string): Promise<T & { code: number }> => {
  const { code, out, err } = await run(`${command} --json`);
  if (out === '') throw new Error(err);
  return { ...(JSON.parse(out) as T), code };
};
type Simulated = Readonly<{
  policyId: string;
  gradingId: string;
  customers: number;
  totals: Readonly<Record<string, number>>;
  breaches: readonly object[];
  difference: Readonly<{ against: string; customersDiffering: number }> | null;
}>;

type Loaded = Readonly<{ loads: Loads }>;
type Modelled = Readonly<{
  model: Readonly<{ name: string }> | null;
  payment: object;
  difference: Readonly<{ payment: object }> | null;
}>;

/** The shipped ladder, changed, as the file of a draft. */
function draft(name: string, change: (body: typeof ladderV1.body) => void): string {
  const body = structuredClone(ladderV1.body);
  change(body);
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ kind: 'ladder', effectiveFrom: '2090-01-01', body }));
  return file;
}
const without = (body: typeof ladderV1.body, kind: string): void => {
  for (const level of ['1', '2', '3'] as const)
    body.ladders[level] = body.ladders[level].filter((step) => step.kind !== kind);
};

describe('simulate', () => {
  test('ends with 0 and writes its files, and what differs from another ladder', async () => {
    const fewer = draft('fewer', (body) => without(body, 'preDueReminder'));
    const out = join(folder, 'out');
    const command = `simulate --book ${slice} ${SPAN} --policy ${fewer} --against tabei-v1 --out ${out}`;
    const { code, difference, ...found } = await json<Simulated>(command);
    expect([code, found.customers, difference?.against]).toEqual([0, CUSTOMERS, 'tabei-v1']);
    expect(found.totals['sms']).toBeGreaterThan(0);
    expect(readdirSync(out).sort()).toEqual(
      ['customers.csv', 'days.csv', 'differences.csv', 'levels.csv']
        .concat(['report.html', 'simulation.json'])
        .sort(),
    );
    const rows = (name: string) => readFileSync(join(out, name), 'utf8').trimEnd().split('\n');
    expect(rows('customers.csv')).toHaveLength(1 + CUSTOMERS);
    expect(rows('differences.csv')).toHaveLength(1 + (difference?.customersDiffering ?? 0));
    expect(difference?.customersDiffering).toBeGreaterThan(0);
    const sms = rows('days.csv').filter((row) => row.includes(',sms,'));
    const sum = sms.reduce((total, row) => total + Number(row.split(',').at(-1)), 0);
    expect(sum).toBe(found.totals['sms']);
  });

  test('of a draft that could not be put on file names its faults, as the station’s would', async () => {
    const untold = draft('untold', ({ ladders }) => {
      for (const level of ['1', '2', '3'] as const)
        for (const step of ladders[level]) if (step.kind === 'billNotice') step.kind = 'demand';
    });
    const refusal = 'The policy cannot be taken. ladders.1: begins with the bill notice.';
    await expectEach(run, [
      [`simulate --book ${slice} ${SPAN} --policy ${untold}`, 4, refusal],
      [`simulate --book ${slice} ${SPAN} --against ${untold}`, 4, refusal],
    ]);
  });

  test('without a book, with two, or with what is none, ends with a sentence', async () => {
    const notJson = join(folder, 'not.json');
    writeFileSync(notJson, '{');
    const grading = join(folder, 'grading.json');
    writeFileSync(grading, JSON.stringify(gradingV1));
    await expectEach(run, [
      [`simulate ${SPAN}`, 2, 'Give one of --book and --from-database.'],
      [`simulate --book ${slice} --from-database ${SPAN}`, 2, 'Give one of --book and'],
      [`simulate --book ${folder} ${SPAN}`, 2, 'has no customers.csv'],
      [`simulate --book ${slice} --from 2005-07-01 --to 2005-06-30`, 2, 'before the first'],
      [`simulate --book ${slice} --from 2005-7-1 --to 2005-08-31`, 2, '2005-7-1 is not a day'],
      [`simulate --book ${slice} ${SPAN} --policy ${notJson}`, 2, 'is not JSON'],
      [`simulate --book ${slice} ${SPAN} --policy ${grading}`, 2, 'is no ladder policy'],
      [`simulate --book ${slice} ${SPAN} --graded hour`, 2, '--graded'],
      [`simulate --book ${slice} ${SPAN} --policy ${folder}/none`, 4, 'no such file'],
    ]);
  });

  test('pays by a model when one is given, says so, and refuses what is none with all that is wrong', async () => {
    const simulate = `simulate --book ${slice} ${SPAN}`;
    const sample = join(SAMPLES, 'response-model.json');
    const [modelled, recorded] = [
      await json<Modelled>(`${simulate} --payments model:${sample} --against tabei-v1`),
      await json<Modelled>(`${simulate} --payments recorded`),
    ];
    expect([modelled.code, modelled.model?.name, recorded.model]).toEqual([0, 'example', null]);
    expect(modelled.payment).not.toEqual(recorded.payment);
    expect(modelled.difference?.payment).toEqual(modelled.payment);
    const { out, err } = await run(`${simulate} --payments model:${sample}`);
    expect(out).toMatch(/bills issued in this time, \d+ paid in full/);
    expect(err).toContain('made up by the response model example, seed 1: Round figures');
    const bad = join(folder, 'bad-model.json');
    const after = { step: 'demand', levels: [1], chance: 0.5, withinDays: 5 };
    writeFileSync(
      bad,
      JSON.stringify({ name: 'bad', seed: 1.5, limits: '', after: [after, after, { step: 'x' }] }),
    );
    const refused = await run(`${simulate} --payments model:${bad}`);
    expect([refused.code, refused.out]).toEqual([2, '']);
    for (const where of ['seed', 'limits', 'after[2].step', 'samples/response-model.json'])
      expect(refused.err).toContain(where);
    const twice = join(folder, 'twice.json');
    writeFileSync(
      twice,
      JSON.stringify({ name: 'twice', seed: 1, limits: 'none', after: [after, after] }),
    );
    await expectEach(run, [
      [`${simulate} --payments model:${twice}`, 2, 'demand at level 1 is there twice'],
      [`${simulate} --payments guessed`, 2, 'guessed is neither recorded nor model:FILE.'],
      [`${simulate} --payments model:${folder}/none`, 4, 'no such file'],
    ]);
  });

  test('tells the days on which more is due than can be done, where that is stated', async () => {
    const simulate = `simulate --book ${slice} ${SPAN}`;
    const file = join(folder, 'capacities.json');
    const capacities = { name: 'tiny', perDay: { sms: 3 }, perStationAndDay: { call: 1000 } };
    writeFileSync(file, JSON.stringify(capacities));
    const out = join(folder, 'loads');
    const { code, loads } = await json<Loaded>(`${simulate} --capacities ${file} --out ${out}`);
    expect([code, loads.capacities]).toEqual([0, 'tiny']);
    const [sms, ...calls] = loads.loads;
    expect(sms).toMatchObject({ work: 'sms', station: null, perDay: 3 });
    expect(sms?.daysOver).toBeGreaterThan(0);
    expect(sms?.ratio).toBeCloseTo((sms?.peak ?? 0) / 3, 2);
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.every(({ work, daysOver }) => work === 'call' && daysOver === 0)).toBe(true);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      'Against what can be done in a day: tiny',
    );
    expect((await run(`${simulate} --capacities ${file}`)).out).toMatch(
      /days with more[^]*SMS +all/,
    );
    writeFileSync(file, JSON.stringify({ name: 'bad', perDay: { sms: 0, fax: 3 } }));
    const { code: refused, err } = await run(`${simulate} --capacities ${file}`);
    expect([refused, err]).toEqual([
      2,
      expect.stringMatching(/perDay\.sms[^]*fax|fax[^]*perDay\.sms/),
    ]);
  });

  test('takes the station’s own book and the policies on file, drafts too, and writes nothing there', async () => {
    const span = '--from 2026-02-01 --to 2026-04-30';
    const body = structuredClone(ladderV1.body);
    for (const level of ['1', '2', '3'] as const)
      for (const step of body.ladders[level]) step.channels = step.channels.slice(0, 1);
    const version = { kind: 'ladder', author: 'chen', effectiveFrom: new Date('2090-01-01') };
    await world.db.policy.create({ data: { id: 'shorter', body, ...version } });
    try {
      const inForce = await json<Simulated>(`simulate --from-database ${span}`);
      expect(inForce).toMatchObject({ code: 0, customers: 2, policyId: 'tabei-v1' });
      expect(inForce.gradingId).toBe('tabei-grade-v1');
      const command = `simulate --from-database ${span} --policy shorter --against tabei-v1`;
      const tried = await json<Simulated>(command);
      expect(tried).toMatchObject({ code: 0, policyId: 'shorter', breaches: [] });
      expect(inForce.totals['email']).toBeGreaterThan(0);
      expect(tried.totals).toMatchObject({ email: 0, sms: inForce.totals['sms'] });
      expect(tried.difference?.customersDiffering).toBeGreaterThan(0);
      expect(await world.db.command.count()).toBe(0);
      expect(await world.db.cycle.count()).toBe(0);
    } finally {
      await world.db.policy.delete({ where: { id: 'shorter' } });
    }
    await expectEach(run, [[`simulate --from-database ${span} --policy gone`, 4, 'gone']]);
    const away = { DATABASE_URL: 'postgres://tarim:x@127.0.0.1:1/tarim' };
    const { code, err } = await run(`simulate --from-database ${span}`, away);
    expect([code, err]).toEqual([75, 'The database does not answer. Is it running?\n']);
  });
});

describe('backtest', () => {
  test('ends with 0, writes its files, and holds two gradings against each other', async () => {
    const out = join(folder, 'backtest');
    const { code, policies } = await json<{ policies: { policyId: string }[] }>(
      `backtest --book ${SAMPLES} --against tabei-grade-v2 --out ${out}`,
    );
    expect(code).toBe(0);
    expect(policies.map(({ policyId }) => policyId)).toEqual(['tabei-grade-v1', 'tabei-grade-v2']);
    expect(readdirSync(out).sort()).toEqual(['backtest.json', 'backtest.md']);
    const { out: table } = await run(`backtest --book ${SAMPLES}`);
    expect(table).toMatch(/Test from 2005-08 on[^]*tabei-grade-v1/);
  });

  test('of what is no book or no grading ends with 2, and writes nothing', async () => {
    const out = join(folder, 'nothing');
    await expectEach(run, [
      ['backtest', 2, '--book'],
      [`backtest --book ${folder} --out ${out}`, 2, 'has no customers.csv'],
      [`backtest --book ${slice} --policy tabei-v1 --out ${out}`, 2, 'is no grading policy'],
      [`backtest --book ${slice} --test-from 2006-01 --out ${out}`, 2, 'too few months'],
    ]);
    expect(existsSync(out)).toBe(false);
  });
});

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import type { z } from 'zod';
import type { SimulationReport } from '../../../api/schema/simulations';
import ladderPolicy from '../../../db/policies/tabei-v1.json';
import gradePolicy from '../../../db/policies/tabei-grade-v1.json';
import { noteSimulation, takeSimulation } from '../../../db/simulations';
import { startSimulations } from '../../../worker/simulations';
import type { Caller } from '../../support/api';
import {
  draftBy,
  lessLetters,
  openTrials,
  reportBy,
  said,
  simulateBy,
  simulationBy,
  worked,
  type Trials,
} from '../../support/trials';
import { until } from '../../support/until';
import type { World } from '../../support/world';

let trials: Trials;
let world: World;
let chen: Caller;
let li: Caller;
let local: Caller;
beforeAll(async () => {
  trials = await openTrials();
  ({ world, chen, li } = trials);
  local = await trials.api.as('supervisor', { stations: ['TB02'] });
});
beforeEach(() => trials.reset());
afterAll(() => trials.close());

const draft = (id: string, body: unknown, how?: Parameters<typeof draftBy>[3]) =>
  draftBy(chen, id, body, how);
const simulate = (
  more: object = {},
  { by = chen, ...of }: { by?: Caller; id?: string; policy?: string } = {},
) => simulateBy(by, more, of);
const row = (id?: string) => simulationBy(li, id);
const work = () => worked(world, li);
const log = pino({ level: 'silent' });

test('it says what a draft would do with the book otherwise than the version in force, customer by customer', async () => {
  expect(said(await simulate())).toEqual([200, 'applied']);
  expect(await row()).toMatchObject({ state: 'waiting', againstId: 'tabei-v1', kind: 'ladder' });
  await work();
  const found = await row();
  expect(found).toMatchObject({ state: 'finished', current: true, total: 4, done: 4 });
  const answer = await li.get('/simulations/s1/report');
  expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(found.sha256);
  const report = answer.json<z.output<typeof SimulationReport>>();
  const { totals, customers } = report.difference;
  expect(report.policy.breaches).toBe(0);
  expect([totals.email, totals.sms, customers]).toEqual([-1, 0, 1]);
  const days = report.days.reduce((sum, { policy }) => sum + policy.sms, 0);
  expect(days).toBe(report.policy.totals.sms);
  const differing = async (by: Caller) =>
    (await by.get('/simulations/s1/differences')).json<{ items: object[] }>().items;
  expect(await differing(li)).toMatchObject([{ customerNo: 'wang', sms: 0, email: -1 }]);
  expect(await differing(local)).toEqual([]);
  const csv = (await li.get('/exports/simulated-differences?simulation=s1')).body;
  expect(csv).toMatch(/customerNo,station,sms,[^]*wang,TB01,0,-1,/);
  const page = await li.get('/simulations/s1/report?as=html', { 'accept-language': 'en' });
  expect(page.headers['content-disposition']).toBe('attachment; filename="v2-simulation.html"');
  expect(page.body).toMatch(/A simulation of v2[^]*More than tabei-v1/);
});

test('a grading is held against the grading in force, under the ladder in force', async () => {
  await draft('g2', { ...gradePolicy.body, hysteresis: 3 }, { kind: 'grading' });
  await simulate({}, { policy: 'g2' });
  await work();
  const report = await reportBy(li);
  expect(report.policy).toMatchObject({ policyId: 'tabei-v1', gradingId: 'g2' });
  expect(report.against).toMatchObject({ policyId: 'tabei-v1', gradingId: 'tabei-grade-v1' });
});

test('what makes no sense is refused, and only who has all stations may', async () => {
  expect((await simulate({}, { by: local })).statusCode).toBe(403);
  expect((await simulate({}, { policy: 'none' })).statusCode).toBe(404);
  const refusals: [object, string][] = [
    [{ to: '2026-01-31' }, 'The last day must not be before the first.'],
    [{ against: 'v2' }, 'Policy v2 cannot be held against itself.'],
    [{ against: 'tabei-grade-v1' }, 'There is no ladder policy tabei-grade-v1 to hold v2 against.'],
  ];
  for (const [nth, [more, sentence]] of refusals.entries())
    expect(said(await simulate(more, { id: `r${nth}` }))).toEqual([409, sentence]);
  await simulate();
  expect(said(await simulate({}, { id: 's2' }))).toEqual([
    409,
    'A simulation of v2 is under way. Wait for it, or stop it.',
  ]);
});

test('stopped, it ends, whoever has it is told, and nothing is kept', async () => {
  await simulate();
  const taken = await takeSimulation(world.db, 'w1');
  expect(taken).toMatchObject({ id: 's1', tries: 1 });
  const stop = () => chen.send('POST', '/simulations/s1/stop', { reason: 'another draft' });
  expect(said(await stop())).toEqual([200, 'applied']);
  expect(said(await stop())).toEqual([409, 'Simulation s1 has ended already.']);
  const far = { done: 1, total: 4 };
  expect(await noteSimulation(world.db, { id: 's1', by: 'w1' }, far)).toBe(false);
  expect(await row()).toMatchObject({ state: 'stopped', endedBy: 'chen', sha256: null });
  expect((await li.get('/simulations/s1/report')).statusCode).toBe(404);
});

test('whose worker was killed is begun again by another, and given up after three', async () => {
  const silence = () =>
    world.db
      .$executeRaw`update simulation set taken_at = clock_timestamp() - interval '31 seconds'`;
  await simulate();
  await takeSimulation(world.db, 'w1');
  expect(await takeSimulation(world.db, 'w2')).toBeNull();
  await silence();
  expect(await takeSimulation(world.db, 'w2')).toMatchObject({ id: 's1', tries: 2 });
  const far = { done: 2, total: 4 };
  expect(await noteSimulation(world.db, { id: 's1', by: 'w1' }, far)).toBe(false);
  await silence();
  await work();
  expect(await row()).toMatchObject({ state: 'finished' });
  await simulate({}, { id: 's2' });
  for (let nth = 1; nth <= 3; nth += 1) {
    expect(await takeSimulation(world.db, `x${nth}`)).toMatchObject({ id: 's2', tries: nth });
    await silence();
  }
  expect(await takeSimulation(world.db, 'x4')).toBeNull();
  expect(await row('s2')).toMatchObject({ state: 'failed', failure: 'The worker ended.' });
});

test('a worker killed in the midst leaves nothing running for ever: another takes it up, and it ends', async () => {
  await simulate();
  const child = join(__dirname, '..', '..', 'support', 'simulation-child.ts');
  const killed = fork(child, [world.url], { execArgv: ['--import', 'tsx'], stdio: 'ignore' });
  expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
  expect(await row()).toMatchObject({ state: 'running', sha256: null });
  expect(await takeSimulation(world.db, 'too soon')).toBeNull();
  // As if the half minute without a word were over.
  await world.db.$executeRaw`update simulation set taken_at = taken_at - interval '30 seconds'`;
  await work();
  expect(await row()).toMatchObject({ state: 'finished', failure: null, done: 4, total: 4 });
  expect((await li.get('/simulations/s1/report')).statusCode).toBe(200);
  expect(await world.db.simulation.findUnique({ where: { id: 's1' } })).toMatchObject({ tries: 2 });
});

test('a worker that is told to stop gives back what it has, to be taken at once', async () => {
  await simulate();
  const loop = startSimulations(world.db, world.url, log);
  await until('it runs', async () => (await row()).state === 'running');
  await loop.stop();
  expect((await row()).state).toMatch(/running|finished/);
  await work();
  expect(await row()).toMatchObject({ state: 'finished', failure: null });
});

describe('an activation', () => {
  const ask = (evidence: object, id = 'a1') =>
    chen.send(
      'POST',
      '/policies/v2/activation',
      { reason: 'agreed', ...evidence },
      { 'idempotency-key': id },
    );
  const approve = (id = 'a1') =>
    li.send('POST', `/approvals/${id}/decision`, { decision: 'approve', reason: 'read it' });

  test('is refused without a report, unless somebody says why there is none', async () => {
    expect(said(await ask({}))).toEqual([
      409,
      'Nobody has seen what v2 would do. Simulate it and name the simulation, or say why it is put to use without a report.',
    ]);
    expect(said(await ask({ simulationId: 's1' }, 'a2'))).toEqual([
      409,
      'There is no simulation s1 of v2.',
    ]);
    await simulate();
    expect(said(await ask({ simulationId: 's1' }, 'a3'))).toEqual([
      409,
      'Simulation s1 is waiting: it has no report.',
    ]);
    const both = { simulationId: 's1', withoutReport: 'urgent' };
    expect((await ask(both, 'a4')).statusCode).toBe(409);
    expect(said(await ask({ withoutReport: 'the law of tomorrow' }, 'a5'))).toEqual([
      200,
      'applied',
    ]);
    expect(said(await approve('a5'))).toEqual([200, 'applied']);
    const entry = await world.db.command.findFirst({ where: { kind: 'approve policyActivation' } });
    expect(entry?.body).toMatchObject({ policyId: 'v2', withoutReport: 'the law of tomorrow' });
  });

  test('carries the digest and the figures of its report, which the audit keeps', async () => {
    await simulate();
    await work();
    const { sha256 } = await row();
    expect(said(await ask({ simulationId: 's1' }))).toEqual([200, 'applied']);
    const figures = {
      simulationId: 's1',
      sha256,
      againstId: 'tabei-v1',
      differing: 1,
      breaches: 0,
    };
    const approval = (await li.get('/approvals/a1')).json<{ body: object }>();
    expect(approval.body).toMatchObject({ policyId: 'v2', report: figures });
    expect(said(await approve())).toEqual([200, 'applied']);
    for (const kind of ['request policyActivation', 'approve policyActivation'])
      expect((await world.db.command.findFirst({ where: { kind } }))?.body).toMatchObject({
        report: figures,
      });
  });

  test('by a report on a draft that was replaced since, or against what is no longer in force, is refused', async () => {
    await simulate();
    await work();
    await draft('v2', ladderPolicy.body, { method: 'PUT' });
    expect(said(await ask({ simulationId: 's1' }))).toEqual([
      409,
      'Policy v2 was replaced after simulation s1. Simulate it again.',
    ]);
    await draft('v2', lessLetters, { method: 'PUT' });
    expect(said(await ask({ simulationId: 's1' }, 'a2'))).toEqual([200, 'applied']);
    await world.db.policy.create({
      data: {
        ...{ id: 'v3', kind: 'ladder', body: ladderPolicy.body, author: 'chen' },
        ...{ effectiveFrom: new Date('2026-01-02'), activatedAt: new Date(), activatedBy: 'li' },
      },
    });
    expect(said(await approve('a2'))).toEqual([
      409,
      'This can no longer be done; it can be rejected. Simulation s1 is against tabei-v1, but v3 is in force. Simulate it against that.',
    ]);
  });
});

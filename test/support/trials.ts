import pino from 'pino';
import type { z } from 'zod';
import type { Simulation, SimulationReport } from '../../api/schema/simulations';
import ladderPolicy from '../../db/policies/tabei-v1.json';
import { startSimulations } from '../../worker/simulations';
import { startApi, type Caller } from './api';
import { until } from './until';
import { openWorld, type World } from './world';

/** A book with an API before it and two supervisors. `reset`: nothing was tried yet, and `v2`, a ladder with less letters, is a draft. */
export async function openTrials() {
  const world = await openWorld();
  const api = await startApi({}, { url: world.url });
  const chen = await api.as('supervisor', { username: 'chen' });
  const li = await api.as('supervisor', { username: 'li' });
  return {
    ...{ world, api, chen, li },
    async reset(): Promise<void> {
      await world.db.$executeRaw`truncate simulation, simulation_customer, approval cascade`;
      await world.db.policy.deleteMany({ where: { NOT: { id: { startsWith: 'tabei-' } } } });
      await world.reset();
      await draftBy(chen, 'v2', lessLetters);
    },
    async close(): Promise<void> {
      await api.close();
      await world.close();
    },
  };
}
export type Trials = Awaited<ReturnType<typeof openTrials>>;

/** The ladder in force with one letter less: the bill notice by SMS only. */
export const lessLetters = structuredClone(ladderPolicy.body);
for (const level of ['1', '2', '3'] as const)
  for (const step of lessLetters.ladders[level])
    if (step.kind === 'billNotice') step.channels = ['sms'];

/** Puts a draft on file, or another in its place. */
export const draftBy = (
  by: Caller,
  id: string,
  body: unknown,
  { method = 'POST', kind = 'ladder' }: { method?: 'POST' | 'PUT'; kind?: string } = {},
) =>
  by.send(method, method === 'POST' ? '/policies' : `/policies/${id}`, {
    ...(method === 'POST' ? { id } : {}),
    draft: { kind, effectiveFrom: '2090-01-01', body },
    reason: 'less often',
  });

/** Orders a simulation of three months around the bills of `openWorld`. */
export const simulateBy = (
  by: Caller,
  more: object = {},
  { id = 's1', policy = 'v2' }: { id?: string; policy?: string } = {},
) =>
  by.send(
    'POST',
    `/policies/${policy}/simulations`,
    { from: '2026-02-01', to: '2026-04-30', reason: 'try it', ...more },
    { 'idempotency-key': id },
  );

/** An answer's code, and its result or its sentence. */
export const said = (answer: { statusCode: number; json: () => unknown }) => {
  const { result, detail } = answer.json() as { result?: string; detail?: string };
  return [answer.statusCode, result ?? detail];
};

export const simulationBy = async (by: Caller, id = 's1') =>
  (await by.get(`/simulations/${id}`)).json<z.output<typeof Simulation>>();

export const reportBy = async (by: Caller, id = 's1') =>
  (await by.get(`/simulations/${id}/report`)).json<z.output<typeof SimulationReport>>();

/** Lets a worker carry out `s1`. */
export async function worked({ db, url }: World, by: Caller): Promise<void> {
  const loop = startSimulations(db, url, pino({ level: 'silent' }));
  try {
    await until('it has ended', async () => {
      const { state } = await simulationBy(by);
      return state !== 'waiting' && state !== 'running';
    });
  } finally {
    await loop.stop();
  }
}

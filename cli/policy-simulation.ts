import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { Done, itemsOf } from '../api/schema/answers';
import { Simulation, SimulationReport } from '../api/schema/simulations';
import { WORKS } from '../domain/assumptions';
import { dayOption, optional } from './arguments';
import { capacitiesOption } from './capacities';
import type { Cli, Ordered, Printed } from './cli';
import { openApi, type Api } from './client';
import { Exit, EXIT } from './exit';
import { inUrl, keyOf, order, sayDone } from './order';
import { printLoads } from './print-loads';
import { printRows, type Column } from './print-rows';
import { modelOption } from './response-model';
import { saveStream } from './save-stream';
import { sayPaid } from './say-paid';
import { money, wallClock } from './screen';
import { termOf } from './terms';

export type SimulateVersionOptions = Ordered &
  Readonly<{
    against?: string;
    from?: string;
    to?: string;
    payments: string;
    capacities?: string;
    wait?: boolean;
  }>;
export type ReportOptions = Readonly<{ json?: boolean; out?: string }>;

const LOOK_MS = 1_000;
const at = (id: string): string => `/simulations/${inUrl(id)}`;

/** Orders a simulation of the server's own book; waits for it where that is asked for. */
export async function simulateVersion(
  cli: Cli,
  policyId: string,
  options: SimulateVersionOptions,
): Promise<void> {
  const { against, reason, dryRun, wait, json } = options;
  const from = optional(cli, options.from, dayOption);
  const to = optional(cli, options.to, dayOption);
  const model = await modelOption(cli, options.payments);
  const capacities = await optional(cli, options.capacities, capacitiesOption);
  const api = await openApi(cli);
  const body = { against, from, to, model, capacities, reason };
  const sent = { body, answer: Done, key: keyOf(options), dryRun };
  const answer = await api.send(`/policies/${inUrl(policyId)}/simulations`, sent);
  if (wait !== true || dryRun === true) {
    sayDone(cli, answer, options, 'policy.simulate.done');
    if (json !== true) cli.screen.line(`${cli.t('head.simulation')}: ${answer.id}`);
    return;
  }
  await ended(cli, api, answer.id);
  await printReport(cli, answer.id, json === true ? { json } : {});
}

async function ended(cli: Cli, api: Api, id: string): Promise<void> {
  for (;;) {
    const { state, done, total } = await api.get(at(id), { answer: Simulation });
    if (total > 0) cli.screen.progress(done, total);
    if (state !== 'waiting' && state !== 'running') return;
    await sleep(LOOK_MS);
  }
}

/** Prints the simulations of a version. */
export async function listSimulations(cli: Cli, policyId: string, options: Printed): Promise<void> {
  const { t } = cli;
  const columns: Column<z.output<typeof Simulation>>[] = [
    { head: t('head.simulation'), of: ({ id }) => id },
    { head: t('head.status'), of: ({ state }) => termOf(cli, state) },
    { head: t('head.against'), of: ({ againstId }) => againstId },
    { head: t('head.from'), of: ({ from, to }) => `${from} – ${to}` },
    { head: t('head.by'), of: ({ actor }) => actor },
    { head: t('head.when'), of: (row) => wallClock(row.at) },
    { head: t('head.reason'), grows: true, of: ({ reason }) => reason },
  ];
  const path = `/policies/${inUrl(policyId)}/simulations`;
  const { items } = await (await openApi(cli)).get(path, { answer: itemsOf(Simulation) });
  await printRows(cli, Simulation, items, columns, options);
}

export const stopSimulation = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, { path: `${at(id)}/stop`, done: 'policy.stop.done' });

/** Prints what one found, or writes its report to a file. @throws Exit 4 while there is no report. */
export async function printReport(cli: Cli, id: string, options: ReportOptions): Promise<void> {
  const { t, screen } = cli;
  const api = await openApi(cli);
  const { state, failure, sha256 } = await api.get(at(id), { answer: Simulation });
  if (sha256 === null) {
    const values = { id, state: termOf(cli, state), because: failure ?? '' };
    throw new Exit(EXIT.refused, t('policy.report.notYet', values).trimEnd());
  }
  const { json, out } = options;
  if (out !== undefined) {
    const as = out.endsWith('.html') ? 'html' : 'json';
    await saveStream(cli, out, () => api.stream(`${at(id)}/report`, { query: { as } }));
    screen.line(t('policy.report.written', { file: out }));
    return;
  }
  const report = await api.get(`${at(id)}/report`, { answer: SimulationReport });
  if (json === true) screen.json({ sha256, ...report });
  else await print(cli, { sha256, ...report });
}

type Told = z.output<typeof SimulationReport> & Readonly<{ sha256: string }>;

async function print(cli: Cli, found: Told): Promise<void> {
  const { t, screen } = cli;
  const { policyId, againstId: against, from, to, customers, policy, difference, sha256 } = found;
  const { model, capacities } = found;
  screen.line(t('policy.report.is', { policyId, against, from, to, customers }));
  const rows = WORKS.map((work) => [
    t(`simulate.work.${work}`),
    policy.totals[work],
    found.against.totals[work],
    difference.totals[work],
  ]);
  const cost = [policy.costFen, found.against.costFen, difference.costFen].map(money);
  const right = [policyId, against, t('head.difference', { against })];
  await screen.table(
    [{ head: t('head.work') }, ...right.map((head) => ({ head, right: true }))],
    [...rows, [t('simulate.cost'), ...cost]],
  );
  const { breaches, loads } = policy;
  screen.line(t('policy.report.differing', { count: difference.customers, breaches }));
  if (model !== null) {
    sayPaid(cli, policyId, policy.payment);
    sayPaid(cli, against, found.against.payment);
  }
  if (capacities !== null) await printLoads(cli, { capacities, loads });
  screen.aside(model === null ? t('simulate.recorded') : t('simulate.modelled', model));
  screen.line(t('policy.report.sha256', { sha256 }));
}

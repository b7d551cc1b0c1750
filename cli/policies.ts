import type { z } from 'zod';
import { Done, itemsOf } from '../api/schema/answers';
import { MessagePreview, Policy, PolicyDiff, PolicyVersion } from '../api/schema/policies';
import { shippedPolicies } from '../db/shipped';
import { dateOf, instantOf, periodOf, plusMonths } from '../domain/time';
import { dayOption, optional } from './arguments';
import type { Cli, Ordered, Printed } from './cli';
import { openApi } from './client';
import { Exit, EXIT } from './exit';
import { jsonIn } from './json-option';
import { inUrl, keyOf, order, sayDone } from './order';
import { printRows, type Column } from './print-rows';
import { termOf } from './terms';

export type DraftOptions = Ordered & Readonly<{ replace?: boolean; from?: string }>;
export type PreviewOptions = Printed & Readonly<{ channel: string }>;

const at = (id: string): string => `/policies/${inUrl(id)}`;

/** Prints every version on file. */
export async function listPolicies(cli: Cli, options: Printed): Promise<void> {
  const { t } = cli;
  const columns: Column<z.output<typeof PolicyVersion>>[] = [
    { head: t('head.policy'), of: ({ id }) => id },
    { head: t('head.kind'), of: ({ kind }) => termOf(cli, kind) },
    { head: t('head.status'), of: ({ state }) => termOf(cli, state) },
    { head: t('head.from'), of: ({ effectiveFrom }) => effectiveFrom },
    { head: t('head.by'), of: ({ author }) => author },
    { head: t('head.activatedBy'), of: ({ activatedBy }) => activatedBy },
  ];
  const api = await openApi(cli);
  const { items } = await api.get('/policies', { answer: itemsOf(PolicyVersion) });
  await printRows(cli, PolicyVersion, items, columns, options);
}

/** The ladder as a table of steps and levels for people; all of it as JSON. */
export async function showPolicy(cli: Cli, id: string, { json }: Printed): Promise<void> {
  const { t, screen } = cli;
  const found = await (await openApi(cli)).get(at(id), { answer: Policy });
  if (json === true || found.ladder.length === 0) {
    screen.json(found);
    return;
  }
  const state = termOf(cli, found.state);
  screen.line(t('policy.is', { id, state, from: found.effectiveFrom, author: found.author }));
  await screen.table(
    [{ head: t('head.step') }, ...found.columns.map(({ label }) => ({ head: label, grows: true }))],
    found.ladder.map(({ key, levels }) => [
      key,
      ...found.columns.map(({ level }) => levels[level]?.text ?? '–'),
    ]),
  );
  for (const { path, message } of found.faults) screen.line(`${path}: ${message}`);
}

export async function diffPolicy(
  cli: Cli,
  id: string,
  against: string | undefined,
  { json }: Printed,
): Promise<void> {
  const { t, screen } = cli;
  const api = await openApi(cli);
  const found = await api.get(`${at(id)}/diff`, { query: { against }, answer: PolicyDiff });
  if (json === true) {
    screen.json(found);
    return;
  }
  screen.line(t('policy.diff.is', { before: found.before, after: found.after }));
  for (const { text } of found.changes) screen.line(`  ${text}`);
  if (found.changes.length === 0) screen.line(t('policy.diff.same'));
}

/** Prints a step's message to a real customer; nothing is sent. */
export async function previewPolicy(
  cli: Cli,
  { id, customer, step }: Readonly<{ id: string; customer: string; step: string }>,
  { channel, json }: PreviewOptions,
): Promise<void> {
  const api = await openApi(cli);
  const query = { customerNo: customer, stepKey: step, channel };
  const found = await api.get(`${at(id)}/preview`, { query, answer: MessagePreview });
  if (json === true) cli.screen.json(found);
  else for (const text of [found.subject, found.body]) if (text !== '') cli.screen.line(text);
}

/** The file is the draft as JSON: kind, effectiveFrom, body; without one it is what Tarim ships under that id. What it breaks is told by the API, with its place. */
export async function draftPolicy(
  cli: Cli,
  id: string,
  file: string | undefined,
  options: DraftOptions,
): Promise<void> {
  const { reason, dryRun, replace } = options;
  const draft = file === undefined ? shipped(cli, id, options) : await jsonIn(cli, file);
  const api = await openApi(cli);
  const sent = { answer: Done, key: keyOf(options), dryRun };
  const answer =
    replace === true
      ? await api.send(at(id), { ...sent, method: 'PUT', body: { draft, reason } })
      : await api.send('/policies', { ...sent, body: { id, draft, reason } });
  sayDone(cli, answer, options, 'policy.draft.done');
}

/** Its own day is past: it is in force from the first of next month, or from the day given. */
function shipped(cli: Cli, id: string, { from }: DraftOptions): unknown {
  const found = shippedPolicies.find((policy) => policy.id === id);
  const ids = shippedPolicies.map((policy) => policy.id).join(', ');
  if (found === undefined) throw new Exit(EXIT.usage, cli.t('policy.notShipped', { id, ids }));
  const next = plusMonths(periodOf(dateOf(instantOf(Date.now()))), 1);
  const effectiveFrom = optional(cli, from, dayOption) ?? `${next}-01`;
  return { kind: found.kind, effectiveFrom, body: found.body };
}

export const withdrawPolicy = (cli: Cli, id: string, options: Ordered): Promise<void> =>
  order(cli, options, { path: `${at(id)}/withdrawal`, done: 'policy.withdraw.done' });

export type ActivateOptions = Ordered & Readonly<{ report?: string; withoutReport?: string }>;

export const activatePolicy = (
  cli: Cli,
  id: string,
  { report: simulationId, withoutReport, ...options }: ActivateOptions,
): Promise<void> =>
  order(cli, options, {
    ...{ path: `${at(id)}/activation`, done: 'approval.asked' },
    body: { simulationId, withoutReport },
  });

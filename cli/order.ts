import { randomUUID } from 'node:crypto';
import { Done } from '../api/schema/answers';
import type { Cli, Ordered } from './cli';
import { openApi, type Api } from './client';
import type { Word } from './words';

export const keyOf = ({ id }: Readonly<{ id?: string }>): string => id ?? `cli-${randomUUID()}`;

/** One order: sent once with a key of its own, and what became of it said. */
export async function order(
  cli: Cli,
  options: Ordered,
  { path, body = {}, done }: Readonly<{ path: string; body?: object; done: Word }>,
  api?: Api,
): Promise<void> {
  const { reason, dryRun } = options;
  const to = api ?? (await openApi(cli));
  const sent = { body: { reason, ...body }, answer: Done, key: keyOf(options), dryRun };
  sayDone(cli, await to.send(path, sent), options, done);
}

export function sayDone(
  { t, screen }: Cli,
  answer: Readonly<{ result: 'applied' | 'repeated' | 'wouldApply' }>,
  { json }: Readonly<{ json?: boolean }>,
  done: Word,
): void {
  if (json === true) screen.json(answer);
  else if (answer.result === 'repeated') screen.line(t('order.repeated'));
  else if (answer.result === 'wouldApply') screen.line(t('order.would', { done: t(done) }));
  else screen.line(t(done));
}

/** A part of an address, whatever it is made of. */
export const inUrl = (text: string): string => encodeURIComponent(text);

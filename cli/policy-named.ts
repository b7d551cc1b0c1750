import { readFile } from 'node:fs/promises';
import { DraftBody } from '../api/schema/policies';
import { shippedPolicies } from '../db/shipped';
import type { GradingPolicy } from '../domain/grading';
import type { LadderPolicy } from '../domain/policy';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { plainly } from './plainly';

/** A grading that Tarim ships, by its id; else a file with a draft. @throws Exit 2 when it is neither, or no grading. */
export const gradingOf = (cli: Cli, name: string): Promise<GradingPolicy> =>
  policyOf<GradingPolicy>(cli, name, 'grading');

/** The same for a ladder. */
export const ladderOf = (cli: Cli, name: string): Promise<LadderPolicy> =>
  policyOf<LadderPolicy>(cli, name, 'ladder');

async function policyOf<P extends Readonly<{ id: string }>>(
  cli: Cli,
  name: string,
  wanted: 'grading' | 'ladder',
): Promise<P> {
  const shipped = shippedPolicies.find(({ id }) => id === name);
  const { kind, effectiveFrom, body } = shipped ?? (await draftIn(cli, name));
  const draft = DraftBody.safeParse({ kind, effectiveFrom, body });
  if (!draft.success || draft.data.kind !== wanted)
    throw new Exit(EXIT.usage, cli.t(NO_SUCH[wanted], { name }));
  return { ...(body as Omit<P, 'id'>), id: shipped?.id ?? name } as P;
}

const NO_SUCH = { grading: 'backtest.noGrading', ladder: 'simulate.noLadder' } as const;

async function draftIn(cli: Cli, file: string): Promise<Record<string, unknown>> {
  const text = await plainly(cli, () => readFile(file, 'utf8'));
  return jsonIn(cli, file, text) as Record<string, unknown>;
}

/** What a file of JSON says. @throws Exit 2 when it is none */
export function jsonIn(cli: Cli, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const because = error instanceof Error ? error.message : '';
    throw new Exit(EXIT.usage, cli.t('file.noJson', { file, because }));
  }
}

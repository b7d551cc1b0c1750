import { DraftBody } from '../api/schema/policies';
import { shippedPolicies } from '../db/shipped';
import type { GradingPolicy } from '../domain/grading';
import type { LadderPolicy } from '../domain/policy';
import { policyRefusal, type PolicyBody } from '../domain/policy-check';
import type { Cli } from './cli';
import { Exit, EXIT } from './exit';
import { jsonIn } from './json-option';

/** A grading that Tarim ships, by its id; else a file with a draft. @throws Exit 2 when it is neither, or no grading; 4 with its faults. */
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
  const { kind, effectiveFrom, body } =
    shipped ?? ((await jsonIn(cli, name)) as Record<string, unknown>);
  const draft = DraftBody.safeParse({ kind, effectiveFrom, body });
  if (!draft.success || draft.data.kind !== wanted)
    throw new Exit(EXIT.usage, cli.t(NO_SUCH[wanted], { name }));
  const no = policyRefusal(wanted, body as PolicyBody);
  if (no !== null) throw new Exit(EXIT.refused, no);
  return { ...(body as Omit<P, 'id'>), id: shipped?.id ?? name } as P;
}

const NO_SUCH = { grading: 'backtest.noGrading', ladder: 'simulate.noLadder' } as const;

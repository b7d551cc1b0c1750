import type { Account } from '../db/facts';
import {
  demanded,
  letterKind,
  letterValues,
  type Demanded,
  type LetterKind,
} from '../domain/letter';
import type { Contact, Rules } from '../domain/plan';
import type { Instant } from '../domain/time';

/** What a step's messages say, whatever the channel. */
export type Wording = Readonly<{
  stepKey: string;
  kind: LetterKind;
  ask: Demanded;
  values: Record<string, unknown>;
}>;

/** The wording of a step as of now. @throws {RangeError} when a step of that kind has no letter. */
export function wordingOf(
  { customer, facts }: Pick<Account, 'customer' | 'facts'>,
  { policy }: Pick<Rules, 'policy'>,
  step: Pick<Contact, 'stepKey' | 'kind'>,
  asOf: Instant,
): Wording {
  const kind = letterKind(step.kind);
  if (kind === null) throw new RangeError(`a step of kind ${step.kind} has no letter`);
  const ask = demanded(facts, policy, asOf);
  return {
    stepKey: step.stepKey,
    kind,
    ask,
    values: letterValues(ask, { ...customer, kind, asOf }),
  };
}

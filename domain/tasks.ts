/** What a person may report of each kind of task. Source: design 5, issue 4.6 and docs/adr/0016. */
export const OUTCOMES = {
  call: ['reached', 'notReached', 'promise', 'refuses', 'paidAlready', 'wrongNumber', 'moved'],
  visit: ['reached', 'notReached', 'promise', 'refuses', 'paidAlready', 'moved'],
  letter: ['served', 'left', 'notServed'],
  review: ['continue', 'handOver', 'writeOff'],
  deviceContact: ['done', 'refuses'],
  deviceVisit: ['done', 'refuses'],
  deviceAgreement: ['agrees', 'refuses'],
  deviceSigning: ['done', 'refuses'],
  deviceInstallation: ['done', 'refuses'],
  deviceTopUp: ['done', 'refuses'],
  deviceSwitch: ['done', 'refuses'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type AnyTaskKind = keyof typeof OUTCOMES;
export const TASK_KINDS = Object.keys(OUTCOMES) as AnyTaskKind[];

/** The outcomes of a kind; none where a later version gave out a kind that this does not know. */
export const outcomesOf = (kind: string): readonly string[] =>
  (OUTCOMES as Readonly<Record<string, readonly string[]>>)[kind] ?? [];

/** What an outcome cannot do without: a promise its day, a letter left behind where it was left and who saw it. */
export const needsOf = (outcome: string): 'promisedOn' | 'note' | null =>
  outcome === 'promise' ? 'promisedOn' : outcome === 'left' ? 'note' : null;

export type FollowUp = Readonly<{
  kind: 'visit' | 'review';
  why: string;
  /** Policy time stands still until the task is done, at the latest until it is due. */
  holds: boolean;
}>;

/**
 * The task that an outcome calls for at once, besides the ladder; null: none. Whom the telephone or the post does not find is looked for at
 * the premises; whom the premises do not know is the supervisor's matter; so is money that the customer paid and the book does not have.
 */
export function followUpOf(kind: string, outcome: string): FollowUp | null {
  if (outcome === 'paidAlready') return { kind: 'review', why: outcome, holds: true };
  if (outcome === 'moved' && kind === 'visit')
    return { kind: 'review', why: outcome, holds: false };
  return outcome === 'wrongNumber' || outcome === 'moved' || outcome === 'notServed'
    ? { kind: 'visit', why: outcome, holds: false }
    : null;
}

import type { Account } from '../db/facts';
import { stepOfMessage } from '../db/messages';
import type { MessageRow } from '../db/steps';
import type { Contact } from '../domain/plan';
import type { MessageStatus, Taken, Turn } from '../workflows/contract';
import type { Deps } from './deps';

/** A step that was claimed in a turn, with its messages. */
export type Contacted = Readonly<{ plan: Contact; messages: readonly MessageRow[] }>;
type Outcome = Readonly<{ id: string; status: MessageStatus }>;

/** What a turn did towards the customer, for the history of its run. */
export const takenOf = (contacts: readonly Contacted[], handed: readonly Outcome[]): Taken[] =>
  contacts.map(({ plan: { stepKey, kind, billNos, tasks }, messages }) => ({
    ...{ stepKey, kind, billNos, tasks },
    messages: messages.map(({ id, channel }) => {
      const status = handed.find((outcome) => outcome.id === id)?.status ?? 'sending';
      return { id, channel, status };
    }),
  }));

/** The same of messages whose step was claimed in an earlier turn. */
export const witnessed = ({ db }: Deps, outcomes: readonly Outcome[]): Promise<Taken[]> =>
  Promise.all(
    outcomes.map(async ({ id, status }) => {
      const { channel, ...step } = await stepOfMessage(db, id);
      return { ...step, tasks: [], messages: [{ id, channel, status }] };
    }),
  );

/** Whether the database lacks what the run saw done: then it was restored to an earlier day, and who acts on it writes twice. */
export function forgets(account: Account | null, { known }: Turn): boolean {
  if (known === undefined) return false;
  if (account === null || account.policyId === null) return true;
  const { steps, undelivered } = account.facts;
  const isDone = (billNo: string): boolean =>
    steps.some(
      ({ status, ...step }) =>
        step.billNo === billNo && step.stepKey === known.stepKey && status !== 'deferred',
    );
  const isOpen = (id: string): boolean => undelivered.some(({ messageId }) => messageId === id);
  return (
    !known.billNos.every(isDone) ||
    known.messages.some(({ id, status }) => isSettled(status) && isOpen(id))
  );
}

/** Whether an outcome is final. */
export const isSettled = (status: MessageStatus): boolean =>
  status !== 'sending' && status !== 'waiting';

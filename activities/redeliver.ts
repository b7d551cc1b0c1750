import { inTransaction, type Sql } from '../db/client';
import { lockAccount, type Account } from '../db/facts';
import {
  findMessage,
  reclaimMessage,
  rungsOf,
  settleMessages,
  triedFor,
  type StoredMessage,
} from '../db/messages';
import { taskRow } from '../db/tasks';
import { writeClaim } from '../db/steps';
import { askableBills, openBills } from '../domain/ladder';
import type { Rules } from '../domain/plan';
import type { StepKind } from '../domain/policy';
import type { Turn } from '../workflows/contract';
import { write } from './contact';
import { handOver, type Handed } from './deliver';
import type { Deps } from './deps';
import { wordingOf } from './wording';

/**
 * Sends a waiting message again, written anew with what is owed now. Whoever no longer owes gets nothing: the message is dropped with the
 * reason. In a hold it goes on waiting. Returns what was handed over, none or this one and what took its place. Safe to repeat.
 */
export async function redeliver(deps: Deps, turn: Turn, messageId: string): Promise<Handed[]> {
  const again = await inTransaction(deps.db, async (tx) => {
    const found = await underLock(tx, deps, turn);
    const message = await findMessage(tx, messageId);
    if (message?.status !== 'waiting') return null;
    const { account, rules } = found;
    const over = overBecause(account, turn);
    if (over !== null) return drop(tx, message, over, turn);
    if (mayNotSpeak(account, turn)) return null;
    const kind = kindOf(account, message.stepKey);
    const wording = wordingOf(account, rules, { stepKey: message.stepKey, kind }, turn.asOf);
    const text = await write(deps.book, account, wording, message.channel, message.id);
    const fresh = { ...text, address: message.address };
    await reclaimMessage(tx, fresh, turn.asOf);
    return { ...fresh, attempts: message.attempts + 1 };
  });
  if (again === null) return [];
  const handed = await handOver(deps, turn.customerNo, [again], turn.asOf);
  const failed = handed.some(({ outcome }) => outcome === 'failed');
  return failed ? [...handed, ...(await fallBack(deps, turn, messageId))] : handed;
}

/**
 * After a channel failed for good: unless another of the step's channels may still arrive, the next channel is tried, and when there is
 * none a call task is given out. Returns what was handed over. Safe to repeat: intents and tasks are unique.
 */
export async function fallBack(deps: Deps, turn: Turn, messageId: string): Promise<Handed[]> {
  const next = await inTransaction(deps.db, async (tx) => {
    const found = await underLock(tx, deps, turn);
    const rungs = await rungsOf(tx, messageId);
    const [first] = rungs;
    const { account, rules } = found;
    if (first === undefined || mayNotSpeak(account, turn)) return null;
    const tried = await triedFor(tx, first.billNo, first.stepKey);
    if (tried.some(({ failed }) => !failed)) return null;
    const channel = account.facts.reachable.find(
      (usable) => !tried.some((one) => one.channel === usable),
    );
    const step = { stepKey: first.stepKey, kind: kindOf(account, first.stepKey) };
    const messages =
      channel === undefined
        ? []
        : [await write(deps.book, account, wordingOf(account, rules, step, turn.asOf), channel)];
    const intents = rungs.flatMap(({ billNo, stepKey }) =>
      messages.map((message) => ({
        billNo,
        stepKey,
        channel: message.channel,
        messageId: message.id,
        suppressedBecause: null,
      })),
    );
    const { customer } = account;
    await writeClaim(tx, {
      ...turn,
      station: customer.station,
      at: turn.asOf,
      steps: [],
      messages,
      intents,
      tasks:
        messages.length > 0
          ? []
          : [taskRow(customer, rules.policy, { ...first, ...CALL }, turn.asOf)],
    });
    return messages[0] ?? null;
  });
  if (next === null) return [];
  const handed = await handOver(deps, turn.customerNo, [next], turn.asOf);
  const failed = handed.some(({ outcome }) => outcome === 'failed');
  return failed ? [...handed, ...(await fallBack(deps, turn, next.id))] : handed;
}

/** What is left when no channel reaches the customer. */
const CALL = { kind: 'call', why: 'unreachable' } as const;

type Found = Readonly<{ account: Account; rules: Rules }>;

async function underLock(tx: Sql, deps: Deps, turn: Turn): Promise<Found> {
  const account = await lockAccount(tx, turn.customerNo, turn.period, turn.asOf);
  const policyId = account?.policyId ?? null;
  if (account === null || policyId === null)
    throw new RangeError(`no cycle ${turn.customerNo}/${turn.period}`);
  return { account, rules: await deps.book.rules(policyId) };
}

/** Why a message that was not sent when it was decided need not go out any more. */
function overBecause({ facts }: Account, { asOf }: Turn): string | null {
  return facts.outcome ?? (openBills(facts, asOf).length === 0 ? 'settled' : null);
}

/** The last look before a message goes out: the month has ended, or nothing may be asked for now. */
const mayNotSpeak = ({ facts }: Account, { asOf }: Turn): boolean =>
  facts.outcome !== null || askableBills(facts, asOf).length === 0;

async function drop(
  tx: Sql,
  message: StoredMessage,
  reason: string,
  { asOf }: Turn,
): Promise<null> {
  await settleMessages(
    tx,
    [
      {
        id: message.id,
        status: 'dropped',
        provider: '',
        providerId: null,
        detail: reason,
        retryAt: null,
      },
    ],
    asOf,
  );
  return null;
}

const kindOf = ({ facts }: Account, stepKey: string): StepKind =>
  facts.steps.find((step) => step.stepKey === stepKey)?.kind ?? 'billNotice';

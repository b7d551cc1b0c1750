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
import { writeClaim } from '../db/steps';
import { askableBills } from '../domain/ladder';
import type { Rules } from '../domain/plan';
import type { StepKind } from '../domain/policy';
import type { Turn } from '../workflows/contract';
import { taskRow, wordingOf, write } from './contact';
import { handOver } from './deliver';
import type { Deps } from './deps';

/**
 * Sends a waiting message again, written anew with what is owed now. Whoever no longer owes, or is held, gets nothing: the message is
 * dropped with the reason. Safe to repeat.
 */
export async function redeliver(deps: Deps, turn: Turn, messageId: string): Promise<void> {
  const again = await inTransaction(deps.db, async (tx) => {
    const found = await underLock(tx, deps, turn);
    const message = await findMessage(tx, messageId);
    if (message?.status !== 'waiting') return null;
    const reason = whyNot(found, turn);
    if (reason !== null) return drop(tx, message, reason, turn);
    const { account, rules } = found;
    const kind = kindOf(account, message.stepKey);
    const wording = wordingOf(account, rules, { stepKey: message.stepKey, kind }, turn.asOf);
    const text = await write(deps.book, account, wording, message.channel, message.id);
    const fresh = { ...text, address: message.address };
    await reclaimMessage(tx, fresh, turn.asOf);
    return { ...fresh, attempts: message.attempts + 1 };
  });
  if (again === null) return;
  const [handed] = await handOver(deps, turn.customerNo, [again], turn.asOf);
  if (handed?.outcome === 'failed') await fallBack(deps, turn, messageId);
}

/**
 * After a channel failed for good: unless another of the step's channels may still arrive, the next channel is tried, and when there is
 * none a call task is given out. Safe to repeat: intents and tasks are unique.
 */
export async function fallBack(deps: Deps, turn: Turn, messageId: string): Promise<void> {
  const next = await inTransaction(deps.db, async (tx) => {
    const found = await underLock(tx, deps, turn);
    const rungs = await rungsOf(tx, messageId);
    const [first] = rungs;
    if (first === undefined || whyNot(found, turn) !== null) return null;
    const tried = await triedFor(tx, first.billNo, first.stepKey);
    if (tried.some(({ failed }) => !failed)) return null;
    const { account, rules } = found;
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
  if (next === null) return;
  const [handed] = await handOver(deps, turn.customerNo, [next], turn.asOf);
  if (handed?.outcome === 'failed') await fallBack(deps, turn, next.id);
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

/** The last look before a message goes out that was not sent when it was decided. */
function whyNot({ account: { facts } }: Found, { asOf }: Turn): string | null {
  if (facts.outcome !== null) return facts.outcome;
  return askableBills(facts, asOf).length === 0 ? 'settledOrHeld' : null;
}

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

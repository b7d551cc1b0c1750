import { randomUUID } from 'node:crypto';
import type { Account } from '../db/facts';
import type { RuleBook } from '../db/rules';
import {
  writeClaim,
  type DeferralRow,
  type IntentRow,
  type MessageRow,
  type StepRow,
  type TaskRow,
} from '../db/steps';
import type { Sql } from '../db/client';
import { taskRow } from '../db/tasks';
import { render } from './render';
import { wordingOf, type Wording } from './wording';
import { purposeOf } from '../domain/letter';
import type { OpenTask } from '../domain/facts';
import type { Contact, Plan, RungRef, Rules } from '../domain/plan';
import type { Channel } from '../domain/policy';
import { channelsFor, tasksGiven } from '../domain/reach';
import type { Instant } from '../domain/time';

/**
 * Claims one step inside the transaction that holds the customer's lock, and returns the messages to hand over after it commits.
 * When none of the step's channels can reach the customer the next one is taken, and when there is none a call task takes its place.
 */
export async function claimContact(
  tx: Sql,
  book: RuleBook,
  account: Account,
  rules: Rules,
  plan: Contact,
  asOf: Instant,
): Promise<{ messages: MessageRow[]; tasks: OpenTask[] }> {
  const { customer, facts } = account;
  const channels = channelsFor(plan.channels, facts.reachable);
  const messages = await writeAll(book, account, channels, () =>
    wordingOf(account, rules, plan, asOf),
  );
  const given = taskRows(account, rules, plan, asOf);
  await writeClaim(tx, {
    customerNo: customer.customerNo,
    station: customer.station,
    period: facts.period,
    at: asOf,
    steps: stepRows(plan),
    messages,
    intents: intentRows(plan, messages, facts.reachable),
    tasks: given,
  });
  return {
    messages,
    tasks: given.map(({ id, dueAt }) => ({ id, givenAt: asOf, dueAt, escalated: false })),
  };
}

/** One message a channel, all of the same wording; a step without a message has none to word. */
async function writeAll(
  book: RuleBook,
  account: Account,
  channels: readonly Channel[],
  word: () => Wording,
): Promise<MessageRow[]> {
  if (channels.length === 0) return [];
  const wording = word();
  return Promise.all(channels.map((channel) => write(book, account, wording, channel)));
}

/** One message of a step. */
export async function write(
  book: RuleBook,
  { customer }: Account,
  { stepKey, kind, ask, values }: Wording,
  channel: Channel,
  id: string = randomUUID(),
): Promise<MessageRow> {
  const text = await render(book, { key: kind, channel, language: customer.language }, values);
  return {
    id,
    stepKey,
    purpose: purposeOf[kind],
    channel,
    address: (channel === 'sms' ? customer.phone : customer.email) ?? '',
    language: customer.language,
    templateVersion: text.version,
    subject: text.subject,
    body: text.body,
    html: text.html,
    bodySha256: text.sha256,
    owedFen: ask.owedFen,
    penaltyFen: ask.penaltyFen,
  };
}

const stepRows = (plan: Contact): StepRow[] => [
  ...plan.billNos.map((billNo): StepRow => {
    const because = plan.because;
    return {
      billNo,
      stepKey: plan.stepKey,
      kind: plan.kind,
      status: 'done',
      because,
      mergedInto: null,
      plannedAt: plan.plannedAt,
    };
  }),
  ...plan.merged.map((rung) => passed(rung, 'merged', plan)),
  ...plan.expired.map((rung) => passed(rung, 'expired', plan)),
];

const passed = (
  { billNo, stepKey, kind }: RungRef,
  status: 'merged' | 'expired',
  plan: Contact,
): StepRow => ({
  billNo,
  stepKey,
  kind,
  status,
  because: [status === 'merged' ? 'graverStep' : 'dueDatePassed'],
  mergedInto: status === 'merged' ? plan.stepKey : null,
  plannedAt: plan.plannedAt,
});

/** An intent for each bill whose rung this is and each channel that the step has or falls back to; one not sent says why. */
function intentRows(
  plan: Contact,
  messages: readonly MessageRow[],
  reachable: readonly Channel[],
): IntentRow[] {
  const channels = new Set([...plan.channels, ...messages.map(({ channel }) => channel)]);
  return plan.billNos.flatMap((billNo) =>
    [...channels].map((channel): IntentRow => {
      const messageId = messages.find((message) => message.channel === channel)?.id ?? null;
      const suppressedBecause =
        messageId !== null ? null : reachable.includes(channel) ? 'notChosen' : 'noUsableAddress';
      return { billNo, stepKey: plan.stepKey, channel, messageId, suppressedBecause };
    }),
  );
}

/** Tasks belong to the oldest of the step's bills, go to the customer's collector, and a review to the supervisor. */
function taskRows(
  { customer, facts }: Account,
  { policy }: Rules,
  plan: Contact,
  asOf: Instant,
): TaskRow[] {
  const { billNos, stepKey } = plan;
  const [billNo] = billNos;
  if (billNo === undefined) return [];
  return tasksGiven(plan, facts.reachable).map(({ kind, why }) =>
    taskRow(
      customer,
      policy,
      { billNo, stepKey, kind, why: why === 'step' ? plan.kind : why },
      asOf,
    ),
  );
}

/** The rungs of a plan that a limit puts off; none where nothing does. */
export function deferralRows(customerNo: string, plan: Plan): DeferralRow[] {
  if (plan.do !== 'contact' || plan.because.length === 0) return [];
  const { stepKey, kind, because, plannedAt } = plan;
  return plan.billNos.map((billNo) => ({ customerNo, billNo, stepKey, kind, because, plannedAt }));
}

import { forgets } from '../../activities/witness';
import type { Account } from '../../db/facts';
import type { StepFact, Undelivered } from '../../domain/facts';
import { toPeriod } from '../../domain/time';
import type { MessageStatus, Taken, Turn } from '../../workflows/contract';
import { on, someFacts } from '../support/facts';

const taken = (status: MessageStatus = 'accepted'): Taken => ({
  ...{ stepKey: 'overdue-1', kind: 'overdueReminder', billNos: ['b1'], tasks: [] },
  messages: [{ id: 'm1', channel: 'sms', status }],
});
const turn = (known?: Taken): Turn => ({
  ...{ customerNo: 'wang', period: toPeriod('2026-02'), asOf: on(4), offsetMs: 0 },
  ...(known ? { known } : {}),
});
const account = (
  steps: readonly StepFact['status'][],
  undelivered: readonly Undelivered['status'][] = [],
  policyId: string | null = 'tabei-v1',
): Account => ({
  facts: someFacts({
    steps: steps.map((status) => ({
      ...{ billNo: 'b1', stepKey: 'overdue-1', kind: 'overdueReminder', status, at: on(1) },
    })),
    undelivered: undelivered.map((status) => ({ messageId: 'm1', status, retryAt: on(1) })),
  }),
  policyId,
  customer: {} as Account['customer'],
  ...{ lastGrade: null, openCycle: null },
});

test.each<[rule: string, account: Account | null, known: Taken | undefined, forgets: boolean]>([
  ['a run that saw nothing yet believes every database', null, undefined, false],
  ['a customer who is gone was forgotten', null, taken(), true],
  ['a month that is gone was forgotten', account(['done'], [], null), taken(), true],
  ['a step on record is known', account(['done']), taken(), false],
  ['a step that is missing was forgotten', account([]), taken(), true],
  ['a step still put off was forgotten', account(['deferred']), taken(), true],
  ['a message settled here and there is known', account(['done']), taken(), false],
  [
    'a message open here and there is known',
    account(['done'], ['sending']),
    taken('sending'),
    false,
  ],
  [
    'a message waiting here and taken there was forgotten',
    account(['done'], ['waiting']),
    taken(),
    true,
  ],
  [
    'a message on its way here and given up there was forgotten',
    account(['done'], ['sending']),
    taken('unknown'),
    true,
  ],
])('%s', (_rule, given, known, expected) => {
  expect(forgets(given, turn(known))).toBe(expected);
});

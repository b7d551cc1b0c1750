import type { Instant } from './time';

/** What may happen to a customer, or not happen. */
export const KINDS = [
  'billIssued',
  'creditIssued',
  'billClosed',
  'payment',
  'penaltyWaived',
  'monthOpened',
  'monthMigrated',
  'monthEnded',
  'levelRose',
  'stepNotTaken',
  'message',
  'notSent',
  'channelEnded',
  'wroteBack',
  'graded',
  'taskGiven',
  'taskEscalated',
  'taskDone',
  'letterPrinted',
  'held',
  'released',
  'disputed',
  'disputeEnded',
  'promised',
  'promiseKept',
  'promiseBroken',
  'escalated',
  'approvalAsked',
  'approvalDecided',
  'deviceProposed',
  'deviceStage',
  'offerLetter',
  'offersUnwanted',
  'offersWanted',
  'orderRefused',
] as const;

/** One line of a customer's procedure file. `params` by kind: db/timeline.ts. */
export type Happened = Readonly<{
  at: Instant;
  kind: (typeof KINDS)[number];
  params: Readonly<Record<string, unknown>>;
}>;

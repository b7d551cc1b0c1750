import type { Happened } from '../../../generated/api';

type Kind = Happened['kind'];

/** What did not happen though it was due stands out: it is what people ask about. */
export const NOT_DONE: readonly Kind[] = [
  'notSent',
  'stepNotTaken',
  'channelEnded',
  'promiseBroken',
  'orderRefused',
];
const MONEY: readonly Kind[] = [
  'billIssued',
  'creditIssued',
  'billClosed',
  'payment',
  'penaltyWaived',
];
const MESSAGES: readonly Kind[] = ['message', 'wroteBack'];
const LADDER: readonly Kind[] = [
  'monthOpened',
  'monthEnded',
  'levelRose',
  'graded',
  'taskEscalated',
  'deviceProposed',
  'deviceStage',
];

export const GROUPS = ['messages', 'notDone', 'money', 'ladder', 'people'] as const;
type Group = (typeof GROUPS)[number];

/** What one looks for: what was sent, what was not done, money, what the rules did, what people did. */
export function groupOf(kind: Kind): Group {
  if (NOT_DONE.includes(kind)) return 'notDone';
  if (MESSAGES.includes(kind)) return 'messages';
  if (MONEY.includes(kind)) return 'money';
  return LADDER.includes(kind) ? 'ladder' : 'people';
}

/** Where an open month stands on the ladder: the kind of the last step that was taken, or `opened` before the first. */
export const STAGES = [
  'opened',
  'billNotice',
  'preDueReminder',
  'overdueReminder',
  'callTask',
  'demand',
  'levelRise',
  'review',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a supervisor looks for: large monthly changes, a hold, a dispute, an open promise, a dead channel, a proposal of the device. */
export const FLAGS = ['screened', 'held', 'disputed', 'promised', 'suppressed', 'device'] as const;
export type Flag = (typeof FLAGS)[number];

/** What is wrong with a draft, in both languages: made in domain/policy-check.ts. The more exact row stands first. */
export const POLICY_FAULTS = {
  gap: { en: 'at least a day between two steps', 'zh-CN': '两步之间至少相隔一天' },
  afterNotice: { en: 'at least a day after the notice', 'zh-CN': '至少在电费通知一天之后' },
  keysTwice: { en: 'two steps have the same key', 'zh-CN': '有两步的键相同' },
  beginsWithNotice: { en: 'begins with the bill notice', 'zh-CN': '应以电费通知开始' },
  oneNotice: { en: 'has one bill notice', 'zh-CN': '应有且只有一次电费通知' },
  oneDemand: { en: 'has one formal demand', 'zh-CN': '应有且只有一次催费通知单' },
  nothingAbove: { en: 'nothing rises above {level}', 'zh-CN': '{level} 级之上不再升级' },
  noticeSkipped: { en: 'a notice is never skipped', 'zh-CN': '通知不能跳过' },
  holidays: {
    en: 'only a demand may go out on a holiday',
    'zh-CN': '节假日只能发出催费通知单',
  },
  needsChannel: { en: 'a message has a channel', 'zh-CN': '消息应有发送渠道' },
  noMessage: { en: 'this step is no message', 'zh-CN': '这一步不是消息，不能有发送渠道' },
  channelTwice: { en: 'names a channel twice', 'zh-CN': '同一渠道写了两次' },
  taskTwice: { en: 'names a task twice', 'zh-CN': '同一任务写了两次' },
  ownTask: { en: 'includes the {task}', 'zh-CN': '应包含{task|tasks}任务' },
  riseIsNoTask: { en: 'a level rise is no task', 'zh-CN': '升级不是任务' },
  fromIssue: {
    en: 'counts from the day of issue, not before it',
    'zh-CN': '从出账日起算，不能在其之前',
  },
  beforeDue: { en: 'counts from the due date, before it', 'zh-CN': '以缴费截止日为准，应在其之前' },
  afterDue: { en: 'counts from the due date, after it', 'zh-CN': '以缴费截止日为准，应在其之后' },
  earlier: {
    en: 'comes after {before}, but {days} days earlier',
    'zh-CN': '排在 {before} 之后，日子却早 {days} 天',
  },
  nearer: {
    en: 'nearer to {before} than the shortest gap of {days} days',
    'zh-CN': '与 {before} 的间隔短于最短间隔 {days} 天',
  },
  otherKind: { en: 'is a {kind} on another level', 'zh-CN': '在另一等级中是{kind|steps}' },
  window: {
    en: 'after windowFromMinute, and in the same day',
    'zh-CN': '应晚于 windowFromMinute，并在同一天之内',
  },
  perWeek: {
    en: 'at least messagesPerDay, and that at least 1',
    'zh-CN': '不少于 messagesPerDay，而后者至少为 1',
  },
  rising: {
    en: 'begins at 0, and both of a row rise',
    'zh-CN': '应从 0 开始，每行的两个数都递增',
  },
  levelOrder: {
    en: 'Ⅰ from more points than Ⅱ, Ⅱ from more than 0',
    'zh-CN': 'Ⅰ 级的起点分应高于 Ⅱ 级，Ⅱ 级的应大于 0',
  },
  unreachable: {
    en: 'nobody can have more than {total} points',
    'zh-CN': '最高只能得 {total} 分',
  },
  addUp: { en: 'add up to {total}; at most {most}', 'zh-CN': '合计 {total} 分，最多 {most} 分' },
  notBelow: { en: 'not below {least}', 'zh-CN': '不能低于 {least}' },
  inTime: {
    en: 'no more points than for what came late or not at all',
    'zh-CN': '按时缴费的分数不能高于迟缴或未缴',
  },
  atMost: { en: 'at most {most}', 'zh-CN': '最多 {most}' },
} as const;

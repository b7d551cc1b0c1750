import { EXPERIMENT_REFUSALS } from './experiment-refusals';
import { OFFICE_REFUSALS } from './office-refusals';

/**
 * Why an order is refused: by its code, the sentence as the order's entry keeps it (`en`), and as a Chinese reader is told. `{name}` is a
 * parameter, `{name|table}` is looked up in a table of words. A sentence is known again by the first row that fits: the more exact row stands first.
 */
export const REFUSALS = {
  ...OFFICE_REFUSALS,
  ...EXPERIMENT_REFUSALS,
  noCustomer: {
    en: 'There is no customer {customerNo}.',
    'zh-CN': '没有户号为 {customerNo} 的客户。',
  },
  noBill: { en: 'There is no bill {billNo}.', 'zh-CN': '没有编号为 {billNo} 的账单。' },
  noStation: { en: 'There is no station {station}.', 'zh-CN': '没有供电所 {station}。' },
  noTask: { en: 'There is no task {taskId}.', 'zh-CN': '没有编号为 {taskId} 的任务。' },
  noHold: { en: 'There is no hold to release.', 'zh-CN': '没有可以恢复的暂停。' },
  noLetter: { en: 'There is no letter to print.', 'zh-CN': '没有可以打印的通知单。' },
  promiseThere: {
    en: 'There is an open promise for {day} already.',
    'zh-CN': '已有一项到 {day|day} 的承诺尚未了结。',
  },
  noAddress: {
    en: 'There is no e-mail address that can be used for this customer.',
    'zh-CN': '这位客户没有可用的电子邮箱。',
  },
  taskDoneAs: {
    en: 'Task {taskId} is done already: {outcome}.',
    'zh-CN': '任务 {taskId} 已完成：{outcome|taskOutcomes}。',
  },
  taskDone: { en: 'Task {taskId} is done already.', 'zh-CN': '任务 {taskId} 已完成。' },
  taskHis: {
    en: "Task {taskId} is {assignee}'s already.",
    'zh-CN': '任务 {taskId} 已由 {assignee|assignee} 负责。',
  },
  taskOther: {
    en: "Task {taskId} is not this customer's.",
    'zh-CN': '任务 {taskId} 不属于这位客户。',
  },
  taskNoLetter: {
    en: 'Task {taskId} is a {kind}: only a letter is printed.',
    'zh-CN': '任务 {taskId} 是{kind|tasks}，只有送达通知单的任务才能打印。',
  },
  taskEndsOtherwise: {
    en: 'A task of kind {kind} ends as {allowed}; not as {outcome}.',
    'zh-CN': '{kind|tasks}任务的结果只能是 {allowed}，不能是 {outcome|taskOutcomes}。',
  },
  noteNeeded: {
    en: 'Say in the note where the letter was left, and who saw it.',
    'zh-CN': '请在备注中写明通知单放置的地方和见证人。',
  },
  dayNeededAs: {
    en: 'A promise needs the day it is for: promisedOn, as 2026-03-31.',
    'zh-CN': '承诺要有缴费日：promisedOn，如 2026-03-31。',
  },
  dayNeeded: { en: 'A promise needs the day it is for.', 'zh-CN': '请填写承诺缴费日。' },
  dayOver: { en: 'The promised day {day} is over.', 'zh-CN': '承诺缴费日 {day|day} 已过。' },
  nobodyThere: {
    en: 'Nobody of station {station} goes by the name {assignee}.',
    'zh-CN': '供电所 {station} 没有名为 {assignee} 的人。',
  },
  notOffered: {
    en: 'The proposal is past the stages at which something is offered.',
    'zh-CN': '这项建议已过了可以推荐装置的阶段。',
  },
  offersUnwanted: {
    en: 'The customer wants no offers of the device.',
    'zh-CN': '客户不接受装置推荐。',
  },
  customerHeld: {
    en: 'The customer is held. Nothing is sent until the hold ends.',
    'zh-CN': '这位客户已暂停催收，暂停结束前不发送任何消息。',
  },
  hadLetter: {
    en: 'This proposal had its letter already.',
    'zh-CN': '这项建议已发过推荐邮件。',
  },
  offerNoEnd: {
    en: 'An offer must tell how to end such letters. Set PUBLIC_BASE_URL and UNSUBSCRIBE_SECRET.',
    'zh-CN': '推荐邮件必须写明如何退订。请设置 PUBLIC_BASE_URL 和 UNSUBSCRIBE_SECRET。',
  },
  onRecord: { en: 'That is on record already.', 'zh-CN': '已有同样的登记。' },
  holdEndsFirst: {
    en: 'A hold must end after it begins.',
    'zh-CN': '暂停的结束时间必须晚于开始时间。',
  },
  stepSince: {
    en: 'The last step was taken at {at}; a hold cannot begin before it.',
    'zh-CN': '最近一步已在 {at|instant} 执行，暂停不能早于此时开始。',
  },
  billOther: {
    en: "Bill {billNo} is not this customer's.",
    'zh-CN': '账单 {billNo} 不属于这位客户。',
  },
  billNeeded: { en: 'Name the bill: billNo.', 'zh-CN': '请指明账单：billNo。' },
  resolutionNeeded: {
    en: 'A dispute ends as upheld or rejected: resolution.',
    'zh-CN': '争议的结论只能是成立或不成立：resolution。',
  },
  kindNeeded: { en: 'kind is one of {kinds}.', 'zh-CN': 'kind 只能是 {kinds}。' },
  billDisputed: {
    en: 'Bill {billNo} is disputed already.',
    'zh-CN': '账单 {billNo} 已在争议中。',
  },
  billNotDisputed: { en: 'Bill {billNo} is not disputed.', 'zh-CN': '账单 {billNo} 没有争议。' },
  billNotOpen: { en: 'Bill {billNo} is not open.', 'zh-CN': '账单 {billNo} 不在催收中。' },
  billNoPenalty: {
    en: 'Bill {billNo} bears no penalty that could be waived.',
    'zh-CN': '账单 {billNo} 没有可以减免的违约金。',
  },
  billLessPenalty: {
    en: 'Bill {billNo} bears ¥{amount} of penalty; no more than that can be waived.',
    'zh-CN': '账单 {billNo} 的违约金为 ¥{amount}，减免不能超过此数。',
  },
  billUnpaid: {
    en: 'Bill {billNo} is unpaid by ¥{amount}.',
    'zh-CN': '账单 {billNo} 尚欠 ¥{amount}。',
  },
  noCycle: {
    en: 'Customer {customerNo} has no open cycle.',
    'zh-CN': '客户 {customerNo} 没有进行中的月度催收。',
  },
  erased: {
    en: 'Customer {customerNo} is erased already.',
    'zh-CN': '客户 {customerNo} 的个人信息已删除。',
  },
  noOverride: {
    en: 'Customer {customerNo} has no override in force.',
    'zh-CN': '客户 {customerNo} 没有生效中的改定等级。',
  },
  customerNoBill: {
    en: 'Customer {customerNo} has no bill {billNo}.',
    'zh-CN': '客户 {customerNo} 没有账单 {billNo}。',
  },
  nothingToPreview: {
    en: 'Customer {customerNo} owes nothing that may be asked for now, so there is no such message.',
    'zh-CN': '客户 {customerNo} 目前没有可以催收的欠费，因此没有这条消息。',
  },
  noBillOpen: { en: 'No bill is open.', 'zh-CN': '没有催收中的账单。' },
  ladderNoStep: {
    en: 'The ladder of level {level} has no step {step}: it has {keys}.',
    'zh-CN': '{level} 级的阶梯没有步骤 {step}，只有 {keys}。',
  },
  stepMandatory: {
    en: 'The step {step} is mandatory; it cannot be skipped.',
    'zh-CN': '步骤 {step} 是法定通知，不能跳过。',
  },
  stepBehind: {
    en: 'The step {step} of bill {billNo} is behind already: {status} at {at}.',
    'zh-CN': '账单 {billNo} 的步骤 {step} 已在 {at|instant} 处理过。',
  },
  stepNoMessage: { en: 'The step {step} sends no message.', 'zh-CN': '步骤 {step} 不发送消息。' },
  credit: { en: 'The customer has a credit of ¥{amount}.', 'zh-CN': '客户还有余额 ¥{amount}。' },
  monthOpen: { en: 'A month is still open.', 'zh-CN': '还有进行中的月度催收。' },
  tasksOpen: { en: '{n} tasks are open.', 'zh-CN': '还有 {n} 项未完成的任务。' },
  disputesOpen: { en: '{n} disputes are open.', 'zh-CN': '还有 {n} 项未了结的争议。' },
  caseOpen: {
    en: 'A proposal of the prepaid device is open.',
    'zh-CN': '还有进行中的预付费装置推介。',
  },
  limitation: {
    en: 'What happened on {day} may be asked for in court until {until}.',
    'zh-CN': '{day} 的往来在 {until} 前仍在诉讼时效内，需要保留。',
  },
  overrideEnds: {
    en: 'The override would end at {until}, which is past. Name a later end.',
    'zh-CN': '改定等级的截止时间 {until|instant} 已过，请另定更晚的时间。',
  },
  overrideSame: {
    en: 'An override to level {level} until {until} is in force already.',
    'zh-CN': '改定为 {level} 级、至 {until|instant} 的决定已在生效。',
  },
  levelSame: {
    en: 'The customer is at level {level} already; an override to it changes nothing.',
    'zh-CN': '客户已是 {level} 级，改定为同一级没有作用。',
  },
  levelNotGraver: {
    en: 'The customer is at level {now} already; {to} is not graver.',
    'zh-CN': '客户已是 {now} 级，{to} 级并不更严。',
  },
  amountNeeded: {
    en: 'Name an amount above zero to waive.',
    'zh-CN': '请填写大于零的减免金额。',
  },
  oneOfTwo: {
    en: 'Name a level or a step to escalate to, not both.',
    'zh-CN': '升级请选等级或步骤之一，不能两者都选。',
  },
  stageWaits: {
    en: 'The task of stage {stage} is not given out yet. Try again in a moment.',
    'zh-CN': '“{stage|stages}”阶段的任务还没有派发，请稍后再试。',
  },
  stageOther: {
    en: 'The proposal is at stage {now}; nothing was given out at {stage}.',
    'zh-CN': '建议处于“{now|stages}”阶段，“{stage|stages}”阶段没有派发任务。',
  },
  proposalOver: { en: 'The proposal has ended already.', 'zh-CN': '这项建议已经结束。' },
  prepaid: { en: 'The customer is on prepayment already.', 'zh-CN': '客户已改为预付费。' },
  letterAllHeld: {
    en: 'What is owed is held, disputed, or no longer collected: nothing may be asked for now.',
    'zh-CN': '欠费已暂停、在争议中或不再催收，目前不能催缴。',
  },
  letterNothing: {
    en: 'Nothing is owed: there is no letter to print.',
    'zh-CN': '没有欠费，不需要打印通知单。',
  },
  lettersNone: {
    en: 'Of {n} letters none can be printed. The first: {why}',
    'zh-CN': '{n} 份通知单都不能打印。第一份：{why|refusal}',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<'en' | 'zh-CN', string>>>>;

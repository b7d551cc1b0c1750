import type { Work } from '../domain/assumptions';

type Words = Readonly<{
  title: string;
  span: string;
  /** Of payments as recorded, and of those of a model. */
  recorded: string;
  modelled: string;
  assumes: readonly string[];
  work: string;
  total: string;
  busiest: string;
  difference: string;
  cost: string;
  months: string;
  breaches: string;
  none: string;
  perDay: string;
  payment: string;
  paymentOther: string;
  /** Work against what can be done of it: title, and the heads of its columns. */
  loads: string;
  load: Readonly<Record<'station' | 'all' | 'perDay' | 'ofCapacity' | 'daysOver', string>>;
  works: Readonly<Record<Work, string>>;
}>;

/** The words of the report; braces are filled in by the report. */
export const reportWords: Readonly<Record<'zh-CN' | 'en', Words>> = {
  'zh-CN': {
    title: '催费策略试算：{policy}',
    span: '{from} 至 {to}，{customers} 户，评级 {grading}，费用表 {costs}',
    recorded: '缴费按台账记录，与所发消息无关：本报告不能说明某一策略会使谁多缴或早缴。',
    modelled:
      '自 {from} 起的缴费并非记录，而是按缴费响应模型“{name}”（种子 {seed}）推定：结论只在其假设成立时成立。编制者所述局限：{limits}',
    assumes: [
      '交给人员的任务无人办理，到期自动转给主管；没有人下达任何指令。',
      '每条消息都能送达；台账以外的情况（停机号码、退订、争议）不在其中。',
      '费用表为比较用的整数，并非报价。',
    ],
    ...{ work: '项目', total: '合计', busiest: '最忙的一天', difference: '与 {against} 之差' },
    ...{
      cost: '费用（元）',
      months: '电费月结果',
      breaches: '违反限制',
      none: '无',
      perDay: '每日数量',
    },
    payment: '期内开出的账单 {bills} 张，已结清 {paid} 张，自开出至结清的中位天数 {days}',
    loads: '与每天能办的数量对照：{capacities}',
    load: {
      station: '供电所',
      all: '全部',
      perDay: '每天能办',
      ofCapacity: '占比',
      daysOver: '超出天数',
    },
    paymentOther: '{against}：账单 {bills} 张，已结清 {paid} 张，中位天数 {days}',
    works: {
      ...{ sms: '短信', email: '邮件', call: '电话', visit: '上门', letter: '纸质通知单' },
      ...{ review: '主管审核', proposal: '预付费装置推介' },
    },
  },
  en: {
    title: 'A simulation of {policy}',
    span: '{from} to {to}, {customers} customers, grading {grading}, costs {costs}',
    recorded:
      'Payments are those of the book, caused by nothing that is sent here: this cannot tell that a policy makes anybody pay more or sooner.',
    modelled:
      'Payments from {from} on are no record: they are made up by the response model "{name}" with seed {seed}, and what is said here holds as far as its assumptions do. Its limits, in its author’s words: {limits}',
    assumes: [
      'What people are given to do is not done, and goes to the supervisor when due; nobody gives an order.',
      'Every message arrives; what the book does not know (dead numbers, opt-outs, disputes) is not in it.',
      'The costs are round figures to compare by, and no quotation.',
    ],
    ...{ work: 'Work', total: 'In all', busiest: 'Busiest day', difference: 'More than {against}' },
    ...{ cost: 'Cost (¥)', months: 'How months ended', breaches: 'Limits broken', none: 'none' },
    perDay: 'Each day',
    payment:
      '{bills} bills issued in this time, {paid} paid in full, {days} days from issue to then in the median',
    loads: 'Against what can be done in a day: {capacities}',
    load: {
      station: 'Station',
      all: 'all',
      perDay: 'Can be done a day',
      ofCapacity: 'Of that',
      daysOver: 'Days with more',
    },
    paymentOther: '{against}: {bills} bills, {paid} paid in full, {days} days in the median',
    works: {
      ...{ sms: 'SMS', email: 'e-mail', call: 'calls', visit: 'visits', letter: 'letters' },
      ...{ review: 'reviews', proposal: 'device proposals' },
    },
  },
};

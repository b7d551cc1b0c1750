/** Why an experiment cannot begin or end, in both languages; braces are filled in. */
export const EXPERIMENT_REFUSALS = {
  experimentEnded: {
    en: 'Experiment {experiment} has ended already.',
    'zh-CN': '对照试验 {experiment} 已经结束。',
  },
  experimentNone: {
    en: 'There is no experiment {experiment}.',
    'zh-CN': '没有对照试验 {experiment}。',
  },
  experimentRuns: {
    en: 'Experiment {experiment} runs. End it first.',
    'zh-CN': '对照试验 {experiment} 正在进行，请先结束。',
  },
  experimentRunsAgainst: {
    en: 'Experiment {experiment} runs against the ladder that is in force. End it first.',
    'zh-CN': '对照试验 {experiment} 正与现行阶梯对照，请先结束。',
  },
  experimentUses: {
    en: 'Experiment {experiment} opened months under policy {policy}. A version never changes; draft another.',
    'zh-CN': '对照试验 {experiment} 已按策略 {policy} 开月。版本不可更改，请另行起草。',
  },
  ladderNotOn: { en: 'No ladder is in force on {day}.', 'zh-CN': '{day|day} 没有生效的阶梯。' },
  ladderNone: { en: 'There is no ladder policy {policy}.', 'zh-CN': '没有阶梯策略 {policy}。' },
  policyForAll: {
    en: 'Policy {policy} is in force for everybody already.',
    'zh-CN': '策略 {policy} 已对所有客户生效。',
  },
} as const;
